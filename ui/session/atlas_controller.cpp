#include "ui/session/atlas_controller.h"

#include <utility>
#include <variant>

#include "ui/session/overloaded.h"

namespace alphascope::ui {

using engine::AtlasTask;

AtlasController::AtlasController(EngineBridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge), bell_(this, [this] { drain(); }) {}

AtlasController::~AtlasController() {
    bell_.silence();
}

IAtlas& AtlasController::atlas() {
    if (!atlas_)
        atlas_ = bridge_.engine().makeAtlas(bell_.ring());
    return *atlas_;
}

void AtlasController::load(const QString& data, const QString& split, std::size_t count,
                           engine::AtlasCodes codes) {
    source_ = codes;
    data_ = data;
    split_ = split;
    count_ = count;
    reload();
}

void AtlasController::reload() {
    const auto& model = bridge_.model();
    if (!model) {
        Q_EMIT problem(tr("There is no model to encode pictures with."),
                       tr("Start a training or open a checkpoint first."));
        return;
    }
    engine::AtlasSource source;
    if (model->live)
        source.live = bridge_.liveModel();
    else
        source.checkpoint = model->info.path;
    source.data = data_.toStdString();
    source.split = split_.toStdString();
    source.count = count_;
    source.codes = source_;
    begin(AtlasTask::Load);
    atlas().load(std::move(source));
}

void AtlasController::map(const engine::MapOrder& order) {
    begin(AtlasTask::Map);
    atlas().map(order);
}

void AtlasController::measureErrors() {
    begin(AtlasTask::Errors);
    atlas().measureErrors();
}

void AtlasController::trainCritic() {
    begin(AtlasTask::Critic);
    atlas().trainCritic(1);
}

std::uint64_t AtlasController::askField(engine::Codes codes) {
    atlas().askField(++fieldStamp_, std::move(codes));
    return fieldStamp_;
}

void AtlasController::cancel() {
    if (busy_)
        atlas().cancel(*busy_);
}

bool AtlasController::fitsModel() const {
    const auto& model = bridge_.model();
    return codes_ && model && model->info.latentSize == codes_->codes.size &&
           model->info.method == codes_->model.method;
}

void AtlasController::begin(AtlasTask task) {
    busy_ = task;
    Q_EMIT progressed(task, 0.0, -1.0);
}

void AtlasController::end(AtlasTask task) {
    if (busy_ == task)
        busy_.reset();
    if (!busy_)
        Q_EMIT idle();
}

void AtlasController::drain() {
    if (!atlas_)
        return;
    for (const engine::AtlasEvent& event : atlas_->takeEvents())
        take(event);
}

void AtlasController::take(const engine::AtlasEvent& event) {
    std::visit(Overloaded{[this](const engine::AtlasProgress& e) {
                              busy_ = e.task;
                              Q_EMIT progressed(e.task, e.fraction, e.secondsLeft);
                          },
                          [this](const engine::CodesLoaded& e) {
                              // A map of as many codes still says which row is where, until the next comes.
                              if (map_ && (!codes_ || codes_->count() != e.codes->count()))
                                  map_.reset();
                              codes_ = e.codes;
                              components_ = e.components;
                              errors_.reset();
                              critic_.reset();
                              end(AtlasTask::Load);
                              Q_EMIT codesLoaded();
                          },
                          [this](const engine::MapMoved& e) {
                              map_ = e.map;
                              if (map_->finished)
                                  end(AtlasTask::Map);
                              Q_EMIT mapMoved();
                          },
                          [this](const engine::ErrorsMeasured& e) {
                              errors_ = e.l1;
                              end(AtlasTask::Errors);
                              Q_EMIT errorsMeasured();
                          },
                          [this](const engine::CriticTrained& e) {
                              critic_ = e.report;
                              end(AtlasTask::Critic);
                              Q_EMIT criticTrained();
                          },
                          [this](const engine::CriticField& e) {
                              if (e.stamp == fieldStamp_)
                                  Q_EMIT fieldComputed(e.stamp, e.logRatios);
                          },
                          [this](const engine::AtlasEnded& e) {
                              end(e.task);
                              if (e.error)
                                  Q_EMIT problem(QString::fromUtf8(e.error->what()),
                                                 QString::fromStdString(e.error->hint()));
                          }},
               event);
}

} // namespace alphascope::ui
