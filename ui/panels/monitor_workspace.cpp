#include "ui/panels/monitor_workspace.h"

#include <QDataStream>
#include <QIODevice>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>
#include <utility>

#include "ui/dialogs/dialogs.h"
#include "ui/models/code_payload.h"
#include "ui/models/figures.h"
#include "ui/panels/curve_feed.h"
#include "ui/session/image_conversion.h"
#include "ui/session/points_conversion.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/curve_panel.h"
#include "ui/widgets/image_grid.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/scatter_view.h"

namespace alphascope::ui {

namespace {

QSplitter* splitter(Qt::Orientation orientation, QWidget* first, QWidget* second) {
    auto* result = new QSplitter(orientation);
    result->setHandleWidth(tokens().gap);
    result->setChildrenCollapsible(false);
    result->addWidget(first);
    result->addWidget(second);
    result->setSizes({500, 500});
    result->setStretchFactor(0, 1);
    result->setStretchFactor(1, 1);
    return result;
}

} // namespace

MonitorWorkspace::MonitorWorkspace(RunDisplay& display, IDialogs& dialogs, QWidget* parent)
    : QWidget(parent), display_(display), reconstructionsPanel_(new Panel(tr("Reconstructions"))),
      samplesPanel_(new Panel(tr("Samples"))), reconstructions_(new ImageGrid), samples_(new ImageGrid),
      pointsPanel_(new Panel(tr("Points"))), points_(new ScatterView), losses_(new CurvePanel(tr("Losses"))),
      metrics_(new CurvePanel(tr("Metrics"))) {
    reconstructionsPanel_->setContent(reconstructions_);
    samplesPanel_->setContent(samples_);
    pointsPanel_->setContent(points_);
    reconstructions_->setAccessibleName(tr("Held-out pictures and their reconstructions"));
    samples_->setAccessibleName(tr("Samples from fixed codes"));
    losses_->setObjectName(QStringLiteral("lossesPanel"));
    metrics_->setObjectName(QStringLiteral("metricsPanel"));
    losses_->plot()->setEmptyText(tr("No losses yet"), tr("They grow here while a run trains."));
    metrics_->plot()->setEmptyText(tr("No metrics yet"), tr("Held-out error, accuracies and code spread."));
    for (CurvePanel* panel : {losses_, metrics_})
        panel->setSavePathProvider([&dialogs, panel](const QString& suggested, const QString& filter) {
            return dialogs.pickToSave(panel, tr("Export the curves"), suggested, filter);
        });

    pictures_ = splitter(Qt::Horizontal, reconstructionsPanel_, samplesPanel_);
    curves_ = splitter(Qt::Horizontal, losses_, metrics_);
    top_ = new QStackedWidget;
    top_->addWidget(pictures_);
    top_->addWidget(pointsPanel_);
    rows_ = splitter(Qt::Vertical, top_, curves_);
    rows_->setSizes({560, 440});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(rows_);

    feed_ = new CurveFeed(display_, losses_->groups(), metrics_->groups(), this);
    connect(&display_, &RunDisplay::metricsAdded, this, &MonitorWorkspace::refreshHealth);
    connect(&display_, &RunDisplay::metricsReset, this, &MonitorWorkspace::refreshHealth);
    connect(&display_, &RunDisplay::markAdded, this, [this](const RunMark& mark) {
        // Those of a run that is opened are past, and a failure has a message of its own.
        if (mark.alarm && !mark.kind.isEmpty() && display_.source() == RunSource::Session)
            showMark(mark);
    });
    connect(feed_, &CurveFeed::markClicked, this, [this](double step) {
        const auto& marks = display_.marks();
        const auto found = std::find_if(marks.rbegin(), marks.rend(),
                                        [step](const RunMark& mark) { return mark.step == step; });
        if (found != marks.rend())
            showMark(*found);
    });
    reconstructions_->setToolTipProvider([this](int index) {
        if (!preview_ || index < 0 || std::size_t(index) >= preview_->l1.size())
            return QString();
        return tr("held-out picture %1 · L1 %2")
            .arg(index + 1)
            .arg(figureText(preview_->l1[std::size_t(index)]));
    });
    samples_->setToolTipProvider([](int index) { return tr("sample %1 of the fixed codes").arg(index + 1); });
    samples_->setDragPayloadProvider([this](int index) {
        return packCode({sampleCode(index), tr("sample %1").arg(index + 1)});
    });
    reconstructions_->setDragPayloadProvider([](int) { return QByteArray(); });
    // Pictures that can be read matter more than all of them at once; a larger window shows the rest.
    reconstructions_->setMinimumShown(12);
    samples_->setMinimumShown(30);
    connect(reconstructions_, &ImageGrid::cellClicked, this, &MonitorWorkspace::pairClicked);
    connect(reconstructions_, &ImageGrid::cellActivated, this, &MonitorWorkspace::pairActivated);
    connect(samples_, &ImageGrid::cellClicked, this, &MonitorWorkspace::sampleClicked);
    connect(samples_, &ImageGrid::cellActivated, this, &MonitorWorkspace::sampleActivated);
    connect(&display_, &RunDisplay::previewChanged, this, &MonitorWorkspace::showPreview);
    connect(&display_, &RunDisplay::loadingChanged, this, [this](bool loading) {
        if (loading)
            for (Panel* panel : {reconstructionsPanel_, samplesPanel_, pointsPanel_})
                panel->setCaption(tr("reading the checkpoint…"));
        else
            refreshCaptions();
    });
    refreshEmptyTexts();
}

void MonitorWorkspace::setMethodCanEncode(bool can, const QString& methodTitle) {
    canEncode_ = can;
    methodTitle_ = methodTitle;
    refreshEmptyTexts();
}

void MonitorWorkspace::setMethod(const models::MethodTraits* method) {
    feed_->setMethod(method);
    refreshHealth();
}

void MonitorWorkspace::refreshHealth() {
    const models::MethodTraits* method = feed_->method();
    const double value =
        method ? display_.history().latest(method->health) : std::numeric_limits<double>::quiet_NaN();
    const auto& series = display_.history().series();
    if (!method || !series.contains(method->health)) {
        Q_EMIT healthChanged({}, {}, {});
        return;
    }
    const SeriesStyle style = seriesStyle(method->health, method);
    const bool plain = style.unit.isEmpty() || style.unit == QStringLiteral("share");
    const QString text =
        plain ? figureText(value) : QStringLiteral("%1 %2").arg(figureText(value), style.unit);
    Q_EMIT healthChanged(style.label, text, style.meaning);
}

/// What a mark says, and for an alarm the way back to before it.
void MonitorWorkspace::showMark(const RunMark& mark) {
    const engine::CheckpointEntry* back = mark.goBackTo ? display_.checkpointBefore(*mark.goBackTo) : nullptr;
    const MessageKind kind = mark.alarm ? MessageKind::Warning : MessageKind::Info;
    if (!back) {
        messagePanel()->showMessage(kind, mark.sentence);
        return;
    }
    const QString label = back->step <= *mark.goBackTo
                              ? tr("Fork from step %1…")
                              : tr("Fork from step %1, the oldest there is…"); // the trouble is older
    messagePanel()->showMessage(kind, mark.sentence, {}, label.arg(stepText(back->step)),
                                [this, path = QString::fromStdString(back->path)] {
                                    messagePanel()->clearMessage();
                                    Q_EMIT forkRequested(path);
                                });
}

void MonitorWorkspace::refreshEmptyTexts() {
    if (canEncode_)
        reconstructions_->setEmptyText(
            tr("No pictures yet"),
            tr("Press Start: held-out pictures appear beside what the model makes of them."));
    else
        reconstructions_->setEmptyText(
            tr("No reconstructions"),
            tr("%1 has no encoder, so it cannot rebuild a picture.").arg(methodTitle_));
    const QString hint = tr("Press Start, or drop a checkpoint on the window.");
    samples_->setEmptyText(tr("No samples yet"), hint);
    points_->setEmptyText(tr("No points yet"), hint);
}

void MonitorWorkspace::showPreview(const std::shared_ptr<const engine::Preview>& preview) {
    preview_ = preview;
    // Without a preview what was shown last stays in place, empty.
    if (preview)
        top_->setCurrentIndex(preview->points ? 1 : 0);
    refreshCaptions();
    // Behind another workspace the pictures wait: only the newest ones will be seen.
    gridsStale_ = !isVisible();
    if (!gridsStale_)
        fillGrids();
}

void MonitorWorkspace::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (std::exchange(gridsStale_, false))
        fillGrids();
}

