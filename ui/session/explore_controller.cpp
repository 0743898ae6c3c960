#include "ui/session/explore_controller.h"

#include <QRandomGenerator>
#include <QUndoCommand>

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/schema/method_traits.h"
#include "ui/session/image_conversion.h"

namespace alphascope::ui {

namespace {

constexpr int fieldSide = 33;       // odd: a cell's centre lies on the pad's centre
constexpr int framesPerSegment = 8; // in the strip; playing decodes its own
constexpr int maximumStripFrames = 97;
constexpr int fieldDelay = 40; // ms: a drag of the pad asks for one field, not sixty
constexpr int stripDelay = 15;
constexpr int refreshInterval = 1000; // ms between repeats while the model trains

using engine::ExploreLane;

} // namespace

/// One undo step: the whole view before and after. Moves of one gesture join.
class ViewCommand : public QUndoCommand {
public:
    ViewCommand(ExploreController* controller, ExploreView before, ExploreView after, const QString& text,
                int mergeKey, int gesture)
        : QUndoCommand(text), controller_(controller), before_(std::move(before)), after_(std::move(after)),
          mergeKey_(mergeKey), gesture_(gesture) {}

    void undo() override { controller_->restore(before_); }
    void redo() override { controller_->restore(after_); }
    int id() const override { return mergeKey_; }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* next = static_cast<const ViewCommand*>(other);
        if (next->mergeKey_ != mergeKey_ || next->gesture_ != gesture_)
            return false;
        after_ = next->after_;
        return true;
    }

private:
    ExploreController* controller_;
    ExploreView before_;
    ExploreView after_;
    int mergeKey_;
    int gesture_;
};

ExploreController::ExploreController(EngineBridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge) {
    undo_.setUndoLimit(500);
    for (QTimer* timer : {&fieldTimer_, &stripTimer_, &refreshTimer_})
        timer->setSingleShot(true);
    connect(&fieldTimer_, &QTimer::timeout, this, &ExploreController::requestField);
    connect(&stripTimer_, &QTimer::timeout, this, &ExploreController::requestStrip);
    connect(&refreshTimer_, &QTimer::timeout, this, [this] {
        if (!active_ || !hasModel())
            return;
        requestStrip();
        requestField();
        if (encodeSource_.index() != 0 && encodePurposes_.empty() && canEncode() && !refined_)
            sendEncode(EncodePurpose::Refresh);
    });
    playTimer_.setTimerType(Qt::PreciseTimer);
    connect(&playTimer_, &QTimer::timeout, this, &ExploreController::advance);
    connect(&bridge_, &EngineBridge::modelOpened, this, &ExploreController::onModelOpened);
    connect(&bridge_, &EngineBridge::weightsUpdated, this, &ExploreController::onWeightsUpdated);
    connect(&bridge_, &EngineBridge::exploreResult, this, &ExploreController::onResult);
}

const engine::ModelInfo* ExploreController::modelInfo() const {
    return bridge_.model() ? &bridge_.model()->info : nullptr;
}

bool ExploreController::canEncode() const {
    const auto* info = modelInfo();
    return info && (info->capabilities & unsigned(models::Capability::Encode)) != 0;
}

bool ExploreController::searchesCodes() const {
    const auto* info = modelInfo();
    return info && !canEncode() && !info->isPoints();
}

bool ExploreController::hasCodeCritic() const {
    const auto* info = modelInfo();
    return info && (info->capabilities & unsigned(models::Capability::CodeLogit)) != 0;
}

void ExploreController::setActive(bool active) {
    if (active == active_)
        return;
    active_ = active;
    latency_.reset();
    if (active && hasModel()) {
        refreshAll();
        Q_EMIT activated();
    }
    if (!active)
        setPlaying(false);
}

// ---- the view and its history ---------------------------------------------------------------------------

void ExploreController::apply(ExploreView next, const QString& text, int mergeKey) {
    if (!hasModel() || next == view_)
        return;
    undo_.push(new ViewCommand(this, view_, std::move(next), text, mergeKey, gesture_));
}

