#pragma once
// Curves of different units, each unit in a plot of its own, so that no axis misleads: side by side as many
// as can be read, and any one alone. GUI thread only.

#include "ui/widgets/curve_plot.h"

#include <QStringList>
#include <QVector>

#include <optional>

namespace alphascope::ui {

class CurveGroups : public QWidget {
    Q_OBJECT
public:
    explicit CurveGroups(QWidget* parent = nullptr);

    /// The plot that is always there: empty at first, then that of the first unit.
    CurvePlot* first() const { return plots_.first(); }
    /// The plot of a unit ("" for pure numbers); made when it is asked for the first time, with the first
    /// plot's smoothing, axis and scale.
    CurvePlot* plotFor(const QString& unit);
    const QVector<CurvePlot*>& plots() const { return plots_; }
    const QStringList& units() const { return units_; }
    /// Only the first plot stays, without curves and marks.
    void clear();

    /// Shows one unit alone, or all (as many as have room). An unknown unit means all.
    void showOnly(const std::optional<QString>& unit);
    const std::optional<QString>& only() const { return only_; }
    QVector<CurvePlot*> shownPlots() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// Units were added or removed.
    void unitsChanged();
    /// Other plots than before are shown.
    void shownChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange();

    QVector<CurvePlot*> plots_; ///< at least one
    QStringList units_;         ///< of plots_, in the same order; empty while the first has none
    std::optional<QString> only_;
};

} // namespace alphascope::ui
