#pragma once
// TensorBoard event files: appended record by record, readable while they are written. No LibTorch.
// Format facts: TFRecord framing with masked CRC-32C, Event/Summary messages (tensorflow/tensorboard).

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/session.h"

namespace alphascope::engine {

/// One writer per run folder, one thread at a time. A new object opens a new file (an event file is never
/// shortened or written again) and begins it with a SessionLog START, so that readers drop what an
/// interrupted run wrote after `startStep`, the last step that counts: 0 for a new run, the checkpoint's for
/// a resumed one.
class EventWriter {
public:
    /// Throws Error(InputOutput) when the file cannot be made.
    EventWriter(const std::string& folder, std::int64_t startStep);
    ~EventWriter(); ///< flushes; what cannot be written then is lost
    EventWriter(const EventWriter&) = delete;
    EventWriter& operator=(const EventWriter&) = delete;

    // These only remember; they throw nothing but out-of-memory. While the disk is full, records wait, the
    // newest are dropped once 64 MB wait.
    void scalars(const MetricPoint& point); ///< stored as 32-bit floats; NaN and infinity survive
    /// `channels`: 1 or 3; `png`: the encoded picture.
    void image(const std::string& tag, std::int64_t step, double wallTime, int width, int height,
               int channels, const std::string& png);
    void text(const std::string& tag, std::int64_t step, double wallTime, const std::string& value);

    /// Hands everything to the system. Throws Error(InputOutput); the file then stays readable, and the next
    /// flush goes on where this one was cut off.
    void flush();
    const std::string& path() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Reads all event files of a folder, oldest first, and then only what is added. An unfinished last record is
/// left for the next call; a damaged one ends that file with a warning. One thread at a time; never throws
/// for what it finds on the disk.
class EventReader {
public:
    explicit EventReader(std::string folder);
    ~EventReader();
    EventReader(const EventReader&) = delete;
    EventReader& operator=(const EventReader&) = delete;

    /// New points since the last call, neighbours of one file and step merged. Points that a later START
    /// discards are dropped, so steps only grow within one answer; an answer that begins at a lower step than
    /// the last one ended (a run that was resumed from an earlier checkpoint) replaces everything from there
    /// on.
    std::vector<MetricPoint> poll();
    /// Alarm and ParameterChanged among what poll() came across since the last call, without those that a
    /// START discards.
    std::vector<SessionEvent> takeEvents();
    std::vector<std::string> takeWarnings();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
