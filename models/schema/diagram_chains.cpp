#include <algorithm>

#include "models/schema/method_traits.h"

namespace alphascope::models {

std::vector<std::string> arrowChains(const Diagram& diagram) {
    auto left = diagram.arrows;
    std::vector<std::string> chains;
    const auto isTarget = [&](const std::string& name) {
        return std::any_of(left.begin(), left.end(),
                           [&](const auto& arrow) { return arrow.second == name && arrow.first != name; });
    };
    while (!left.empty()) {
        // A chain begins where nothing leads to, so that it is as long as can be; in a circle, anywhere.
        auto next =
            std::find_if(left.begin(), left.end(), [&](const auto& arrow) { return !isTarget(arrow.first); });
        if (next == left.end()) {
            next = left.begin();
        }
        std::string chain = next->first;
        while (next != left.end()) {
            const std::string end = next->second;
            chain += " → " + end;
            left.erase(next);
            next =
                std::find_if(left.begin(), left.end(), [&](const auto& arrow) { return arrow.first == end; });
        }
        chains.push_back(chain);
    }
    return chains;
}

} // namespace alphascope::models
