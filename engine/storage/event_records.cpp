#include "engine/storage/event_records.h"

#include <bit>
#include <cstring>

#include "engine/storage/crc.h"

namespace alphascope::engine {
namespace {

constexpr std::size_t lengthBytes = 8;
constexpr std::size_t crcBytes = 4;
constexpr std::uint64_t maxRecord = std::uint64_t{256} << 20; ///< far above any preview; more is damage

enum WireType : unsigned { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

template <typename Word>
void appendFixed(std::string& out, Word value) {
    static_assert(std::endian::native == std::endian::little);
    out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

template <typename Word>
Word takeFixed(std::string_view bytes) {
    Word value;
    std::memcpy(&value, bytes.data(), sizeof(value));
    return value;
}

// ---- writing
// -------------------------------------------------------------------------------------------------

void appendVarint(std::string& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) {
        out += static_cast<char>(value | 0x80);
    }
    out += static_cast<char>(value);
}

void appendKey(std::string& out, unsigned field, WireType type) {
    appendVarint(out, field << 3 | type);
}

void appendInteger(std::string& out, unsigned field, std::int64_t value) {
    appendKey(out, field, Varint);
    appendVarint(out, static_cast<std::uint64_t>(value));
}

void appendDouble(std::string& out, unsigned field, double value) {
    appendKey(out, field, Fixed64);
    appendFixed(out, value);
}

void appendFloat(std::string& out, unsigned field, float value) {
    appendKey(out, field, Fixed32);
    appendFixed(out, value);
}

void appendBytes(std::string& out, unsigned field, std::string_view value) {
    appendKey(out, field, Bytes);
    appendVarint(out, value.size());
    out += value;
}

/// Event.wall_time = 1, Event.step = 2
std::string beginEvent(std::int64_t step, double wallTime) {
    std::string event;
    appendDouble(event, 1, wallTime);
    if (step != 0) {
        appendInteger(event, 2, step);
    }
    return event;
}

/// Event.summary = 5 with one Summary.value = 1
std::string summaryEvent(std::int64_t step, double wallTime, std::string_view value) {
    std::string summary;
    appendBytes(summary, 1, value);
    std::string event = beginEvent(step, wallTime);
    appendBytes(event, 5, summary);
    return event;
}

// ---- reading
// -------------------------------------------------------------------------------------------------

/// Walks over the fields of one message. Stops for good at the first byte that makes no sense.
class FieldReader {
public:
    explicit FieldReader(std::string_view bytes) : rest_(bytes) {}

    unsigned field = 0;
    WireType type = Varint;
    std::uint64_t number = 0; ///< of a varint
    std::string_view bytes;   ///< of everything else

    bool next() {
        std::uint64_t key = 0;
        if (!good_ || rest_.empty() || !takeVarint(&key)) {
            return false;
        }
        field = static_cast<unsigned>(key >> 3);
        type = static_cast<WireType>(key & 7);
        switch (type) {
        case Varint:
            return takeVarint(&number);
        case Fixed64:
            return takeBytes(8);
        case Fixed32:
            return takeBytes(4);
        case Bytes: {
            std::uint64_t length = 0;
            return takeVarint(&length) && takeBytes(length);
        }
        }
        return good_ = false;
    }
    bool good() const { return good_; }

private:
    bool takeVarint(std::uint64_t* value) {
        *value = 0;
        for (unsigned shift = 0; shift < 70 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            if (shift < 64) {
                *value |= std::uint64_t{byte & 0x7fU} << shift;
            }
            if (byte < 0x80) {
                return true;
            }
        }
        return good_ = false;
    }
    bool takeBytes(std::uint64_t length) {
        if (length > rest_.size()) {
            return good_ = false;
        }
        bytes = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return true;
    }

