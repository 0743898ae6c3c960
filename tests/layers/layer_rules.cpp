#include "tests/layers/layer_rules.h"

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <regex>
#include <set>

namespace alphascope::tests {

namespace {

namespace fs = std::filesystem;

bool startsWith(const std::string& text, const std::string& prefix) {
    return text.rfind(prefix, 0) == 0;
}

using Test = std::function<bool(const std::string&)>;

Test under(std::vector<std::string> folders) {
    return [folders = std::move(folders)](const std::string& path) {
        return std::any_of(folders.begin(), folders.end(),
                           [&](const std::string& folder) { return startsWith(path, folder + "/"); });
    };
}

bool isQt(const std::string& header) {
    // <QString>, <QtCore/qstring.h>, <qstring.h>; the plot library is Qt as well.
    static const std::regex pattern("(Q[A-Z][A-Za-z]*|Qt[A-Z0-9][A-Za-z0-9]*/.*|q[a-z0-9]+\\.h)");
    return std::regex_match(header, pattern);
}

bool isTorch(const std::string& header) {
    return under({"torch", "ATen", "c10", "caffe2"})(header);
}

bool isOpenCv(const std::string& header) {
    return startsWith(header, "opencv2/") || header == "opencv.hpp";
}

struct Rule {
    std::string name;
    Test applies;   ///< to the path of a source file
    Test forbidden; ///< an include that it must not reach
    bool followed;  ///< through our own headers too
};

const std::vector<Rule>& rules() {
    static const std::vector<Rule> all = {
        {"models and engine must not reach Qt", under({"models", "engine"}), isQt, true},
        {"models must not include engine, ui or app", under({"models"}), under({"engine", "ui", "app"}),
         false},
        {"engine must not include ui or app", under({"engine"}), under({"ui", "app"}), false},
        {"ui must not include app", under({"ui"}), under({"app"}), false},
        {"ui, app, engine/api and the rooms without networks must not reach LibTorch",
         under({"ui", "app", "engine/api", "engine/concurrency", "engine/session", "engine/codes",
                "engine/directions", "engine/study", "engine/views", "engine/exploring/projections"}),
         isTorch, true},
        {"only engine/imaging/opencv may include OpenCV",
         [](const std::string& path) { return !under({"engine/imaging/opencv"})(path); }, isOpenCv, true},
        {"only engine/imaging/cairo may include cairo",
         [](const std::string& path) { return !under({"engine/imaging/cairo"})(path); },
         [](const std::string& header) { return startsWith(header, "cairo"); }, true},
        {"ui and app may include only engine/api of the engine", under({"ui", "app"}),
         [](const std::string& header) {
             return startsWith(header, "engine/") && !startsWith(header, "engine/api/");
         },
         false},
        {"ui and app may include only models/schema of the models", under({"ui", "app"}),
         [](const std::string& header) {
             return startsWith(header, "models/") && !startsWith(header, "models/schema/");
         },
         false},
    };
    return all;
}

bool isSource(const fs::path& path) {
    static const std::set<std::string> endings = {".h", ".hpp", ".cpp", ".cc", ".cxx", ".cu", ".cuh", ".inc"};
    return endings.count(path.extension().string()) != 0;
}

std::vector<std::string> includesOf(const fs::path& file) {
    static const std::regex pattern("^\\s*#\\s*include(?:_next)?\\s*[<\"]([^>\"]+)[>\"]");
    std::vector<std::string> found;
    std::ifstream in(file);
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
        // The plain search first: regular expressions are slow, and most lines are none.
        if (line.find("include") != std::string::npos && std::regex_search(line, match, pattern)) {
            found.push_back(match[1]);
        }
    }
    return found;
}

using Graph = std::map<std::string, std::vector<std::string>>;

Graph readTree(const fs::path& root) {
    Graph graph;
    for (const char* folder : {"models", "engine", "ui", "app"}) {
        if (!fs::is_directory(root / folder)) {
            continue;
        }
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / folder)) {
            if (entry.is_regular_file() && isSource(entry.path())) {
                graph[entry.path().lexically_relative(root).generic_string()] = includesOf(entry.path());
            }
        }
    }
    // An include beside the file is meant like one from the root.
    for (auto& [file, includes] : graph) {
        for (std::string& include : includes) {
            const std::string beside =
                (fs::path(file).parent_path() / include).lexically_normal().generic_string();
            if (graph.count(include) == 0 && graph.count(beside) != 0) {
                include = beside;
            }
        }
    }
    return graph;
}

/// The way from `file` to something forbidden, if there is one.
std::optional<std::string> chainTo(const Graph& graph, const std::string& file, const Rule& rule,
                                   std::set<std::string>& seen) {
    const auto node = graph.find(file);
    if (node == graph.end() || !seen.insert(file).second) {
        return std::nullopt;
    }
    for (const std::string& include : node->second) {
        if (rule.forbidden(include)) {
            return file + " -> " + include;
        }
        if (rule.followed) {
            if (const auto rest = chainTo(graph, include, rule, seen)) {
                return file + " -> " + *rest;
            }
        }
    }
    return std::nullopt;
}

} // namespace

std::vector<Violation> layerViolations(const fs::path& root) {
    const Graph graph = readTree(root);
    std::vector<Violation> found;
    for (const auto& [file, includes] : graph) {
        for (const Rule& rule : rules()) {
            if (!rule.applies(file)) {
                continue;
            }
            std::set<std::string> seen;
            if (const auto chain = chainTo(graph, file, rule, seen)) {
                found.push_back({file, rule.name, *chain});
            }
        }
    }
    return found;
}

std::size_t layerFileCount(const fs::path& root) {
    return readTree(root).size();
}

} // namespace alphascope::tests
