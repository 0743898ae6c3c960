#include "ui/session/direction_controller.h"

#include <algorithm>
#include <utility>

#include "ui/session/image_conversion.h"

namespace alphascope::ui {

namespace {

constexpr int restDelay = 120;     // ms without a move, after which what depends on the place is found anew
constexpr int weightsDelay = 1000; // ms between looks while new weights keep coming
constexpr int weightDirections = 12;
constexpr std::size_t stripPictures = 7;
constexpr int fidelitySteps = 13;
constexpr int mergeKeys = 10'000; // of moves along directions, apart from the controller's own

using engine::DirectionKind;
using engine::ExploreLane;
using engine::LatentDirection;

std::vector<LatentDirection> axesOf(std::size_t size) {
    std::vector<LatentDirection> axes(size);
    for (std::size_t i = 0; i < size; ++i) {
        axes[i].name = QObject::tr("z %1").arg(i + 1).toStdString();
        axes[i].vector.assign(size, 0.0F);
        axes[i].vector[i] = 1.0F;
        axes[i].range = codeRange;
    }
    return axes;
}

engine::Codes oneCode(const std::vector<float>& code) {
    engine::Codes codes(1, code.size());
    codes.values = code;
    return codes;
}

} // namespace

DirectionController::DirectionController(EngineBridge& bridge, ExploreController& explore,
                                         AtlasController& atlas, QObject* parent)
    : QObject(parent), bridge_(bridge), explore_(explore), atlas_(atlas) {
    settleTimer_.setSingleShot(true);
    connect(&settleTimer_, &QTimer::timeout, this, &DirectionController::settle);
    connect(&explore_, &ExploreController::modelChanged, this, &DirectionController::onModel);
    connect(&explore_, &ExploreController::viewChanged, this, &DirectionController::onCode);
    connect(&explore_, &ExploreController::gestureEnded, this, [this] {
        moving_ = false;
        settleTimer_.start(restDelay);
    });
    connect(&bridge_, &EngineBridge::exploreResult, this, &DirectionController::onResult);
    connect(&explore_, &ExploreController::activated, this, [this] { settleTimer_.start(restDelay); });
    connect(&bridge_, &EngineBridge::weightsUpdated, this, [this] {
        // Nobody looking costs the training nothing; and weights that come fast must not put the rest off for
        // ever.
        if (explore_.active() && !settleTimer_.isActive())
            settleTimer_.start(weightsDelay);
    });
    connect(&atlas_, &AtlasController::codesLoaded, this, [this] {
        replace(DirectionSet::Components,
                atlas_.fitsModel() ? atlas_.components() : std::vector<LatentDirection>());
    });
}

// ---- what is chosen -------------------------------------------------------------------------------------

void DirectionController::choose(DirectionSet set) {
    if (set == set_)
        return;
    set_ = set;
    current_ = 0;
    Q_EMIT chosenChanged();
    Q_EMIT directionsChanged();
    if (set == DirectionSet::Factors && directions().empty() && explore_.hasModel())
        bridge_.request(ExploreLane::Directions,
                        engine::FindDirections{DirectionKind::Factor, {}, weightDirections});
    settle();
}

double DirectionController::position(int index) const {
    const std::vector<float>& code = explore_.view().code;
    const auto& all = directions();
    if (index < 0 || std::size_t(index) >= all.size() || all[std::size_t(index)].vector.size() != code.size())
        return 0.0;
    return engine::positionOn(all[std::size_t(index)], code);
}

void DirectionController::move(int index, double position) {
    if (index < 0 || std::size_t(index) >= directions().size())
        return;
    moving_ = true;
    if (set_ == DirectionSet::Dimensions) {
        explore_.setDimension(index, position); // the number itself, without rounding on the way
        return;
    }
    const LatentDirection& direction = directions()[std::size_t(index)];
    explore_.moveCode(engine::movedTo(direction, explore_.view().code, position),
                      QString::fromStdString(direction.name), mergeKeys * (1 + int(set_)) + index);
}

void DirectionController::reset(int index) {
    explore_.endGesture();
    move(index, 0.0);
    explore_.endGesture();
}

void DirectionController::setRange(int index, double sigmas) {
    if (index < 0 || std::size_t(index) >= directions().size())
        return;
    list(set_)[std::size_t(index)].range = std::clamp(sigmas, 0.5, 20.0);
    Q_EMIT directionsChanged();
    if (set_ == DirectionSet::Own)
        saveOwn();
    showCurrent();
}

void DirectionController::setCurrent(int index) {
    if (index == current_)
        return;
    current_ = index;
    Q_EMIT currentChanged();
    showCurrent();
}

QString DirectionController::emptyReason() const {
    if (!explore_.hasModel())
        return tr("Open a model first.");
    switch (set_) {
    case DirectionSet::Components:
        return explore_.canEncode()
                   ? tr("Principal components of the codes of a data set. Encode it to find them.")
                   : tr("This method has no encoder, so there are no codes of pictures to find components "
                        "of. "
                        "Local directions and factors need none.");
    case DirectionSet::Own:
        return tr("Directions that you keep or make from two sets of pictures appear here, and stay with the "
                  "run.");
    default:
        return tr("None were found.");
    }
}

// ---- what changes ---------------------------------------------------------------------------------------

void DirectionController::replace(DirectionSet set, std::vector<LatentDirection> directions) {
    list(set) = std::move(directions);
    if (set == set_) {
        Q_EMIT directionsChanged();
        showCurrent();
    }
}

void DirectionController::onModel() {
    const std::size_t size = explore_.view().code.size();
    const bool other = list(DirectionSet::Dimensions).size() != size;
    if (other)
        list(DirectionSet::Dimensions) = axesOf(size);
    list(DirectionSet::Local).clear();
    list(DirectionSet::Factors).clear();
    if (!atlas_.fitsModel())
        list(DirectionSet::Components).clear();
    Q_EMIT directionsChanged();
    if (set_ == DirectionSet::Factors)
        bridge_.request(ExploreLane::Directions,
                        engine::FindDirections{DirectionKind::Factor, {}, weightDirections});
    loadOwn();
    settleTimer_.start(restDelay);
}

void DirectionController::onCode() {
    if (!moving_)
        settleTimer_.start(restDelay);
}

void DirectionController::settle() {
    if (!explore_.hasModel() || !explore_.active() || moving_)
        return;
    if (set_ == DirectionSet::Local)
        findLocal();
    showCurrent();
}

void DirectionController::findLocal() {
    bridge_.request(
        ExploreLane::Directions,
        engine::FindDirections{DirectionKind::Local, oneCode(explore_.view().code), weightDirections});
}

void DirectionController::showCurrent() {
    const std::vector<float>& code = explore_.view().code;
    if (current_ < 0 || std::size_t(current_) >= directions().size() ||
        directions()[std::size_t(current_)].vector.size() != code.size()) {
        Q_EMIT stripDecoded({});
        Q_EMIT fidelityMeasured({});
        return;
    }
    const LatentDirection& direction = directions()[std::size_t(current_)];
    bridge_.request(ExploreLane::DirectionStrip,
                    engine::DecodeCodes{engine::stripAlong(direction, code, stripPictures)});
    if (canMeasureFidelity())
        fidelityStamp_ = bridge_.request(ExploreLane::Fidelity,
                                         engine::EditFidelity{direction, oneCode(code), fidelitySteps});
}

void DirectionController::onResult(const engine::ExploreResult& result) {
    if (result.error)
        return; // the explore controller says so
    if (result.lane == ExploreLane::Fidelity && result.stamp == fidelityStamp_)
        Q_EMIT fidelityMeasured(result.distances);
    if (result.lane == ExploreLane::DirectionStrip)
        Q_EMIT stripDecoded(toQImages(result.images));
    if (result.lane == ExploreLane::Directions && !result.directions.empty())
        replace(result.directions.front().kind == DirectionKind::Local ? DirectionSet::Local
                                                                       : DirectionSet::Factors,
                result.directions);
}

// ---- the user's own -------------------------------------------------------------------------------------

std::string DirectionController::knownRunFolder() const {
    const auto& model = bridge_.model();
    if (model && model->live && bridge_.startedConfig())
        return bridge_.startedConfig()->runFolder;
    return {};
}

void DirectionController::loadOwn() {
    const auto& model = bridge_.model();
    if (!model)
        return;
    const std::uint64_t question = ++question_;
    bridge_.runJob(Area::Explore,
                   [this, question, folder = knownRunFolder(), path = model->info.path,
                    size = model->info.latentSize]() -> std::function<void()> {
                       const std::string run = folder.empty() ? bridge_.engine().findRunFolder(path) : folder;
                       auto saved = run.empty() ? std::vector<LatentDirection>()
                                                : bridge_.engine().savedDirections(run, size);
                       return [this, question, run, saved = std::move(saved)]() mutable {
                           if (question != question_)
                               return;
                           runFolder_ = run;
                           replace(DirectionSet::Own, std::move(saved));
                       };
                   });
}

void DirectionController::saveOwn() {
    if (runFolder_.empty()) {
        Q_EMIT problem(tr("The directions are not kept: the model lies in no run folder."),
                       tr("They stay until another model is opened."));
        return;
    }
    bridge_.runJob(Area::Explore,
                   [this, run = runFolder_, own = directions(DirectionSet::Own)]() -> std::function<void()> {
                       bridge_.engine().saveDirections(run, own);
                       return {};
                   });
}

void DirectionController::keep(int index, const QString& name) {
    if (index < 0 || std::size_t(index) >= directions().size() || name.trimmed().isEmpty())
        return;
    LatentDirection kept = directions()[std::size_t(index)];
    kept.name = name.trimmed().left(100).toStdString();
    auto& own = list(DirectionSet::Own);
    const auto same = std::find_if(own.begin(), own.end(),
                                   [&](const LatentDirection& one) { return one.name == kept.name; });
    if (same != own.end())
        *same = std::move(kept);
    else
        own.push_back(std::move(kept));
    saveOwn();
    if (set_ == DirectionSet::Own)
        Q_EMIT directionsChanged();
}

void DirectionController::removeOwn(int index) {
    auto& own = list(DirectionSet::Own);
    if (index < 0 || std::size_t(index) >= own.size())
        return;
    own.erase(own.begin() + index);
    saveOwn();
    if (set_ == DirectionSet::Own)
        Q_EMIT directionsChanged();
}

void DirectionController::makeAttribute(const QString& name, engine::Codes with, engine::Codes without,
                                        const QStringList& apart) {
    engine::AttributeOptions options;
    options.name = name.trimmed().isEmpty() ? tr("attribute").toStdString() : name.trimmed().toStdString();
    for (const LatentDirection& own : directions(DirectionSet::Own))
        if (apart.contains(QString::fromStdString(own.name)) && own.name != options.name)
            options.against.push_back(own);
    const auto* info = explore_.modelInfo();
    const std::string origin = tr("%1 pictures with, %2 without, step %3")
                                   .arg(with.count)
                                   .arg(without.count)
                                   .arg(info ? info->step : 0)
                                   .toStdString();
    bridge_.runJob(Area::Explore,
                   [this, options = std::move(options), with = std::move(with), without = std::move(without),
                    origin]() -> std::function<void()> {
                       LatentDirection made = engine::attributeDirection(with, without, options);
                       made.origin = origin;
                       return [this, made = std::move(made)]() mutable {
                           if (made.vector.size() != explore_.view().code.size())
                               return; // another model meanwhile
                           const QString title = QString::fromStdString(made.name);
                           auto& own = list(DirectionSet::Own);
                           std::erase_if(own,
                                         [&](const LatentDirection& one) { return one.name == made.name; });
                           own.push_back(std::move(made));
                           current_ = int(own.size()) - 1;
                           saveOwn();
                           if (set_ == DirectionSet::Own)
                               Q_EMIT directionsChanged();
                           else
                               choose(DirectionSet::Own);
                           current_ = int(own.size()) - 1;
                           Q_EMIT currentChanged();
                           showCurrent();
                           Q_EMIT attributeMade(title);
                       };
                   });
}

} // namespace alphascope::ui
