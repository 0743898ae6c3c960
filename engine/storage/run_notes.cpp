#include "engine/storage/run_notes.h"

#include <fmt/format.h>

#include "engine/storage/number_text.h"

namespace alphascope::engine {
namespace {

constexpr std::string_view alarmPrefix = "alarm/";
constexpr std::string_view overSuffix = "/over";
constexpr std::string_view parameterPrefix = "parameter/";
constexpr std::string_view arrow = " -> ";
constexpr std::string_view sinceBegin = "Since step ";
constexpr std::string_view sinceEnd = ".";

/// The first line, taken off.
std::string takeLine(std::string_view* text) {
    const std::size_t end = text->find('\n');
    std::string line(text->substr(0, end));
    text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
    return line;
}

std::optional<std::int64_t> parseSince(std::string_view line) {
    std::int64_t step = 0;
    if (!line.starts_with(sinceBegin) || !line.ends_with(sinceEnd)) {
        return {};
    }
    line.remove_prefix(sinceBegin.size());
    line.remove_suffix(sinceEnd.size());
    return parseNumber(line, &step) ? std::optional(step) : std::nullopt;
}

Alarm alarmOf(std::string_view kind, std::int64_t step, std::string_view text) {
    Alarm alarm;
    alarm.over = kind.ends_with(overSuffix);
    alarm.kind = kind.substr(0, kind.size() - (alarm.over ? overSuffix.size() : 0));
    alarm.step = alarm.since = step;
    alarm.message = takeLine(&text);
    while (!text.empty()) {
        const std::string line = takeLine(&text);
        if (const auto since = parseSince(line)) {
            alarm.since = *since;
        } else {
            alarm.hint = line;
        }
    }
    return alarm;
}

} // namespace

RunNote noteOf(const Alarm& alarm) {
    RunNote note{fmt::format("{}{}{}", alarmPrefix, alarm.kind, alarm.over ? overSuffix : ""), alarm.message};
    if (!alarm.hint.empty()) {
        note.text += "\n" + alarm.hint;
    }
    if (alarm.since != alarm.step) {
        note.text += fmt::format("\n{}{}{}", sinceBegin, alarm.since, sinceEnd);
    }
    return note;
}

RunNote noteOf(const ParameterChanged& change) {
    return {fmt::format("{}{}", parameterPrefix, change.name),
            fmt::format("{}{}{}", change.oldText, arrow, change.newText)};
}

std::optional<SessionEvent> eventOf(std::string_view tag, std::int64_t step, std::string_view text) {
    if (tag.starts_with(alarmPrefix) && tag.size() > alarmPrefix.size()) {
        return alarmOf(tag.substr(alarmPrefix.size()), step, text);
    }
    const std::size_t split = text.find(arrow);
    if (tag.starts_with(parameterPrefix) && split != std::string_view::npos) {
        return ParameterChanged{std::string(tag.substr(parameterPrefix.size())),
                                std::string(text.substr(0, split)),
                                std::string(text.substr(split + arrow.size())), step};
    }
    return {};
}

} // namespace alphascope::engine
