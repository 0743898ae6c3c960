#include "engine/storage/best_checkpoint.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <filesystem>
#include <sstream>

#include "engine/api/error.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/checkpoint_files.h"

namespace alphascope::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t maxText = std::size_t{1} << 16;

std::string recordPath(const std::string& run) {
    return checkpointsFolder(run) + "/best.txt";
}

/// "step-000000012000.safetensors metric/heldout_l1 0.0734"
std::optional<BestCheckpoint> parse(const std::string& line) {
    std::istringstream words(line);
    BestCheckpoint best;
    std::string value;
    std::string more;
    std::int64_t step = 0;
    if (!(words >> best.name >> best.scalar >> value) || words >> more ||
        !parseCheckpointName(best.name, &step)) {
        return {};
    }
    const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), best.value);
    if (fault != std::errc() || end != value.data() + value.size() || !std::isfinite(best.value)) {
        return {};
    }
    return best;
}

void forget(const std::string& run) {
    std::error_code absent;
    fs::remove(recordPath(run), absent);
}

} // namespace

std::optional<BestCheckpoint> readBest(const std::string& run) {
    try {
        std::istringstream lines(readFile(recordPath(run), maxText));
        for (std::string line; std::getline(lines, line);) {
            if (auto best = parse(line)) {
                return best;
            }
        }
    } catch (const Error&) {
        // Without a record no checkpoint is the best; the next one that is saved may become it.
    }
    return {};
}

void rememberBest(const std::string& run, const std::string& name, const std::string& scalar,
                  std::optional<double> value) {
    std::optional<BestCheckpoint> best = readBest(run);
    std::error_code absent;
    if (best && (best->scalar != scalar || best->name == name ||
                 !fs::exists(checkpointsFolder(run) + "/" + best->name, absent))) {
        best.reset(); // of another rule, written over, or gone
        forget(run);
    }
    const bool known = !scalar.empty() && value && std::isfinite(*value);
    if (known && (!best || *value < best->value)) {
        writeFileAtomically(recordPath(run),
                            fmt::format("# The checkpoint with the lowest value of a scalar so far.\n"
                                        "{} {} {}\n",
                                        name, scalar, *value));
    }
}

} // namespace alphascope::engine
