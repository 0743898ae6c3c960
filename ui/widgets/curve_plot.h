#pragma once
// Curves that grow while one looks: raw values faint beneath their smoothed line, marks for events, a
// cross-hair with all values, zoom, pan and export. GUI thread only.
//
// Append with addPoints() as often as you like, then call flush() once per batch: that queues ONE replot.
// Replots are spaced by what they cost, and a hidden plot makes none: it catches up when it is shown.
// Autoscale holds until the user zooms or pans; a double click (or Home, or fit()) brings it back.

#include <QString>
#include <QVector>
#include <QWidget>

#include <memory>
#include <optional>

namespace alphascope::ui {

enum class CurveAxis { Step, Relative, Wall };
enum class MarkKind { Note, Change, Alarm, Checkpoint };

class CurvePlot : public QWidget {
    Q_OBJECT
public:
    /// For its own source files.
    class Private;

    explicit CurvePlot(QWidget* parent = nullptr);
    ~CurvePlot() override;

    /// Declares a series before its first point: what the legend calls it, and optionally which series colour
    /// it has (-1: the next one), and one line for the tool tip. Points of an undeclared series declare it
    /// under its own name.
    void addSeries(const QString& series, const QString& label, int colorIndex = -1,
                   const QString& meaning = {});
    /// Appends. Steps ascend; wall times are seconds since 1970; values may be NaN or infinite (drawn as
    /// markers). The vectors have the same length. With `lows` and `highs` a band is drawn around the curve,
    /// smoothed as the curve is; where one of them is NaN it has a gap.
    void addPoints(const QString& series, const QVector<double>& steps, const QVector<double>& wallTimes,
                   const QVector<double>& values, const QVector<double>& lows = {},
                   const QVector<double>& highs = {});
    void removeSeries(const QString& series);
    /// Removes series and marks, and returns to autoscale.
    void clear();
    QStringList seriesNames() const;
    int pointCount(const QString& series) const;
    bool hasBand(const QString& series) const;

    void setSeriesVisible(const QString& series, bool visible);
    bool isSeriesVisible(const QString& series) const;

    /// 0 to 0.99; 0.6 by default.
    void setSmoothing(double weight);
    double smoothing() const;
    void setAxis(CurveAxis axis);
    CurveAxis axis() const;
    void setLogScale(bool on);
    bool logScale() const;
    /// y range from the 5th to the 95th percentile instead of all values. Off by default.
    void setIgnoreOutliers(bool on);
    bool ignoreOutliers() const;
    /// What the values are, with unit, written at the top of the axis ("loss", "it/s").
    void setUnit(const QString& unit);
    void setEmptyText(const QString& title, const QString& hint = {});
    /// The chips that name and toggle the series; shown by default.
    void setLegendVisible(bool visible);

    /// A dashed line at a step with a short label, and a sentence on hover (tool tip). shortText may be
    /// empty.
    void addMark(double step, const QString& sentence, MarkKind kind, const QString& shortText = {});
    void clearMarks();
    int markCount() const;

    /// Curves up to this step are of the run that this one was forked from: they are drawn faint.
    void setInheritedUntil(std::optional<double> step);

    /// Where the time scrubber stands; nothing when live.
    void setCurrentStep(std::optional<double> step);

    /// Queues one replot; several calls before it runs are one. None while hidden.
    void flush();
    /// Back to autoscale.
    void fit();
    bool isAutoscaled() const;
    /// The ranges shown: x in the units of axis(), y in values.
    std::pair<double, double> xRange() const;
    std::pair<double, double> yRange() const;
    /// Shows a range as if the user had zoomed to it.
    void zoomTo(std::pair<double, double> x, std::pair<double, double> y);

    /// By suffix: .png (at twice the size), .svg, .csv (series, step, wall_time, value, low,
    /// high: raw values, the last two empty without an interval). On
    /// failure false, and one sentence in error.
    bool exportTo(const QString& path, QString* error = nullptr);

    /// Several plots in one file: pictures one below the other, the values of all in one table.
    static bool exportTogether(const QVector<CurvePlot*>& plots, const QString& path,
                               QString* error = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void autoscaleChanged(bool autoscaled);
    void seriesToggled(const QString& series, bool visible);
    /// The user clicked on the plot at this step (without dragging).
    void stepClicked(double step);
    /// The same at a mark; stepClicked is not emitted then.
    void markClicked(double step);
    /// After each replot; for tests and for the frame counter.
    void replotted();

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    std::unique_ptr<Private> d_;
};

} // namespace alphascope::ui
