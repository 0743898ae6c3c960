#include "engine/session/session_core.h"

#include <utility>
#include <variant>

#include "engine/session/failure.h"

namespace alphascope::engine {

SessionCore::SessionCore(TrainerFactory factory, std::function<void()> notify, SessionOptions options)
    : factory_(std::move(factory)), options_(std::move(options)),
      outbox_(std::move(notify), options_.metricCapacity), queue_(options_.commandCapacity),
      metricsPacer_(options_.metricsEvery, 0),
      previewPacer_(options_.previewEvery, options_.leastIntervalPerCost),
      weightsPacer_(options_.weightsEvery, options_.leastIntervalPerCost) {}

SessionCore::~SessionCore() {
    closeTrainer();
}

// ---- controlling thread -----------------------------------------------------------------------------------

CommandId SessionCore::post(CommandBody body) {
    const CommandId id = ++lastId_;
    const std::string name = commandName(body);
    if (!queue_.post({id, std::move(body)})) {
        outbox_.storeEvent(
            CommandRejected{id, name, "Too many commands are waiting; try again in a moment."});
        queue_.wake();
    }
    return id;
}

void SessionCore::requestStop(bool save) {
    queue_.requestStop(save);
}

void SessionCore::shutDown() {
    outbox_.silence();
    queue_.requestStop(false);
    queue_.close();
}

bool SessionCore::waitUntilFinished(std::chrono::milliseconds limit) {
    return queue_.waitUntilIdle(limit, [this] { return isAtRest(outbox_.status().state); });
}

// ---- session thread: one turn -----------------------------------------------------------------------------

void SessionCore::run() {
    while (turn() || queue_.wait()) {
    }
}

bool SessionCore::turn() {
    outbox_.announceStored();
    try {
        return work();
    } catch (...) {
        fail(currentError());
        return true;
    }
}

bool SessionCore::work() {
    if (const auto stop = queue_.takeStop()) {
        obeyStop(*stop);
        return true;
    }
    if (const auto command = queue_.take()) {
        obey(*command);
        return true;
    }
    if (status_.state == SessionState::Running) {
        advance();
        return true;
    }
    if (status_.state == SessionState::Paused) {
        settle();
    }
    return false;
}

void SessionCore::obeyStop(const CommandQueue<Command>::Stop& stop) {
    for (const Command& command : stop.overtaken) {
        reject(command.id, commandName(command.body), "A stop was asked for before its turn came.");
    }
    if (!isAtRest(status_.state)) {
        finishRun(stop.save);
    } else if (stop.overtaken.empty()) {
        reject(0, "requestStop", "Nothing is training.");
    }
}

void SessionCore::obey(const Command& command) {
    std::string reason = whyIllegal(status_.state, command.body);
    if (reason.empty()) {
        try {
            std::visit([this](const auto& body) { carryOut(body); }, command.body);
        } catch (const Error& error) {
            // A wrong name or value in a command is the sender's affair; training goes on. A start that is
            // refused has got further: its state is Preparing, and it ends as Failed.
            if (error.kind() != ErrorKind::Usage || status_.state == SessionState::Preparing) {
                throw;
            }
            reason = error.sentence();
        }
    }
    if (!reason.empty()) {
        reject(command.id, commandName(command.body), reason);
    }
}

void SessionCore::reject(CommandId id, const std::string& command, const std::string& reason) {
    outbox_.putEvent(CommandRejected{id, command, reason});
}

// ---- commands ---------------------------------------------------------------------------------------------

void SessionCore::carryOut(const StartCommand& start) {
    closeTrainer();
    outbox_.setLiveModel(nullptr);
    rate_.reset();
    metricsPacer_.reset();
    previewPacer_.reset();
    weightsPacer_.reset();
    stepsSinceMetrics_ = 0;
    abandoned_ = unsaved_ = false;
    unshown_ = unpublished_ = true;
    checkpointEvery_ = start.config.checkpointEvery;
    status_ = SessionStatus{};
    status_.targetSteps = start.config.steps;
    status_.runFolder = start.config.runFolder;
    setState(SessionState::Preparing);

    trainer_ = factory_();
    if (!trainer_) {
        throw Error(ErrorKind::Internal, "There is nothing that could train this method.");
    }
    try {
        trainer_->prepare(start.config, context());
    } catch (const Error& error) {
        if (isStopInterrupt(error)) {
            return; // the next turn obeys the stop
        }
        throw;
    }
    prepared_ = true;
    status_.device = trainer_->deviceName();
    status_.method = trainer_->methodTitle();
    status_.data = trainer_->dataName();
    outbox_.setLiveModel(trainer_->liveModel());
    if (!queue_.stopFlag().requested()) {
        setState(start.paused ? SessionState::Paused : SessionState::Running);
    }
}

void SessionCore::carryOut(const PauseCommand&) {
    setState(SessionState::Paused);
}

void SessionCore::carryOut(const ResumeCommand&) {
    setState(SessionState::Running);
}

void SessionCore::carryOut(const StepCommand& step) {
    const std::int64_t before = trainer_->currentStep();
    if (!stepTrainer(step.part)) {
        return;
    }
    if (checkpointDue(before)) {
        save();
    }
    setState(SessionState::Paused); // says that the step is done
}

void SessionCore::carryOut(const SaveCommand&) {
    if (!save()) {
        setState(SessionState::Paused);
    }
}

void SessionCore::carryOut(const SetParameterCommand& parameter) {
    const std::string old = trainer_->setParameter(parameter.name, parameter.text);
    unsaved_ = true;
    outbox_.putEvent(ParameterChanged{parameter.name, old, parameter.text, trainer_->currentStep()});
}

void SessionCore::carryOut(const SetTargetCommand& target) {
    const std::int64_t done = trainer_->currentStep();
    if (target.steps != 0 && target.steps < done) {
        throw Error(ErrorKind::Usage, "Step " + std::to_string(done) + " is done already.",
                    "Choose a later target, or 0 to train until stopped.");
    }
    status_.targetSteps = target.steps;
    updateStatus();
}

// ---- training ---------------------------------------------------------------------------------------------

void SessionCore::advance() {
    if (targetReached()) {
        finishRun(true);
        return;
    }
    gate_->yieldIfWanted(options_.yieldAtMost);
    const std::int64_t before = trainer_->currentStep();
    if (!stepTrainer({})) {
        return;
    }
    rate_.tick(options_.clock(), trainer_->currentStep());
    updateStatus();
    const bool room = checkpointDue(before) ? save() : tryToWrite([this] { reportByClock(); });
    if (!room) {
        setState(SessionState::Paused);
    }
}

/// False when the iteration was broken off because the run is thrown away.
bool SessionCore::stepTrainer(const std::string& part) {
    try {
        trainer_->step(part);
    } catch (const Error& error) {
        if (isStopInterrupt(error)) {
            abandoned_ = true;
            return false;
        }
        throw;
    }
    ++stepsSinceMetrics_;
    unsaved_ = unshown_ = unpublished_ = true;
    return true;
}

void SessionCore::reportByClock() {
    const TimePoint now = options_.clock();
    if (stepsSinceMetrics_ >= options_.metricsEverySteps || metricsPacer_.due(now)) {
        takeMetrics();
    }
    if (weightsPacer_.due(now)) {
        publishWeights(false);
    }
    if (outbox_.previewWanted() && previewPacer_.due(now)) {
        showPreview(false);
    }
}

/// Before the loop sleeps, everything is brought up to the present step: nobody will do it later.
void SessionCore::settle() {
    tryToWrite([this] {
        takeMetrics();
        if (unpublished_) {
            publishWeights(true);
        }
        if (unshown_) {
            showPreview(false);
        }
    });
}

bool SessionCore::targetReached() const {
    return status_.targetSteps > 0 && trainer_->currentStep() >= status_.targetSteps;
}

bool SessionCore::checkpointDue(std::int64_t stepBefore) const {
    const std::int64_t step = trainer_->currentStep();
    return checkpointEvery_ > 0 && step != stepBefore && step % checkpointEvery_ == 0;
}

// ---- what leaves the trainer ------------------------------------------------------------------------------

/// False when there was no room: the user has been told, and the caller pauses.
bool SessionCore::tryToWrite(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        if (isStopInterrupt(error)) {
            return true; // the next turn obeys the stop
        }
        if (error.kind() != ErrorKind::InputOutput) {
            throw;
        }
        outbox_.putEvent(SessionWarning{error.what(), error.hint()});
        return false;
    }
    return true;
}

