// alphascope-cli doctor: what was found on this machine, and what to do about what is missing.

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "app/describe.h"
#include "app/standard_output.h"
#include "app/text_table.h"
#include "app/verb.h"
#include "engine/api/doctor.h"

namespace alphascope::app {

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

/// What the window would be shown on. Without asking Qt: this program does not link it.
engine::Finding examineDisplay() {
    engine::Finding finding{
        .name = "Qt platform", .value = variable("QT_QPA_PLATFORM"), .ok = true, .advice = {}};
    if (!finding.value.empty()) {
        finding.value += " (from QT_QPA_PLATFORM)";
    } else if (const std::string wayland = variable("WAYLAND_DISPLAY"); !wayland.empty()) {
        finding.value = "wayland (" + wayland + ")";
    } else if (const std::string display = variable("DISPLAY"); !display.empty()) {
        finding.value = "xcb (" + display + ")";
    } else {
        finding.value = "no display";
        finding.ok = false;
        finding.advice =
            "The window needs DISPLAY or WAYLAND_DISPLAY; everything in this program works without.";
    }
    return finding;
}

std::vector<engine::Finding> examine() {
    std::vector<engine::Finding> findings = engine::examineMachine();
    const bool displayKnown = std::any_of(findings.begin(), findings.end(),
                                          [](const auto& finding) { return finding.name == "Qt platform"; });
    if (!displayKnown) {
        findings.push_back(examineDisplay());
    }
    return findings;
}

void runDoctor(bool json) {
    std::vector<std::vector<std::string>> rows;
    for (const engine::Finding& finding : examine()) {
        if (json) {
            printLine(toLine({{"name", finding.name},
                              {"value", finding.value},
                              {"ok", finding.ok},
                              {"advice", finding.advice}}));
            continue;
        }
        rows.push_back({finding.ok ? "ok" : "--", finding.name, finding.value});
        if (!finding.advice.empty()) {
            rows.push_back({"", "", finding.advice});
        }
    }
    if (!json) {
        std::string table = textTable(rows);
        table.pop_back();
        printLine(table);
    }
}

} // namespace

Verb addDoctorVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("doctor", "Examine this machine");
    const auto json = std::make_shared<bool>(false);
    verb->add_flag("--json", *json, "One JSON object per finding on standard output");
    return {verb, [json] { runDoctor(*json); }};
}

} // namespace alphascope::app