void ExploreController::restore(const ExploreView& view) {
    const bool codeMoved = view.code != view_.code || view.truncation != view_.truncation;
    const bool padMoved =
        view.padMode != view_.padMode || view.axes != view_.axes || view.anchors != view_.anchors;
    // The field covers the pad's plane: it moves with everything but the position in the plane.
    const bool planeMoved =
        padMoved || view.truncation != view_.truncation ||
        (view.padMode == PadMode::Directions && codeOnPad(view, {}) != codeOnPad(view_, {}));
    const bool strip = view.keyframes != view_.keyframes || view.path != view_.path ||
                       view.loop != view_.loop || view.evenSpeed != view_.evenSpeed ||
                       view.pull != view_.pull || view.anchors != view_.anchors;
    view_ = view;
    if (strip)
        rebuildPath();
    if (codeMoved)
        showPath_ = false;
    if (codeMoved)
        requestPictureForInput();
    if (planeMoved)
        outdateField();
    if (strip)
        stripTimer_.start(stripDelay);
    Q_EMIT viewChanged(padMoved && strip ? ViewPart::All
                       : padMoved        ? ViewPart::Pad
                       : strip           ? ViewPart::Keyframes
                                         : ViewPart::Code);
}

void ExploreController::onModelOpened(const engine::ModelOpened& opened) {
    latency_.reset();
    dropSheets();
    refined_ = false;
    forgetPictures();
    Q_EMIT longWorkEnded();
    const bool otherSize = view_.code.size() != opened.info.latentSize;
    if (otherSize) {
        // Otherwise a picture that is being encoded is encoded by the new model, under the same stamp.
        encodePurposes_.clear();
        Q_EMIT encodingChanged(false);
        setPlaying(false);
        ExploreView fresh;
        fresh.path = view_.path;
        fresh.loop = view_.loop;
        fresh.evenSpeed = view_.evenSpeed;
        fresh.pull = view_.pull;
        fresh.seed = view_.seed;
        fresh.source = tr("seed %1").arg(fresh.seed);
        fresh.code = engine::priorCodes(fresh.seed, 1, opened.info.latentSize).values;
        fresh.axes = {0, opened.info.latentSize > 1 ? 1 : 0};
        view_ = std::move(fresh);
        encodeSource_ = std::monostate{};
        undo_.clear();
    }
    forgetWays();
    if (otherSize)
        Q_EMIT viewChanged(ViewPart::All);
    Q_EMIT modelChanged();
    refreshAll();
}

void ExploreController::onWeightsUpdated() {
    if (!active_ || !hasModel())
        return;
    requestPicture();
    if (!refreshTimer_.isActive())
        refreshTimer_.start(refreshInterval);
}

void ExploreController::refreshAll() {
    requestPicture();
    requestStrip();
    requestField();
}

// ---- sources --------------------------------------------------------------------------------------------

void ExploreController::setSeed(std::uint64_t seed) {
    ExploreView next = view_;
    next.seed = seed;
    next.source = tr("seed %1").arg(seed);
    next.code = engine::priorCodes(seed, 1, view_.code.size()).values;
    showPath_ = false;
    apply(std::move(next), tr("seed %1").arg(seed));
}

void ExploreController::randomize() {
    setSeed(QRandomGenerator::global()->bounded(1u, 1000000u));
}

void ExploreController::setCode(std::vector<float> code, const QString& source) {
    if (code.size() != view_.code.size())
        return;
    ExploreView next = view_;
    next.code = std::move(code);
    next.truncation = 1.0;
    next.source = source;
    apply(std::move(next), source);
}

void ExploreController::encodeFile(const QString& path, int keyframe) {
    keyframeAfterEncode_ = keyframe;
    encodeSource_ = engine::EncodeFile{path.toStdString(), {}};
    encodeName_ = path.section(QLatin1Char('/'), -1);
    sendEncode(EncodePurpose::Load);
}

void ExploreController::encodePicture(const QImage& picture, const QString& name, int keyframe,
                                      const std::optional<engine::CropSquare>& crop) {
    keyframeAfterEncode_ = keyframe;
    encodeSource_ = engine::EncodeImage{toEngineImage(picture), {}, crop};
    encodeName_ = name;
    sendEncode(EncodePurpose::Load);
}

void ExploreController::inspectPicture(engine::Image picture,
                                       std::function<void(const engine::ExploreResult&)> done) {
    if (!canEncode())
        return;
    inspected_ = std::move(done);
    encodePurposes_[bridge_.request(ExploreLane::Encode, engine::EncodeImage{std::move(picture), {}})] =
        EncodePurpose::Inspect;
}