void SessionCore::takeMetrics() {
    const TimePoint begin = options_.clock();
    outbox_.putMetrics(trainer_->takeMetrics());
    stepsSinceMetrics_ = 0;
    metricsPacer_.done(begin, begin);
}

void SessionCore::showPreview(bool save) {
    const TimePoint begin = options_.clock();
    outbox_.putPreview(trainer_->makePreview(save));
    unshown_ = false;
    previewPacer_.done(begin, options_.clock());
}

void SessionCore::publishWeights(bool replaceUntaken) {
    const TimePoint begin = options_.clock();
    trainer_->publishWeights(replaceUntaken);
    // One that is passed over leaves the weights unpublished for settle().
    unpublished_ = !replaceUntaken;
    weightsPacer_.done(begin, options_.clock());
}

bool SessionCore::save() {
    return tryToWrite([this] {
        // Reading the losses first lets a NaN among them fail the run before anything is written.
        takeMetrics();
        const SavedCheckpoint saved = trainer_->saveCheckpoint();
        unsaved_ = false;
        outbox_.putEvent(CheckpointSaved{saved.path, saved.step});
        showPreview(true);
    });
}

// ---- ends -------------------------------------------------------------------------------------------------

void SessionCore::finishRun(bool saveFirst) {
    setState(SessionState::Stopping);
    if (abandoned_ && saveFirst) {
        outbox_.putEvent(SessionWarning{"The last iteration was broken off, so no checkpoint was written.",
                                        "Resume from the last checkpoint of the run."});
    } else if (prepared_ && !abandoned_) {
        if (saveFirst && unsaved_) {
            save();
            if (unsaved_) {
                setState(SessionState::Paused); // no room: what was trained is not thrown away
                return;
            }
        }
        tryToWrite([this] { takeMetrics(); }); // saving may bring figures of what is saved
        publishWeights(true);
    }
    closeTrainer();
    setState(SessionState::Stopped);
}

