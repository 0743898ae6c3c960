#include "ui/widgets/curve_plot.h"

#include "ui/widgets/curve_axes.h"
#include "ui/widgets/curve_overlay.h"
#include "ui/widgets/curve_plot_private.h"
#include "ui/widgets/legend_bar.h"

#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace alphascope::ui {

namespace {

constexpr double keyZoom = 1.25;
// A replot is followed by this many times its own length of rest, so that curves of any length leave the
// window's thread to the hand on the mouse.
constexpr int restPerReplot = 8;
constexpr const char* bandLayer = "bands";

QCPItemLine* verticalLine(QCustomPlot* plot) {
    auto* line = new QCPItemLine(plot);
    for (QCPItemPosition* position : {line->start, line->end}) {
        position->setTypeX(QCPItemPosition::ptPlotCoords);
        position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    line->setSelectable(false);
    return line;
}

} // namespace

CurvePlot::Private::Private(CurvePlot* owner)
    : q(owner), plot(new QCustomPlot(owner)), overlay(new CurveOverlay(this, plot)),
      legend(new LegendBar(owner)), unitLabel(new QLabel(owner)) {
    plot->setObjectName(QStringLiteral("curves"));
    plot->setAutoAddPlottableToLegend(false);
    plot->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
    plot->setPlottingHint(QCP::phCacheLabels, true);
    plot->setNoAntialiasingOnDrag(true);
    plot->axisRect()->setMinimumMargins(QMargins(6, 8, 8, 4));
    plot->setMinimumSize(60, 60);
    plot->setFocusPolicy(Qt::NoFocus); // the CurvePlot has it
    plot->setMouseTracking(true);
    // Below all curves, so that no band hides another one's line.
    plot->addLayer(QLatin1String(bandLayer), plot->layer(QStringLiteral("main")), QCustomPlot::limBelow);
    current = verticalLine(plot);
    current->setVisible(false);
    auto* box = new QVBoxLayout(owner);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    unitLabel->setProperty("role", QStringLiteral("caption"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(4, 0, 0, 0);
    head->addWidget(unitLabel, 0, Qt::AlignTop);
    head->addWidget(legend, 1);
    box->addLayout(head);
    box->addWidget(plot, 1);
}

CurvePlot::Private::Drawn* CurvePlot::Private::find(const QString& name) {
    const auto found = byName.find(name);
    return found == byName.end() ? nullptr : found->second.get();
}

CurvePlot::Private::Drawn& CurvePlot::Private::require(const QString& name) {
    if (Drawn* known = find(name)) {
        return *known;
    }
    auto series = std::make_unique<Drawn>();
    series->data.name = series->data.label = name;
    series->data.colorIndex = static_cast<int>(order.size());
    series->data.setSmoothing(smoothing);
    for (QCPGraph** graph : {&series->low, &series->high, &series->raw, &series->line, &series->end,
                             &series->nan, &series->infinite}) {
        *graph = plot->addGraph();
        (*graph)->setSelectable(QCP::stNone);
    }
    for (QCPGraph* edge : {series->low, series->high}) {
        edge->setLayer(QLatin1String(bandLayer));
        edge->setPen(Qt::NoPen);
    }
    series->high->setChannelFillGraph(series->low);
    series->raw->setAntialiased(false); // a dense zigzag looks the same, and draws many times faster
    series->end->setLineStyle(QCPGraph::lsNone);
    series->nan->setLineStyle(QCPGraph::lsNone);
    series->infinite->setLineStyle(QCPGraph::lsNone);
    Drawn& result = *series;
    order.push_back(series.get());
    byName.emplace(name, std::move(series));
    styleSeries(result);
    refreshLegend();
    return result;
}

void CurvePlot::Private::refreshLegend() {
    QVector<LegendBar::Entry> entries;
    for (const Drawn* series : order) {
        entries.append({series->data.name, series->data.label, series->data.colorIndex, series->data.visible,
                        series->meaning, series->data.hasBand()});
    }
    legend->setEntries(entries);
    legend->setVisible(legendShown && !entries.isEmpty());
    unitLabel->setText(unit);
    unitLabel->setVisible(!unit.isEmpty() && !entries.isEmpty());
}

void CurvePlot::Private::setAutoscaled(bool on) {
    if (autoscaled != on) {
        autoscaled = on;
        Q_EMIT q->autoscaleChanged(on);
    }
}

void CurvePlot::Private::zoomBy(double factor) {
    plot->xAxis->scaleRange(factor);
    plot->yAxis->scaleRange(factor);
    q->flush();
}

void CurvePlot::Private::replot() {
    QElapsedTimer cost;
    cost.start();
    describe();
    plot->replot(QCustomPlot::rpQueuedRefresh);
    restNeeded = restPerReplot * cost.elapsed();
    replotted.start();
}

void CurvePlot::Private::describe() {
    QStringList parts;
    for (const Drawn* series : order) {
        if (series->data.visible && series->data.count() > 0) {
            parts.append(QStringLiteral("%1 %2").arg(series->data.label,
                                                     curveValueText(series->data.smoothed.last())));
        }
    }
    q->setAccessibleDescription(parts.join(QStringLiteral(", ")));
}

CurvePlot::CurvePlot(QWidget* parent) : QWidget(parent), d_(std::make_unique<Private>(this)) {
    setObjectName(QStringLiteral("curvePlot"));
    setAccessibleName(tr("Curves"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    d_->emptyTitle = tr("No curves yet");
    d_->emptyHint = tr("Start training, or open a run");
    d_->plot->installEventFilter(this);
    setAxis(CurveAxis::Step);
    d_->plot->yAxis->setTicker(yTicker(*d_->plot->yAxis, false));
    d_->style();
    d_->refreshLegend();

    d_->replotTimer.setSingleShot(true);
    d_->replotTimer.setTimerType(Qt::PreciseTimer);
    connect(&d_->replotTimer, &QTimer::timeout, this, [this] { d_->replot(); });
    connect(d_->plot, &QCustomPlot::beforeReplot, this, [this] { d_->prepare(); });
    connect(d_->plot, &QCustomPlot::afterReplot, this, [this] {
        d_->overlay->update();
        Q_EMIT replotted();
    });
    for (QCPAxis* axis : {d_->plot->xAxis, d_->plot->yAxis}) {
        connect(axis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
            if (!d_->settingRange) {
                d_->setAutoscaled(false);
            }
        });
    }
    connect(d_->legend, &LegendBar::toggled, this, [this](const QString& name, bool visible) {
        setSeriesVisible(name, visible);
        Q_EMIT seriesToggled(name, visible);
    });
    connect(d_->legend, &LegendBar::highlighted, this, [this](const QString& name) {
        d_->highlighted = name;
        d_->style();
        flush();
    });
}

CurvePlot::~CurvePlot() {
    // The plot tells its axes' and its own end by signals, which must not reach the half-destroyed Private.
    disconnect(d_->plot, nullptr, this, nullptr);
    d_->plot->removeEventFilter(this);
    delete d_->plot;
}

void CurvePlot::addSeries(const QString& series, const QString& label, int colorIndex,
                          const QString& meaning) {
    Private::Drawn& drawn = d_->require(series);
    drawn.data.label = label;
    drawn.meaning = meaning;
    if (colorIndex >= 0) {
        drawn.data.colorIndex = colorIndex;
    }
    d_->styleSeries(drawn);
    d_->refreshLegend();
}

void CurvePlot::addPoints(const QString& series, const QVector<double>& steps,
                          const QVector<double>& wallTimes, const QVector<double>& values,
                          const QVector<double>& lows, const QVector<double>& highs) {
    Private::Drawn& drawn = d_->require(series);
    const bool hadBand = drawn.data.hasBand();
    const auto count = std::min({steps.size(), wallTimes.size(), values.size()});
    const bool interval = std::min(lows.size(), highs.size()) >= count;
    for (qsizetype i = 0; i < count; ++i) {
        if (interval) {
            drawn.data.append(steps[i], wallTimes[i], values[i], lows[i], highs[i]);
        } else {
            drawn.data.append(steps[i], wallTimes[i], values[i]);
        }
    }
    if (drawn.data.hasBand() != hadBand) {
        d_->refreshLegend();
    }
}

void CurvePlot::removeSeries(const QString& series) {
    Private::Drawn* drawn = d_->find(series);
    if (!drawn) {
        return;
    }
    for (QCPGraph* graph : drawn->graphs()) {
        d_->plot->removeGraph(graph);
    }
    std::erase(d_->order, drawn);
    d_->byName.erase(series);
    d_->refreshLegend();
    flush();
}

void CurvePlot::clear() {
    d_->plot->clearGraphs();
    d_->order.clear();
    d_->byName.clear();
    d_->highlighted.clear();
    clearMarks();
    d_->currentStep.reset();
    d_->inheritedUntil.reset();
    d_->refreshLegend();
    fit();
}

QStringList CurvePlot::seriesNames() const {
    QStringList names;
    for (const Private::Drawn* series : d_->order) {
        names.append(series->data.name);
    }
    return names;
}

int CurvePlot::pointCount(const QString& series) const {
    const Private::Drawn* drawn = d_->find(series);
    return drawn ? drawn->data.count() : 0;
}

bool CurvePlot::hasBand(const QString& series) const {
    const Private::Drawn* drawn = d_->find(series);
    return drawn && drawn->data.hasBand();
}

void CurvePlot::setSeriesVisible(const QString& series, bool visible) {
    Private::Drawn* drawn = d_->find(series);
    if (drawn && drawn->data.visible != visible) {
        drawn->data.visible = visible;
        d_->styleSeries(*drawn);
        d_->refreshLegend();
        flush();
    }
}

bool CurvePlot::isSeriesVisible(const QString& series) const {
    const Private::Drawn* drawn = d_->find(series);
    return drawn && drawn->data.visible;
}

void CurvePlot::setSmoothing(double weight) {
    const double next = std::isfinite(weight) ? std::clamp(weight, 0.0, 0.99) : 0.6;
    if (next == d_->smoothing) {
        return;
    }
    d_->smoothing = next;
    for (Private::Drawn* series : d_->order) {
        series->data.setSmoothing(next);
        d_->styleSeries(*series);
    }
    flush();
}

double CurvePlot::smoothing() const {
    return d_->smoothing;
}

void CurvePlot::setAxis(CurveAxis axis) {
    d_->axis = axis;
    d_->plot->xAxis->setTicker(xTicker(axis));
    fit();
}

CurveAxis CurvePlot::axis() const {
    return d_->axis;
}

void CurvePlot::setLogScale(bool on) {
    d_->logarithmic = on;
    d_->plot->yAxis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    d_->plot->yAxis->setTicker(yTicker(*d_->plot->yAxis, on));
    fit();
}

bool CurvePlot::logScale() const {
    return d_->logarithmic;
}

void CurvePlot::setIgnoreOutliers(bool on) {
    d_->outliers = on;
    flush();
}

bool CurvePlot::ignoreOutliers() const {
    return d_->outliers;
}

void CurvePlot::setUnit(const QString& unit) {
    d_->unit = unit;
    d_->refreshLegend();
}

void CurvePlot::setEmptyText(const QString& title, const QString& hint) {
    d_->emptyTitle = title;
    d_->emptyHint = hint;
    d_->overlay->update();
}

void CurvePlot::setLegendVisible(bool visible) {
    d_->legendShown = visible;
    d_->refreshLegend();
}

void CurvePlot::addMark(double step, const QString& sentence, MarkKind kind, const QString& shortText) {
    Private::Mark mark;
    mark.step = step;
    mark.sentence = sentence;
    // The colour of an alarm is never the only sign.
    mark.shortText =
        kind == MarkKind::Alarm && !shortText.isEmpty() ? QStringLiteral("▲ ") + shortText : shortText;
    mark.kind = kind;
    mark.line = verticalLine(d_->plot);
    mark.text = new QCPItemText(d_->plot);
    mark.text->setText(mark.shortText);
    mark.text->setSelectable(false);
    mark.text->position->setTypeX(QCPItemPosition::ptPlotCoords);
    mark.text->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    d_->marks.push_back(mark);
    d_->style();
    flush();
}

void CurvePlot::clearMarks() {
    for (const Private::Mark& mark : d_->marks) {
        d_->plot->removeItem(mark.line);
        d_->plot->removeItem(mark.text);
    }
    d_->marks.clear();
    flush();
}

int CurvePlot::markCount() const {
    return static_cast<int>(d_->marks.size());
}

void CurvePlot::setInheritedUntil(std::optional<double> step) {
    if (step != d_->inheritedUntil) {
        d_->inheritedUntil = step;
        flush();
    }
}

void CurvePlot::setCurrentStep(std::optional<double> step) {
    if (step != d_->currentStep) {
        d_->currentStep = step;
        flush();
    }
}

void CurvePlot::flush() {
    if (!isVisible()) {
        d_->stale = true;
    } else if (!d_->replotTimer.isActive()) {
        const qint64 rest = d_->replotted.isValid() ? d_->restNeeded - d_->replotted.elapsed() : 0;
        d_->replotTimer.start(static_cast<int>(std::max<qint64>(0, rest)));
    }
}

void CurvePlot::fit() {
    d_->setAutoscaled(true);
    flush();
}

bool CurvePlot::isAutoscaled() const {
    return d_->autoscaled;
}

std::pair<double, double> CurvePlot::xRange() const {
    const QCPRange range = d_->plot->xAxis->range();
    return {range.lower, range.upper};
}

std::pair<double, double> CurvePlot::yRange() const {
    const QCPRange range = d_->plot->yAxis->range();
    return {range.lower, range.upper};
}

void CurvePlot::zoomTo(std::pair<double, double> x, std::pair<double, double> y) {
    d_->plot->xAxis->setRange(x.first, x.second);
    d_->plot->yAxis->setRange(y.first, y.second);
    d_->setAutoscaled(false);
    flush();
}

QSize CurvePlot::sizeHint() const {
    return {400, 240};
}

QSize CurvePlot::minimumSizeHint() const {
    return {160, 110};
}

void CurvePlot::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (std::exchange(d_->stale, false)) {
        flush();
    }
}

void CurvePlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        d_->style();
        flush();
    }
}

void CurvePlot::keyPressEvent(QKeyEvent* event) {
    const QRectF area = d_->plot->axisRect()->rect();
    const QPointF pointer = d_->overlay->pointer().value_or(area.center());
    switch (event->key()) {
    case Qt::Key_Home:
        fit();
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        d_->zoomBy(1 / keyZoom);
        return;
    case Qt::Key_Minus:
        d_->zoomBy(keyZoom);
        return;
    case Qt::Key_Left:
        d_->overlay->setPointer(QPointF(std::max(area.left() + 1, pointer.x() - 4), area.center().y()));
        return;
    case Qt::Key_Right:
        d_->overlay->setPointer(QPointF(std::min(area.right() - 1, pointer.x() + 4), area.center().y()));
        return;
    case Qt::Key_Escape:
        if (d_->overlay->pointer()) {
            d_->overlay->setPointer(std::nullopt);
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

bool CurvePlot::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::Resize:
        d_->overlay->setGeometry(d_->plot->rect());
        d_->overlay->raise();
        break;
    case QEvent::Wheel: {
        // Shift zooms along x only, Ctrl along y only.
        const auto modifiers = static_cast<QWheelEvent*>(event)->modifiers();
        Qt::Orientations along = Qt::Horizontal | Qt::Vertical;
        along = modifiers & Qt::ShiftModifier ? Qt::Orientations(Qt::Horizontal) : along;
        along = modifiers & Qt::ControlModifier ? Qt::Orientations(Qt::Vertical) : along;
        d_->plot->axisRect()->setRangeZoom(along);
        break;
    }
    case QEvent::MouseMove:
        d_->overlay->setPointer(static_cast<QMouseEvent*>(event)->position());
        break;
    case QEvent::Leave:
        d_->overlay->setPointer(std::nullopt);
        break;
    case QEvent::MouseButtonPress:
        setFocus(Qt::MouseFocusReason);
        d_->pressed = true;
        d_->pressedAt = static_cast<QMouseEvent*>(event)->position();
        break;
    case QEvent::MouseButtonRelease: {
        const QPointF at = static_cast<QMouseEvent*>(event)->position();
        const bool click = d_->pressed && (at - d_->pressedAt).manhattanLength() < 4;
        d_->pressed = false;
        if (click && d_->plot->axisRect()->rect().contains(at.toPoint())) {
            if (const auto* mark = d_->markNear(at)) {
                Q_EMIT markClicked(mark->step);
            } else {
                Q_EMIT stepClicked(d_->stepAt(d_->plot->xAxis->pixelToCoord(at.x())));
            }
        }
        break;
    }
    case QEvent::MouseButtonDblClick:
        fit();
        return true; // QCustomPlot would begin a drag
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace alphascope::ui