void MonitorWorkspace::fillGrids() {
    points_->setContent(preview_ && preview_->points ? toScatter(*preview_->points) : ScatterContent());
    if (!preview_) {
        reconstructions_->setCells({});
        samples_->setCells({});
        return;
    }
    if (preview_->reconstructions.size() == preview_->originals.size() && !preview_->originals.empty())
        reconstructions_->setCells(toQImages(preview_->originals), toQImages(preview_->reconstructions));
    else
        reconstructions_->setCells({});
    samples_->setCells(toQImages(preview_->samples));
}

bool MonitorWorkspace::showsPoints() const {
    return top_->currentWidget() == pointsPanel_;
}

void MonitorWorkspace::refreshCaptions() {
    if (!preview_) {
        pointsPanel_->setCaption({});
        reconstructionsPanel_->setCaption({});
        samplesPanel_->setCaption({});
        return;
    }
    const QString step = tr("step %1").arg(stepText(preview_->step));
    const QString dot = QStringLiteral(" · ");
    reconstructionsPanel_->setCaption(preview_->reconstructions.empty()
                                          ? QString()
                                          : tr("original | rebuilt") + dot + tr("held-out") + dot + step);
    const QString samples =
        tr("fixed z") + dot + (preview_->ema ? tr("EMA") : tr("raw weights")) + dot + step;
    samplesPanel_->setCaption(samples);
    pointsPanel_->setCaption(samples);
}