void SessionCore::closeTrainer() {
    if (trainer_) {
        try {
            trainer_->finish();
        } catch (...) {
            // It must not throw; if it does, the thread lives on and the run ends all the same.
            outbox_.putEvent(
                SessionWarning{currentError().what(), "The end of the run may be missing in its files."});
        }
        trainer_.reset();
    }
    prepared_ = false;
}

void SessionCore::fail(const Error& error) {
    std::string lastGood;
    if (trainer_) {
        try {
            lastGood = trainer_->lastGoodCheckpoint();
            if (prepared_) {
                takeMetrics(); // the curves that led here
            }
        } catch (...) {
            // The first fault is the one to tell; what else a broken trainer throws adds nothing.
        }
        closeTrainer();
    }
    outbox_.putEvent(SessionFailed{error.kind(), error.what(), error.hint(), lastGood});
    setState(SessionState::Failed);
}

void SessionCore::setState(SessionState state) {
    const TimePoint now = options_.clock();
    if (trainer_ && prepared_) {
        status_.step = trainer_->currentStep();
    }
    if (state == SessionState::Running) {
        rate_.resume(now, status_.step);
    } else if (status_.state == SessionState::Running) {
        rate_.pause(now);
    }
    status_.state = state;
    updateStatus();
    outbox_.putEvent(StateChanged{state, status_.step});
}

void SessionCore::updateStatus() {
    if (trainer_ && prepared_) {
        status_.step = trainer_->currentStep();
    }
    status_.stepsPerSecond = rate_.stepsPerSecond();
    const bool known = status_.targetSteps > 0 && status_.stepsPerSecond > 0.0 && !isAtRest(status_.state);
    status_.secondsLeft = known ? double(status_.targetSteps - status_.step) / status_.stepsPerSecond : -1.0;
    outbox_.setStatus(status_);
}

TrainerContext SessionCore::context() {
    TrainerContext context;
    context.stop = &queue_.stopFlag();
    context.warn = [this](SessionWarning warning) { outbox_.putEvent(std::move(warning)); };
    context.alarm = [this](Alarm alarm) { outbox_.putEvent(std::move(alarm)); };
    context.betweenSubSteps = [this] {
        if (queue_.discardRequested()) {
            throw Error(ErrorKind::Interrupted, "Training was stopped.");
        }
        gate_->yieldIfWanted(options_.yieldAtMost);
    };
    context.gate = gate_;
    return context;
}

bool SessionCore::isStopInterrupt(const Error& error) const {
    return error.kind() == ErrorKind::Interrupted && queue_.stopFlag().requested();
}

} // namespace alphascope::engine
