#pragma once
// TFRecord framing and the few TensorFlow event messages that this program writes and reads, without
// protobuf. For this room only. Pure. Facts: tensorboard's record_writer.py, event.proto, summary.proto,
// tensor.proto.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/api/session.h"

namespace alphascope::engine {

/// length | masked CRC of length | data | masked CRC of data
std::string frameRecord(std::string_view data);

// Each gives one serialised Event.
std::string fileVersionEvent(double wallTime);
/// Readers forget everything of `firstStep` and later that came before.
std::string sessionStartEvent(std::int64_t firstStep, double wallTime);
std::string scalarsEvent(const MetricPoint& point);
std::string imageEvent(const std::string& tag, std::int64_t step, double wallTime, int width, int height,
                       int channels, const std::string& png);
std::string textEvent(const std::string& tag, std::int64_t step, double wallTime, const std::string& value);

/// What a reader needs of an Event: its scalars, its texts, and whether it is a start.
struct ParsedEvent {
    MetricPoint point;                                      ///< values may be empty (pictures, texts)
    std::vector<std::pair<std::string, std::string>> texts; ///< tag, text
    bool sessionStart = false;
};

/// Nothing for bytes that are no Event.
std::optional<ParsedEvent> parseEvent(std::string_view data);

enum class FrameStatus { Complete, Unfinished, Damaged };
struct Frame {
    FrameStatus status = FrameStatus::Unfinished;
    std::string_view data; ///< of a complete record
    std::size_t length =
        0; ///< of a complete record with its frame; of an unfinished one what it needs at least
};

/// The record at the beginning of `bytes`.
Frame readFrame(std::string_view bytes);

} // namespace alphascope::engine