    std::string_view rest_;
    bool good_ = true;
};

/// TensorProto: dtype = 1, where DT_STRING = 7, string_val = 8
std::optional<std::string> parseText(std::string_view message) {
    bool isText = false;
    std::optional<std::string> text;
    FieldReader reader(message);
    while (reader.next()) {
        if (reader.field == 1 && reader.type == Varint) {
            isText = reader.number == 7;
        } else if (reader.field == 8 && reader.type == Bytes && !text) {
            text = reader.bytes;
        }
    }
    return isText && reader.good() ? text : std::nullopt;
}

/// Summary.Value: tag = 1, simple_value = 2, tensor = 8
bool parseValue(std::string_view message, ParsedEvent* event) {
    std::string tag;
    std::optional<float> value;
    std::optional<std::string> text;
    FieldReader reader(message);
    while (reader.next()) {
        if (reader.field == 1 && reader.type == Bytes) {
            tag = reader.bytes;
        } else if (reader.field == 2 && reader.type == Fixed32) {
            value = takeFixed<float>(reader.bytes);
        } else if (reader.field == 8 && reader.type == Bytes) {
            text = parseText(reader.bytes);
        }
    }
    if (value && !tag.empty()) {
        event->point.values.emplace_back(std::move(tag), *value);
    } else if (text && !tag.empty()) {
        event->texts.emplace_back(std::move(tag), std::move(*text));
    }
    return reader.good();
}

bool parseSummary(std::string_view message, ParsedEvent* event) {
    FieldReader reader(message);
    while (reader.next()) {
        if (reader.field == 1 && reader.type == Bytes && !parseValue(reader.bytes, event)) {
            return false;
        }
    }
    return reader.good();
}

/// SessionLog: status = 1, where START = 1
bool isStart(std::string_view message) {
    FieldReader reader(message);
    bool start = false;
    while (reader.next()) {
        start = start || (reader.field == 1 && reader.type == Varint && reader.number == 1);
    }
    return start;
}

} // namespace

std::string frameRecord(std::string_view data) {
    std::string record;
    appendFixed(record, std::uint64_t{data.size()});
    appendFixed(record, maskedCrc32c(record));
    record += data;
    appendFixed(record, maskedCrc32c(data));
    return record;
}

std::string fileVersionEvent(double wallTime) {
    std::string event = beginEvent(0, wallTime);
    appendBytes(event, 3, "brain.Event:2");
    return event;
}

std::string sessionStartEvent(std::int64_t firstStep, double wallTime) {
    std::string log;
    appendInteger(log, 1, 1);
    std::string event = beginEvent(firstStep, wallTime);
    appendBytes(event, 7, log);
    return event;
}

std::string scalarsEvent(const MetricPoint& point) {
    std::string summary;
    for (const auto& [tag, number] : point.values) {
        std::string value;
        appendBytes(value, 1, tag);
        appendFloat(value, 2, static_cast<float>(number));
        appendBytes(summary, 1, value);
    }
    std::string event = beginEvent(point.step, point.wallTime);
    appendBytes(event, 5, summary);
    return event;
}

std::string imageEvent(const std::string& tag, std::int64_t step, double wallTime, int width, int height,
                       int channels, const std::string& png) {
    std::string image;
    appendInteger(image, 1, height);
    appendInteger(image, 2, width);
    appendInteger(image, 3, channels); // colour space: 1 grey, 3 RGB
    appendBytes(image, 4, png);
    std::string value;
    appendBytes(value, 1, tag);
    appendBytes(value, 4, image);
    return summaryEvent(step, wallTime, value);
}

std::string textEvent(const std::string& tag, std::int64_t step, double wallTime, const std::string& text) {
    std::string side;
    appendInteger(side, 1, 1); // Dim.size
    std::string shape;
    appendBytes(shape, 2, side); // TensorShapeProto.dim
    std::string tensor;
    appendInteger(tensor, 1, 7); // DT_STRING
    appendBytes(tensor, 2, shape);
    appendBytes(tensor, 8, text); // string_val
    std::string plugin;
    appendBytes(plugin, 1, "text");
    std::string metadata;
    appendBytes(metadata, 1, plugin);
    appendInteger(metadata, 4, 2); // DATA_CLASS_TENSOR
    std::string value;
    appendBytes(value, 1, tag);
    appendBytes(value, 8, tensor);
    appendBytes(value, 9, metadata);
    return summaryEvent(step, wallTime, value);
}

std::optional<ParsedEvent> parseEvent(std::string_view data) {
    ParsedEvent event;
    FieldReader reader(data);
    bool good = true;
    while (good && reader.next()) {
        if (reader.field == 1 && reader.type == Fixed64) {
            event.point.wallTime = takeFixed<double>(reader.bytes);
        } else if (reader.field == 2 && reader.type == Varint) {
            event.point.step = static_cast<std::int64_t>(reader.number);
        } else if (reader.field == 5 && reader.type == Bytes) {
            good = parseSummary(reader.bytes, &event);
        } else if (reader.field == 7 && reader.type == Bytes) {
            event.sessionStart = isStart(reader.bytes);
        }
    }
    if (!good || !reader.good()) {
        return std::nullopt;
    }
    return event;
}

Frame readFrame(std::string_view bytes) {
    constexpr std::size_t start = lengthBytes + crcBytes;
    if (bytes.size() < start) {
        return {FrameStatus::Unfinished, {}, start};
    }
    const auto length = takeFixed<std::uint64_t>(bytes);
    const auto lengthCrc = takeFixed<std::uint32_t>(bytes.substr(lengthBytes));
    if (maskedCrc32c(bytes.substr(0, lengthBytes)) != lengthCrc || length > maxRecord) {
        return {FrameStatus::Damaged, {}, 0};
    }
    const std::size_t whole = start + length + crcBytes;
    if (bytes.size() < whole) {
        return {FrameStatus::Unfinished, {}, whole};
    }
    const std::string_view data = bytes.substr(start, length);
    if (maskedCrc32c(data) != takeFixed<std::uint32_t>(bytes.substr(start + length))) {
        return {FrameStatus::Damaged, {}, 0};
    }
    return {FrameStatus::Complete, data, whole};
}

} // namespace alphascope::engine
