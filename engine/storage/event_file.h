#pragma once
// TensorBoard event files: appended record by record, readable while they are written. No LibTorch.
// Format facts: TFRecord framing with masked CRC-32C, Event/Summary messages (tensorflow/tensorboard).

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/session.h"

namespace alphascope::engine {

/// One writer per run folder, one thread at a time. A new object opens a new file and begins it with a
/// SessionLog START at `startStep`, so that readers drop what an interrupted run wrote beyond it.
class EventWriter {
public:
    EventWriter(const std::string& folder, std::int64_t startStep);
    ~EventWriter();
    void scalars(const MetricPoint& point);
    void image(const std::string& tag, std::int64_t step, double wallTime, int width, int height, int channels,
               const std::string& png);
    void text(const std::string& tag, std::int64_t step, double wallTime, const std::string& value);
    void flush(); ///< throws Error(InputOutput)

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Reads all event files of a folder, oldest first, and then only what is added. An unfinished last record is
/// left for the next call; a damaged one ends that file with a warning.
class EventReader {
public:
    explicit EventReader(std::string folder);
    ~EventReader();
    /// New points since the last call, merged by (file, step). Points that a later START discards are dropped.
    std::vector<MetricPoint> poll();
    std::vector<std::string> takeWarnings();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace alphascope::engine