void ExploreController::sendEncode(EncodePurpose purpose) {
    if (!hasModel()) {
        Q_EMIT problem(tr("There is no model to encode the picture with."),
                       tr("Start a training or open a checkpoint, then drop the picture again."));
        return;
    }
    if (modelInfo()->isPoints()) {
        Q_EMIT problem(tr("This model makes points in the plane, and a picture is none."),
                       tr("Train or open a model of pictures, then drop the picture again."));
        return;
    }
    const auto send = [&](auto order) {
        if (purpose == EncodePurpose::Refine)
            order.options.by = engine::EncodeBy::Refine;
        encodePurposes_[bridge_.request(ExploreLane::Encode, std::move(order))] = purpose;
    };
    if (const auto* picture = std::get_if<engine::EncodeImage>(&encodeSource_))
        send(*picture);
    else if (const auto* file = std::get_if<engine::EncodeFile>(&encodeSource_))
        send(*file);
    if (purpose == EncodePurpose::Load)
        Q_EMIT encodingChanged(true);
}

void ExploreController::pullCode() {
    if (!canEncode())
        return;
    engine::Codes code(1, view_.code.size());
    code.values = codeShown();
    pullStamp_ = lastPicture_ =
        bridge_.request(ExploreLane::Picture, engine::DecodeCodes{std::move(code), 1.0});
}

// ---- requests and answers -------------------------------------------------------------------------------

std::vector<float> ExploreController::codeShown() const {
    return showPath_ && !path_.empty() ? path_.at(position_) : decodedCode(view_);
}

void ExploreController::requestPicture() {
    if (!hasModel())
        return;
    engine::Codes codes;
    codes.values = codeShown();
    codes.count = 1;
    codes.size = codes.values.size();
    const double share = showPath_ && !path_.empty() ? pull() : 0.0;
    lastPicture_ = bridge_.request(ExploreLane::Picture, engine::DecodeCodes{std::move(codes), share});
}

void ExploreController::requestPictureForInput() {
    const std::int64_t now = monotonicNanoseconds();
    requestPicture();
    // A picture that nobody sees is never painted.
    if (active_)
        latency_.requested(lastPicture_, now);
}

void ExploreController::requestStrip() {
    if (!hasModel() || !active_)
        return;
    engine::Codes codes;
    codes.size = view_.code.size();
    const auto append = [&codes](const std::vector<float>& code) {
        codes.values.insert(codes.values.end(), code.begin(), code.end());
        ++codes.count;
    };
    for (const CodeKeyframe& keyframe : view_.keyframes)
        append(keyframe.code);
    stripKeyframes_ = view_.keyframes.size();
    stripAnchors_ = 0;
    if (!view_.anchors[0].empty()) {
        for (const auto& anchor : view_.anchors)
            append(anchor);
        stripAnchors_ = anchorCount;
    }
    const std::size_t asIs = codes.count;
    if (const int segments = pathSegments(view_); segments > 0) {
        const engine::Codes frames =
            path_.sample(std::size_t(std::min(segments * framesPerSegment + 1, maximumStripFrames)));
        codes.values.insert(codes.values.end(), frames.values.begin(), frames.values.end());
        codes.count += frames.count;
    }
    if (codes.count == 0) {
        Q_EMIT keyframesDecoded({});
        Q_EMIT stripDecoded({});
        return;
    }
    bridge_.request(ExploreLane::Strip, engine::DecodeCodes{std::move(codes), pull(), asIs});
    requestMeasure();
}

void ExploreController::outdateField() {
    Q_EMIT fieldOutdated();
    if (!fieldTimer_.isActive())
        fieldTimer_.start(fieldDelay);
}

void ExploreController::requestField() {
    if (!hasModel() || !active_ || !hasCodeCritic())
        return;
    bridge_.request(ExploreLane::Field, engine::CodeField{padRaster(view_, padRange_, fieldSide)});
}

void ExploreController::onResult(const engine::ExploreResult& result) {
    if (result.lane == ExploreLane::HeldOut) {
        takeHeldOut(result);
        return;
    }
    if (result.error) {
        if (result.lane == ExploreLane::Encode) {
            encodePurposes_.clear();
            Q_EMIT encodingChanged(false);
            Q_EMIT liveAnswered();
        }
        if (result.lane == ExploreLane::Sheet)
            dropSheets();
        if (result.lane == ExploreLane::Geodesic)
            wayInSearch_.reset();
        if (result.lane == ExploreLane::Encode || result.lane == ExploreLane::Class ||
            result.lane == ExploreLane::Geodesic)
            Q_EMIT longWorkEnded();
        Q_EMIT problem(QString::fromUtf8(result.error->what()), QString::fromStdString(result.error->hint()));
        return;
    }
    switch (result.lane) {
    case ExploreLane::Picture:
        takePicture(result);
        break;
    case ExploreLane::Encode:
        takeEncoding(result);
        break;
    case ExploreLane::Strip:
        takeStrip(result);
        break;
    case ExploreLane::Field:
        if (result.logits.size() == std::size_t(fieldSide) * fieldSide)
            Q_EMIT fieldComputed(QVector<float>(result.logits.begin(), result.logits.end()), fieldSide);
        break;
    case ExploreLane::Sheet: {
        const auto found = sheets_.find(result.stamp);
        if (found != sheets_.end())
            found->second(result.images);
        sheets_.erase(sheets_.begin(), sheets_.upper_bound(result.stamp));
        break;
    }
    case ExploreLane::Class:
        takeWalk(result);
        break;
    case ExploreLane::Variation:
        Q_EMIT variationComputed(result);
        break;
    case ExploreLane::HeldOut: // taken above: that it failed is no problem of the user's
    case ExploreLane::Directions:
    case ExploreLane::DirectionStrip:
    case ExploreLane::Fidelity:
    case ExploreLane::Hover:
    case ExploreLane::Set:
    case ExploreLane::Operand:
        break; // other controllers'
    case ExploreLane::Measure:
        takeMeasure(result);
        break;
    case ExploreLane::Geodesic:
        takeWay(result);
        break;
    }
}

