#pragma once
// A panel with curves and their controls in the header: which units, smoothing, x axis, log scale, outliers,
// fit, export. Each unit has a plot of its own; the controls reach them all.

#include "ui/widgets/curve_groups.h"
#include "ui/widgets/panel.h"

#include <functional>

class QAction;
class QSlider;
class QToolButton;

namespace alphascope::ui {

class CurvePanel : public Panel {
    Q_OBJECT
public:
    explicit CurvePanel(const QString& title, QWidget* parent = nullptr);

    /// The first plot: that of all curves as long as they have one unit.
    CurvePlot* plot() const { return groups_->first(); }
    CurveGroups* groups() const { return groups_; }

    /// Asked for a file name when the user exports; gets a suggested name and a filter, returns a path or an
    /// empty string. By default a file dialog that is not native on the offscreen platform.
    void
    setSavePathProvider(std::function<QString(const QString& suggested, const QString& filter)> provider);

    void setSmoothing(double weight);
    void setAxis(CurveAxis axis);
    void setLogScale(bool on);
    void setIgnoreOutliers(bool on);

Q_SIGNALS:
    /// Any of the controls changed by the user: for settings.
    void settingsChanged();

private:
    void buildHeader();
    void buildUnitMenu();
    void exportAs(const QString& suffix);
    void refreshMenuText();
    void refreshUnits();

    CurveGroups* groups_;
    QToolButton* units_;
    QSlider* smoothing_;
    QToolButton* menu_;
    QAction* axisActions_[3] = {};
    QAction* log_ = nullptr;
    QAction* outliers_ = nullptr;
    std::function<QString(const QString&, const QString&)> savePath_;
};

} // namespace alphascope::ui
