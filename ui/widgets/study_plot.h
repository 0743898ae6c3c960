#pragma once
// Figures 1 and 2 of the paper for one set of data: a column per method with a bar at the best value, the
// spread of all settings, the ten best as circles, and the lines of the data itself. GUI thread only.

#include "engine/api/study.h"
#include "ui/widgets/setting_plot.h"

namespace alphascope::ui {

class StudyPlot : public SettingPlot {
    Q_OBJECT
public:
    explicit StudyPlot(QWidget* parent = nullptr);

    using QWidget::show;
    /// Copies what it needs. `panel` beyond StudyFigures::panels: as clear().
    void show(const engine::StudyFigures& figures, std::size_t panel);

protected:
    bool isEmpty() const override { return panel_.columns.empty(); }
    void forget() override { panel_ = {}; }
    void layOut() override;
    void paintGround(QPainter& painter) override;
    QStringList wordsOf(const Dot& dot) const override;
    QString tipAt(const QPointF& at) const override;
    QString description() const override;

private:
    QRectF slotOf(std::size_t column) const; ///< within area()
    double halfWidth() const;                ///< of a violin where it is widest
    void paintSpread(QPainter& painter, const engine::StudyColumn& column, double middle) const;
    void paintBest(QPainter& painter, const engine::StudyColumn& column, double middle) const;
    void paintNames(QPainter& painter, std::size_t column) const;
    void paintLine(QPainter& painter, std::optional<double> value, const QString& words, const QColor& color,
                   bool below) const;
    QString summaryOf(const engine::StudyColumn& column) const;

    engine::StudyPanel panel_;
    engine::FigureAim aim_ = engine::FigureAim::Lower;
    QString metric_;
};

} // namespace alphascope::ui
