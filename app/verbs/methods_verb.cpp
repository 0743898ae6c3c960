// alphascope-cli methods: what can be trained, and every setting of it.

#include <memory>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/describe.h"
#include "app/options.h"
#include "app/standard_output.h"
#include "app/text_table.h"
#include "app/verb.h"

namespace alphascope::app {

namespace {

struct MethodsArguments {
    std::string name;
    bool json = false;
};

/// Whole words, filled into lines of at most `width` columns.
std::string wrapped(const std::string& text, const std::string& indent, std::size_t width = 100) {
    std::string lines;
    std::string line;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        if (!line.empty() && indent.size() + line.size() + 1 + word.size() > width) {
            lines += indent + line + '\n';
            line.clear();
        }
        line += (line.empty() ? "" : " ") + word;
    }
    return line.empty() ? lines : lines + indent + line + '\n';
}

std::string describeCurves(const models::MethodTraits& traits) {
    std::vector<std::vector<std::string>> rows{{"CURVE", "TITLE", "UNIT", "MEANING"}};
    for (const models::Curve& curve : traits.curves) {
        const std::string mark = curve.tag == traits.health ? " (health)" : "";
        rows.push_back({curve.tag + mark, curve.title, curve.unit, curve.meaning});
    }
    return textTable(rows, "  ");
}

/// "50 (above 28 pixels 128, points 2)"
std::string defaultsText(const models::ParameterSpec& spec) {
    std::string others;
    if (spec.largeDefault) {
        others += "above 28 pixels " + models::toText(*spec.largeDefault);
    }
    if (spec.pointsDefault && *spec.pointsDefault != spec.defaultValue) {
        others += (others.empty() ? "points " : ", points ") + models::toText(*spec.pointsDefault);
    }
    return models::toText(spec.defaultValue) + (others.empty() ? "" : " (" + others + ")");
}

std::string describeSettings(const models::MethodTraits& traits) {
    std::vector<std::vector<std::string>> rows{{"--set NAME", "DEFAULT", "ALLOWED", "LIVE", "MEANING"}};
    for (const models::ParameterSpec& spec : traits.schema) {
        const std::string unit = spec.unit.empty() ? "" : " " + spec.unit;
        rows.push_back(
            {spec.name, defaultsText(spec), allowedText(spec) + unit, spec.live ? "yes" : "", spec.meaning});
    }
    return textTable(rows, "  ");
}

std::string describe(const models::MethodTraits& traits) {
    std::vector<std::string> parts;
    for (const models::MethodPart& part : traits.parts) {
        parts.push_back(fmt::format("{} ({})", part.name, part.title));
    }
    std::vector<std::string> presets;
    for (const models::MethodPreset& preset : traits.presets) {
        presets.push_back(preset.name);
    }
    std::string text =
        fmt::format("{}  {}\n  {} ({})\n", traits.name, traits.title, traits.paper, traits.year);
    text += wrapped(traits.explanation, "  ");
    text += textTable({{"family", models::toText(traits.family)},
                       {"can", fmt::format("{}", fmt::join(capabilityNames(traits.capabilities), ", "))},
                       {"parts", fmt::format("{}", fmt::join(parts, ", "))},
                       {"presets", fmt::format("{}", fmt::join(presets, ", "))}},
                      "  ");
    text += '\n';
    for (const std::string& chain : models::arrowChains(traits.diagram)) {
        text += "  " + chain + '\n';
    }
    return text + '\n' + describeCurves(traits) + '\n' + describeSettings(traits);
}

void runMethods(const MethodsArguments& arguments) {
    std::vector<models::MethodTraits> listed = models::methodCatalog();
    if (!arguments.name.empty()) {
        listed = {models::findMethod(arguments.name)};
    }
    for (const models::MethodTraits& traits : listed) {
        printLine(arguments.json ? toLine(toJson(traits)) : describe(traits));
    }
}

} // namespace

Verb addMethodsVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("methods", "List the training methods with their settings");
    const auto arguments = std::make_shared<MethodsArguments>();
    verb->add_option("METHOD", arguments->name, "Only this one");
    verb->add_flag("--json", arguments->json, "One JSON object per method on standard output");
    return {verb, [arguments] { runMethods(*arguments); }};
}

} // namespace alphascope::app
