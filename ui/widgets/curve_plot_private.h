#pragma once
// What is behind CurvePlot: the series with their graphs, the marks, and the overlay. Included by its .cpp
// files and its tests of drawing only.

#include "ui/widgets/curve_data.h"
#include "ui/widgets/curve_plot.h"
#include "ui/widgets/qcustomplot_wrapper.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <array>
#include <map>
#include <vector>

class QLabel;

namespace alphascope::ui {

class CurveOverlay;
class LegendBar;

class CurvePlot::Private {
public:
    struct Drawn {
        CurveSeries data;
        QString meaning;
        QCPGraph* low = nullptr; ///< the lower edge of the band, to which the upper one is filled
        QCPGraph* high = nullptr;
        QCPGraph* raw = nullptr;
        QCPGraph* line = nullptr;     ///< smoothed
        QCPGraph* end = nullptr;      ///< the shape at the newest point
        QCPGraph* nan = nullptr;      ///< NaN: crosses at the upper edge
        QCPGraph* infinite = nullptr; ///< infinities: triangles at the edge they went through

        std::array<QCPGraph*, 7> graphs() const { return {low, high, raw, line, end, nan, infinite}; }
    };
    struct Mark {
        double step = 0;
        QString sentence;
        QString shortText;
        MarkKind kind = MarkKind::Note;
        QPointer<QCPItemLine> line;
        QPointer<QCPItemText> text;
    };
    /// One line of the cross-hair's box.
    struct Reading {
        QString label;
        int colorIndex = 0;
        double value = 0;
        double smoothed = 0;
        QString interval = {}; ///< "0.012 to 0.034", or ""
        QPointF at;            ///< in plot coordinates of the widget, of the smoothed value
        bool drawable = false;
    };

    explicit Private(CurvePlot* owner);

    Drawn* find(const QString& name);
    Drawn& require(const QString& name);
    void style();
    void styleSeries(Drawn& series);
    void refreshLegend();
    /// Runs before each replot: ranges while autoscaled, then the points that the ranges show.
    void prepare();
    void autoscale();
    std::pair<double, double> autoscaledY() const;
    void fill(Drawn& series, int columns);
    void fillBand(Drawn& series, int columns);
    void placeMarks();
    double origin() const;
    /// x of a point of a series; and of a step for marks, by the series that has walls for it.
    double xOf(const CurveSeries& series, int index) const;
    double xOfStep(double step) const;
    double stepAt(double x) const;
    const QVector<double>& source(const CurveSeries& series) const;
    double offset() const;
    /// Readings of all visible series near x, and the exact x in `at`.
    std::vector<Reading> readings(double x, double* at) const;
    const Mark* markNear(const QPointF& position) const;
    void setAutoscaled(bool on);
    void zoomBy(double factor);
    void addExportLegend(bool on);
    /// The plots one below the other, as PNG or, `vector`, as SVG.
    static bool drawInto(QIODevice& device, const QVector<CurvePlot*>& plots, bool vector);
    void replot();
    void describe();

    CurvePlot* q;
    QCustomPlot* plot = nullptr;
    CurveOverlay* overlay = nullptr;
    LegendBar* legend = nullptr;
    QLabel* unitLabel = nullptr;
    std::map<QString, std::unique_ptr<Drawn>> byName;
    std::vector<Drawn*> order;
    std::vector<Mark> marks;
    QCPItemLine* current = nullptr;
    std::optional<double> currentStep;
    std::optional<double> inheritedUntil;
    double smoothing = 0.6;
    CurveAxis axis = CurveAxis::Step;
    bool logarithmic = false;
    bool outliers = false;
    bool autoscaled = true;
    bool settingRange = false;
    QTimer replotTimer;
    QElapsedTimer replotted; ///< since the end of the last replot
    qint64 restNeeded = 0;   ///< ms from then to the next
    bool stale = false;      ///< something changed while the plot was hidden
    bool legendShown = true;
    QString highlighted;
    QString unit;
    QString emptyTitle;
    QString emptyHint;
    QPointF pressedAt;
    bool pressed = false;
};

} // namespace alphascope::ui
