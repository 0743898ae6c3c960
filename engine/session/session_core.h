#pragma once
// The session's state machine and loop, without a thread of its own: TrainingSession::Impl runs it on one,
// tests may run it turn by turn on theirs.
//
// Threads: post(), requestStop(), shutDown(), waitUntilFinished() and outbox().take...() on the controlling
// thread; turn() and run() on the session thread, which also makes, uses and destroys the trainer.

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "engine/concurrency/command_queue.h"
#include "engine/concurrency/interaction_gate.h"
#include "engine/session/command.h"
#include "engine/session/outbox.h"
#include "engine/session/pacer.h"
#include "engine/session/rate_meter.h"
#include "engine/session/session_options.h"
#include "engine/session/trainer.h"

namespace alphascope::engine {

class SessionCore {
public:
    SessionCore(TrainerFactory factory, std::function<void()> notify, SessionOptions options = {});
    ~SessionCore();
    SessionCore(const SessionCore&) = delete;
    SessionCore& operator=(const SessionCore&) = delete;

    // ---- controlling thread: nothing here waits, save waitUntilFinished()
    CommandId post(CommandBody body);
    void requestStop(bool save);
    /// No notification begins after this; the run is thrown away and run() returns.
    void shutDown();
    bool waitUntilFinished(std::chrono::milliseconds limit);
    Outbox& outbox() { return outbox_; }
    const Outbox& outbox() const { return outbox_; }

    // ---- session thread
    /// One piece of work: a stop, a command or a step. False when there is none until something is posted.
    /// Never throws: what is thrown inside becomes Failed.
    bool turn();
    /// Turns until shutDown(); sleeps while there is nothing to do.
    void run();

private:
    bool work();
    void obeyStop(const CommandQueue<Command>::Stop& stop);
    void obey(const Command& command);
    void carryOut(const StartCommand& start);
    void carryOut(const PauseCommand&);
    void carryOut(const ResumeCommand&);
    void carryOut(const StepCommand& step);
    void carryOut(const SaveCommand&);
    void carryOut(const SetParameterCommand& parameter);
    void carryOut(const SetTargetCommand& target);
    void reject(CommandId id, const std::string& command, const std::string& reason);

    void advance();
    bool stepTrainer(const std::string& part);
    void reportByClock();
    void settle();
    bool targetReached() const;
    bool checkpointDue(std::int64_t stepBefore) const;

    bool tryToWrite(const std::function<void()>& work);
    void takeMetrics();
    void showPreview(bool save);
    void publishWeights(bool replaceUntaken);
    bool save();

    void finishRun(bool saveFirst);
    void closeTrainer();
    void fail(const Error& error);
    void setState(SessionState state);
    void updateStatus();
    TrainerContext context();
    bool isStopInterrupt(const Error& error) const;

    TrainerFactory factory_;
    SessionOptions options_;
    Outbox outbox_;
    CommandQueue<Command> queue_;
    std::atomic<CommandId> lastId_{0};

    // the session thread's own
    std::unique_ptr<ITrainer> trainer_;
    std::shared_ptr<InteractionGate> gate_ = std::make_shared<InteractionGate>();
    SessionStatus status_;
    RateMeter rate_;
    Pacer metricsPacer_;
    Pacer previewPacer_;
    Pacer weightsPacer_;
    std::int64_t checkpointEvery_ = 0;
    int stepsSinceMetrics_ = 0;
    bool prepared_ = false;    ///< prepare() has succeeded
    bool abandoned_ = false;   ///< the last iteration was broken off: the state is not to be saved
    bool unsaved_ = false;     ///< changed since the last checkpoint
    bool unshown_ = false;     ///< changed since the last preview
    bool unpublished_ = false; ///< changed since the weights were last published
};

} // namespace alphascope::engine