const engine::Image* MonitorWorkspace::originalPicture(int index) const {
    if (!preview_ || index < 0 || std::size_t(index) >= preview_->originals.size())
        return nullptr;
    return &preview_->originals[std::size_t(index)];
}

Inspection MonitorWorkspace::inspectPair(int index) const {
    const engine::Image* original = originalPicture(index);
    if (!original)
        return {};
    Inspection result;
    const auto place = std::size_t(index);
    result.title = tr("Held-out picture %1").arg(index + 1);
    result.step = preview_->step;
    result.original = toQImage(*original);
    if (place < preview_->reconstructions.size()) {
        result.rebuilt = toQImage(preview_->reconstructions[place]);
        result.error = errorPicture(*original, preview_->reconstructions[place]);
    }
    if (place < preview_->l1.size())
        result.l1 = double(preview_->l1[place]);
    return result;
}

std::vector<float> MonitorWorkspace::sampleCode(int index) const {
    if (latentSize_ == 0 || !preview_ || index < 0 || std::size_t(index) >= preview_->samples.size())
        return {};
    const engine::Codes codes =
        engine::priorCodes(engine::previewSeed, preview_->samples.size(), latentSize_);
    const auto row = codes.row(std::size_t(index));
    return {row.begin(), row.end()};
}

Inspection MonitorWorkspace::inspectSample(int index) const {
    if (!preview_ || index < 0 || std::size_t(index) >= preview_->samples.size())
        return {};
    Inspection result;
    result.title = tr("Sample %1").arg(index + 1);
    result.step = preview_->step;
    result.original = toQImage(preview_->samples[std::size_t(index)]);
    result.code = sampleCode(index);
    return result;
}

QByteArray MonitorWorkspace::saveLayout() const {
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << rows_->saveState() << pictures_->saveState() << curves_->saveState();
    return bytes;
}

void MonitorWorkspace::restoreLayout(const QByteArray& layout) {
    QDataStream stream(layout);
    QByteArray rows;
    QByteArray pictures;
    QByteArray curves;
    stream >> rows >> pictures >> curves;
    if (stream.status() != QDataStream::Ok)
        return;
    rows_->restoreState(rows);
    pictures_->restoreState(pictures);
    curves_->restoreState(curves);
}

} // namespace alphascope::ui
