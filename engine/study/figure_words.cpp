#include "engine/study/figure_words.h"

#include <cmath>

#include <fmt/format.h>

#include "models/schema/method_traits.h"

namespace alphascope::engine {

std::string aimText(FigureAim aim) {
    switch (aim) {
    case FigureAim::Higher:
        return "higher is better";
    case FigureAim::Closer:
        return "closer to the data is better";
    case FigureAim::Lower:
        break;
    }
    return "lower is better";
}

std::string shortNumber(double value) {
    const std::string digits = fmt::format("{:.2e}", value);
    const double rounded = std::stod(digits);
    if (rounded == 0.0 || (std::abs(rounded) >= 1e-3 && std::abs(rounded) < 1e6)) {
        return fmt::format("{:g}", rounded);
    }
    const std::size_t sign = digits.find('e');
    return fmt::format("{:g}e{}", std::stod(digits.substr(0, sign)), std::stoi(digits.substr(sign + 1)));
}

std::string settingText(const StudyPlan& plan, const RankedSetting& setting) {
    const StudyMethod& method = plan.study().methods[setting.method];
    const models::Schema& schema = models::findMethod(method.method).schema;
    std::string text;
    for (const StudyRange& range : method.ranges) {
        const models::ParameterSpec& spec = models::findSpec(schema, range.parameter);
        const std::string& value = setting.settings.at(range.parameter);
        const bool real = spec.type == models::ParameterType::Real;
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", spec.title,
                            real ? shortNumber(std::stod(value)) : value);
    }
    return text.empty() ? "as preset" : text;
}

std::string meanText(const RankedSetting& setting) {
    return setting.values.size() > 1 ? fmt::format("{:.4g} ± {:.2g}", setting.mean, setting.spread)
                                     : fmt::format("{:.4g}", setting.mean);
}

} // namespace alphascope::engine
