#pragma once
// How a figure depends on one parameter of a method, or on the time that training took: a dot per setting,
// the ten best as circles. GUI thread only.

#include "engine/api/study.h"
#include "ui/widgets/setting_plot.h"

namespace alphascope::ui {

class SensitivityPlot : public SettingPlot {
    Q_OBJECT
public:
    explicit SensitivityPlot(QWidget* parent = nullptr);

    using QWidget::show;
    /// Copies what it needs. `sensitivity` beyond StudyFigures::sensitivity: as clear(). The axis of values
    /// is that of all methods on the set, so that plots side by side compare.
    void show(const engine::StudyFigures& figures, std::size_t sensitivity);

protected:
    bool isEmpty() const override { return panel_.points.empty(); }
    void forget() override { panel_ = {}; }
    void layOut() override;
    void paintGround(QPainter& painter) override;
    QStringList wordsOf(const Dot& dot) const override;
    QString tipAt(const QPointF& at) const override;
    QString description() const override;

private:
    QStringList parameterTexts(const std::vector<double>& ticks) const;

    engine::SensitivityPanel panel_;
    engine::StudyPanel values_; ///< of all methods
    engine::FigureScale across_;
    engine::FigureAim aim_ = engine::FigureAim::Lower;
    QString metric_;
};

} // namespace alphascope::ui
