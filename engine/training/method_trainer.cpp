#include "engine/training/method_trainer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "engine/imaging/images.h"
#include "engine/storage/runs/preview_sheet.h"
#include "engine/training/device.h"
#include "engine/training/faults.h"
#include "engine/training/snapshot.h"

namespace alphascope::engine {

namespace {

double wallTime() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

/// "Loss D" for "loss/D", "The metric heldout_l1" for "metric/heldout_l1".
std::string spoken(const std::string& tag) {
    const auto slash = tag.find('/');
    const std::string name = slash == std::string::npos ? tag : tag.substr(slash + 1);
    return (tag.starts_with("loss/") ? "Loss " : "The metric ") + name;
}

} // namespace

std::string MethodTrainer::deviceName() const {
    return deviceTitle(device_, threads_);
}

std::string MethodTrainer::methodTitle() const {
    return models::findMethod(method_->spec().method).title;
}

std::string MethodTrainer::dataName() const {
    return data_->info().title;
}

// ---- steps ------------------------------------------------------------------------------------------------

void MethodTrainer::step(const std::string& part) {
    throwIfBroken();
    withFaultsAsErrors([&] { update(part); });
}

void MethodTrainer::update(const std::string& part) {
    checkPart(part);
    random_->beginUpdate(step_, partUpdates_);
    const TimePoint begin = clock_();
    const models::UpdateReport report =
        part.empty() ? method_->update(*batches_, *random_) : method_->updatePart(part, *batches_, *random_);
    const auto time = clock_() - begin;
    batchesDrawn_ = batches_->drawn();
    ++(part.empty() ? step_ : partUpdates_);
    scalars_.add(step_, report);
    if (part.empty() && step_ % heldOutEvery == 0) {
        lookAtModel();
    }
    if (judge_) {
        judge_->trained(time);
        if (part.empty()) {
            judge_->look(*method_, step_, scalars_);
        }
    }
}

void MethodTrainer::lookAtModel() {
    const PreviewMaker::Figures figures = previews_->measure(*method_);
    if (figures.heldOutL1) {
        scalars_.add(step_, heldOutTag, *figures.heldOutL1);
    }
    if (figures.sampleSpread) {
        scalars_.add(step_, sampleSpreadTag, *figures.sampleSpread);
    }
}

void MethodTrainer::checkPart(const std::string& part) const {
    const auto& parts = models::findMethod(method_->spec().method).parts;
    const auto isIt = [&](const models::MethodPart& candidate) { return candidate.name == part; };
    if (!part.empty() && std::none_of(parts.begin(), parts.end(), isIt)) {
        throw Error(ErrorKind::Usage, fmt::format("{} has no part called \"{}\".", methodTitle(), part));
    }
}

std::string MethodTrainer::setParameter(const std::string& name, const std::string& text) {
    return withFaultsAsErrors([&] {
        const auto& parameters = method_->spec().parameters;
        const auto value = models::parseValue(models::findSpec(parameters.schema(), name), text);
        std::string old = models::toText(parameters.value(name));
        method_->setParameter(name, value);
        note(noteOf(ParameterChanged{name, old, models::toText(value), step_}), step_);
        return old;
    });
}

// ---- scalars and the guard against broken numbers ---------------------------------------------------------

std::vector<MetricPoint> MethodTrainer::takeMetrics() {
    return withFaultsAsErrors([&] {
        const TimePoint begin = clock_();
        readScalars();
        if (judge_) {
            judge_->trained(clock_() - begin); // it waits for the updates that a device has still to do
        }
        if (!brokenReported_) {
            throwIfBroken(); // what was read before waits for the next call
        }
        reportSkipped();
        events_->flush();
        return std::exchange(unreported_, {});
    });
}

void MethodTrainer::readScalars() {
    for (MetricPoint& point : scalars_.read()) {
        events_->scalars(point);
        for (const auto& [tag, value] : point.values) {
            if (tag == config_.keepBest) {
                keepBestValue_ = value;
            }
        }
        for (const Alarm& alarm : alarms_.look(point)) {
            raise(alarm);
        }
        unreported_.push_back(std::move(point));
    }
}

/// Told to the reader and kept in the run. At the first alarm of a kind, what was saved before the trouble is
/// kept for good: once only, or a figure that wavers would fill the disk.
void MethodTrainer::raise(Alarm alarm) {
    if (!alarm.over && alarmsHeeded_.insert(alarm.kind).second) {
        if (const auto kept = run_->keepBefore(alarm.since)) {
            alarm.hint += fmt::format("{}The checkpoint of step {} is kept to fork from.",
                                      alarm.hint.empty() ? "" : " ", *kept);
        }
    }
    note(noteOf(alarm), alarm.step);
    if (context_.alarm) {
        context_.alarm(alarm);
    }
}

void MethodTrainer::note(const RunNote& note, std::int64_t step) {
    events_->text(note.tag, step, wallTime(), note.text);
}

void MethodTrainer::throwIfBroken() {
    if (const BrokenLoss* broken = scalars_.broken()) {
        failNotFinite(fmt::format("{} became {} at step {}.", spoken(broken->tag),
                                  std::isnan(broken->value) ? "NaN" : "infinite", broken->step),
                      broken->step);
    }
}

void MethodTrainer::failNotFinite(const std::string& sentence, std::int64_t since) {
    if (!std::exchange(brokenReported_, true)) {
        raise({"not_finite", false, sentence, wayBack(), step_, since});
    }
    throw Error(ErrorKind::TrainingFailed, sentence, wayBack());
}

std::string MethodTrainer::wayBack() const {
    return lastGood_.empty() ? "Nothing was saved before; start again with lower rates."
                             : fmt::format("Go back to {} and lower the rates.", lastGood_);
}

void MethodTrainer::reportSkipped() {
    const std::uint64_t skipped = batches_->loader().skippedCount();
    if (skipped > skippedReported_) {
        skippedReported_ = skipped;
        const auto list = batches_->loader().skipped();
        warn(fmt::format("{} pictures of {} could not be decoded and were left out.", skipped, config_.data),
             list.empty() ? std::string{} : "The latest is " + list.back());
    }
}

void MethodTrainer::warn(const std::string& message, const std::string& hint) const {
    if (context_.warn) {
        context_.warn({message, hint});
    }
}

// ---- what leaves the trainer ------------------------------------------------------------------------------

std::shared_ptr<const Preview> MethodTrainer::makePreview(bool save) {
    return withFaultsAsErrors([&] {
        auto preview = previews_->make(*method_, step_);
        if (save && hasPictureFiles()) {
            savePreview(*preview);
        }
        return preview;
    });
}

void MethodTrainer::savePreview(const Preview& preview) {
    const PreviewSheets sheets = composePreview(preview);
    const auto save = [&](const std::string& name, const PreviewSheet& sheet) {
        if (!sheet.png.empty()) {
            run_->savePreview(preview.step, name, sheet.png);
            events_->image(name, preview.step, wallTime(), sheet.width, sheet.height, sheet.channels,
                           sheet.png);
        }
    };
    save("reconstructions", sheets.reconstructions); // first: a watcher that finds the samples finds all
    save("points", sheets.points);
    save("samples", sheets.samples);
}

void MethodTrainer::publishWeights(bool replaceUntaken) {
    if (!replaceUntaken && !live_->wanted()) {
        return;
    }
    withFaultsAsErrors([&] {
        live_->publish(
            std::make_shared<const ModelState>(captureState(*method_, describe(), Contents::Inference)));
    });
}

SavedCheckpoint MethodTrainer::saveCheckpoint() {
    return withFaultsAsErrors([&]() -> SavedCheckpoint {
        if (judge_ && !(context_.stop != nullptr && context_.stop->requested())) {
            judge_->finish(step_, scalars_);
        }
        readScalars();
        throwIfBroken();
        if (const std::string broken = findNonFinite(*method_); !broken.empty()) {
            failNotFinite(
                fmt::format("The numbers of \"{}\" are no longer finite at step {}.", broken, step_), step_);
        }
        const ModelState state = captureState(*method_, describe(), Contents::Everything);
        lastGood_ = run_->saveCheckpoint(state, step_,
                                         {.newest = config_.keepNewest,
                                          .every = config_.keepEvery,
                                          .protectedPath = resumedFrom_,
                                          .before = alarms_.suspectSince(),
                                          .best = config_.keepBest,
                                          .value = keepBestValue_});
        return {lastGood_, step_};
    });
}

CheckpointMeta MethodTrainer::describe() const {
    const models::ModelSpec& spec = method_->spec();
    CheckpointMeta meta;
    meta.program = "Alphascope " ALPHASCOPE_VERSION;
    meta.method = spec.method;
    meta.channels = static_cast<int>(spec.image.channels);
    meta.size = static_cast<int>(spec.image.size);
    meta.parameters = spec.parameters.toTexts();
    meta.step = step_;
    meta.partUpdates = partUpdates_;
    meta.batchesDrawn = static_cast<std::int64_t>(batchesDrawn_);
    meta.seed = config_.seed;
    meta.threads = threads_;
    meta.device = deviceName();
    meta.data = config_.data;
    meta.transform = config_.transform;
    meta.crop = config_.crop;
    meta.dataFingerprint = dataFingerprint_;
    meta.libtorch = TORCH_VERSION;
    meta.hasEma = hasAverages_;
    if (models::findMethod(spec.method).needsLabels) {
        meta.labels = data_->info().labels;
    }
    return meta;
}

void MethodTrainer::finish() {
    try {
        if (method_) {
            method_->setSubStepHook({});
        }
        judge_.reset();
        batches_.reset();
        if (events_) {
            events_->flush();
        }
    } catch (const std::exception&) {
        // The run ends either way; what could not be written was said when it was tried before.
    }
    events_.reset();
    run_.reset();
}

} // namespace alphascope::engine