void ExploreController::takePicture(const engine::ExploreResult& result) {
    if (result.images.empty())
        return;
    decoded_ = result.images.front();
    decodedAt_ = result.codes.values;
    latency_.arrived(result.stamp);
    Q_EMIT pictureDecoded(toQImage(decoded_), result);
    if (result.stamp < pullStamp_)
        return;
    if (std::exchange(pullStamp_, 0) == result.stamp) {
        endGesture();
        setCode(result.codes.values, tr("%1, pulled to the data").arg(view_.source));
    }
}

void ExploreController::takeEncoding(const engine::ExploreResult& result) {
    if (result.searched)
        Q_EMIT searchProgressed(result);
    if (!result.finished)
        return;
    const auto found = encodePurposes_.find(result.stamp);
    const EncodePurpose purpose = found == encodePurposes_.end() ? EncodePurpose::Refresh : found->second;
    encodePurposes_.erase(encodePurposes_.begin(), encodePurposes_.upper_bound(result.stamp));
    if (purpose == EncodePurpose::Inspect) {
        if (inspected_)
            inspected_(result);
        return;
    }
    if (purpose == EncodePurpose::Live) {
        if (live_) {
            measureHeldOut(result);
            Q_EMIT liveEncoded(result);
        }
        Q_EMIT liveAnswered();
        return;
    }
    if (purpose == EncodePurpose::Load)
        Q_EMIT encodingChanged(false);
    if (result.codes.count == 0) { // cancelled before anything was found
        Q_EMIT longWorkEnded();
        return;
    }
    encoded_ = result;
    Q_EMIT pictureEncoded(result);
    if (purpose != EncodePurpose::Refresh)
        useEncoded(result, purpose);
}

void ExploreController::useEncoded(const engine::ExploreResult& result, EncodePurpose purpose) {
    refined_ = purpose == EncodePurpose::Refine;
    measureHeldOut(result);
    const QString name = encodeName_.isEmpty() ? QString::fromStdString(result.name) : encodeName_;
    if (purpose == EncodePurpose::Crop) {
        moveCode(result.codes.values, tr("another part of %1").arg(name), MergeCrop);
        return;
    }
    setCode(result.codes.values, refined_ ? tr("%1, refined").arg(name) : name);
    if (keyframeAfterEncode_ >= 0)
        insertKeyframe(std::exchange(keyframeAfterEncode_, -1), result.codes.values, name);
}

void ExploreController::takeStrip(const engine::ExploreResult& result) {
    QVector<QImage> pictures = toQImages(result.images);
    const auto keyframes = qsizetype(stripKeyframes_);
    const auto anchors = qsizetype(stripAnchors_);
    // The view moved on since this was asked: the next answer is on its way.
    if (pictures.size() < keyframes + anchors || stripKeyframes_ != view_.keyframes.size())
        return;
    Q_EMIT keyframesDecoded(pictures.mid(0, keyframes));
    if (anchors > 0)
        Q_EMIT anchorsDecoded(pictures.mid(keyframes, anchors));
    Q_EMIT stripDecoded(pictures.mid(keyframes + anchors));
}

void ExploreController::dropSheets() {
    for (const auto& [stamp, done] : std::exchange(sheets_, {}))
        done({});
}

void ExploreController::decodeSheet(engine::Codes codes, double pull,
                                    std::function<void(std::vector<engine::Image>)> done) {
    sheets_[bridge_.request(ExploreLane::Sheet, engine::DecodeCodes{std::move(codes), pull})] =
        std::move(done);
}

} // namespace alphascope::ui
