// The independent critic: its runs, its floor and its ceiling.

#include <algorithm>
#include <filesystem>
#include <functional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "engine/api/error.h"
#include "engine/data/fingerprint.h"
#include "engine/metrics/judge.h"
#include "engine/metrics/wasserstein_critic.h"
#include "engine/storage/atomic_file.h"
#include "models/random_streams.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t mostCriticPictures = 5000;
constexpr std::size_t fewestCriticPictures = 50;
constexpr std::size_t mostKeptText = 1 << 16;

/// Uniform in the range of the data, pixel by pixel. Drawn in pieces: as float32 all of it would be four
/// times what it is.
torch::Tensor noiseLike(const torch::Tensor& pictures, std::uint64_t seed) {
    constexpr std::int64_t rowsOfAPiece = 256;
    models::RandomStreams random(seed);
    random.beginUpdate(0, 0);
    torch::Tensor noise = torch::empty_like(pictures);
    for (torch::Tensor& piece : noise.split(rowsOfAPiece)) {
        const torch::Tensor uniform = random.uniform("noise", piece.sizes(), torch::kCPU);
        piece.copy_(pictures.scalar_type() == torch::kUInt8 ? uniform * 256.0 : uniform * 2.0 - 1.0);
    }
    return noise;
}

std::vector<std::uint64_t> halfOf(const std::vector<std::uint64_t>& rows, bool second) {
    const auto middle = rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 2);
    return second ? std::vector(middle, rows.end()) : std::vector(rows.begin(), middle);
}

/// A pair's rows of one kind, to train on and to judge by.
struct CriticHalves {
    torch::Tensor training, judged;
};

CriticPair pairOf(const torch::Tensor& real, const torch::Tensor& made) {
    return {real, made};
}

/// Figures of the data alone, kept from an earlier evaluation; empty when there are none.
std::vector<std::vector<double>> keptFigures(const std::string& path) {
    if (path.empty() || !std::filesystem::exists(path)) {
        return {};
    }
    try {
        return nlohmann::json::parse(readFile(path, mostKeptText)).get<std::vector<std::vector<double>>>();
    } catch (const nlohmann::json::exception&) {
        return {}; // computed anew and written over
    } catch (const Error&) {
        return {};
    }
}

} // namespace

Judge::CriticFigures Judge::criticFigures() {
    const auto available = [](const JudgedPictures& source) {
        return source.count() == 0 ? std::uint64_t{2 * mostCriticPictures} : source.count();
    };
    const std::uint64_t whole =
        std::min({available(*sides_.training), available(*sides_.heldOut), available(*sides_.samples),
                  std::uint64_t{2 * mostCriticPictures}, std::uint64_t{sampleRows_.size()}});
    CriticFigures figures;
    figures.pictures = whole / 2;
    require(2 * fewestCriticPictures, whole,
            fmt::format("The critic needs {} pictures of each kind: samples, training and held-out data",
                        2 * fewestCriticPictures),
            "Judge more.");
    const auto halves = [&](JudgedPictures& source, const std::string& what) {
        const std::vector<std::uint64_t> rows = chosenRows(source.count(), whole, request_.seed);
        return CriticHalves{readAll(source, halfOf(rows, false), what),
                            readAll(source, halfOf(rows, true), what)};
    };
    const CriticHalves samples = halves(*sides_.samples, "samples");
    const CriticHalves training = halves(*sides_.training, "training pictures");
    const CriticHalves heldOut = halves(*sides_.heldOut, "held-out pictures");

    const CriticPlan plan{.steps = request_.criticSteps};
    Fingerprint content;
    content.add(sides_.training->fingerprint() + sides_.heldOut->fingerprint() + "critic-2");
    for (const std::uint64_t number : {std::uint64_t(whole), std::uint64_t(plan.steps), request_.seed,
                                       std::uint64_t(request_.criticSeeds)}) {
        content.add(number);
    }
    const std::string path =
        folder_.empty()
            ? std::string()
            : (std::filesystem::path(folder_) / fmt::format("critic-{:016x}.json", content.value())).string();
    const std::vector<std::vector<double>> kept = keptFigures(path);
    const bool isKept = kept.size() == 2 && kept[0].size() == std::size_t(request_.criticSeeds) &&
                        kept[1].size() == kept[0].size();
    const int runs = request_.criticSeeds * (isKept ? 2 : 4);
    int run = 0;
    const auto gap = [&](const std::string& what, std::uint64_t seed, const CriticPair& pair,
                         const CriticPair& judged) {
        const CriticListener listener = [&](double share) {
            report(fmt::format("{}, critic {}", what, seed), (run + share) / runs);
            return true;
        };
        const double found = criticGap(pair, judged, plan, seed, device_, listener);
        ++run;
        return found;
    };
    for (int i = 0; i < request_.criticSeeds; ++i) {
        const std::uint64_t seed = request_.seed + static_cast<std::uint64_t>(i);
        figures.heldOut.push_back(gap("held-out data", seed, pairOf(heldOut.training, samples.training),
                                      pairOf(heldOut.judged, samples.judged)));
        figures.training.push_back(gap("training data", seed, pairOf(training.training, samples.training),
                                       pairOf(training.judged, samples.judged)));
        if (!isKept) {
            figures.floor.push_back(gap("data against itself", seed,
                                        pairOf(heldOut.training, training.training),
                                        pairOf(heldOut.judged, training.judged)));
            figures.noise.push_back(gap("noise", seed,
                                        pairOf(heldOut.training, noiseLike(heldOut.training, seed)),
                                        pairOf(heldOut.judged, noiseLike(heldOut.judged, seed + 1))));
        }
    }
    if (isKept) {
        figures.floor = kept[0];
        figures.noise = kept[1];
    } else if (!path.empty()) {
        std::filesystem::create_directories(folder_);
        writeFileAtomically(path, nlohmann::json({figures.floor, figures.noise}).dump());
    }
    return figures;
}

void Judge::addCritic() {
    const CriticFigures found = criticFigures();
    const auto negated = [](std::vector<double> values) {
        std::transform(values.begin(), values.end(), values.begin(), std::negate<>());
        return values;
    };
    std::vector<double> gaps;
    for (std::size_t i = 0; i < found.heldOut.size(); ++i) {
        gaps.push_back(found.heldOut[i] - found.training[i]);
    }
    const std::string how = fmt::format(
        "WGAN-GP critic ({} steps of 64, penalty 10, Adam 1e-4 (0.5, 0.9), no norm), trained on {} "
        "pictures a side and judged on {} others",
        request_.criticSteps, found.pictures, found.pictures);
    const auto addOne = [&](const std::string& name, const std::vector<double>& values, Better better,
                            const std::string& what) {
        const MeanWithMargin mean = meanWithMargin(values);
        Figure& figure = add(name, mean.mean, better, what + ": " + how);
        if (values.size() > 1) {
            withMargin(figure, mean.margin,
                       fmt::format("95 % by Student's t over {} critics", values.size()));
        }
        figure.count = figure.dataCount = 2 * found.pictures;
        figure.seeds.clear();
        for (int i = 0; i < request_.criticSeeds; ++i) {
            figure.seeds.push_back(request_.seed + static_cast<std::uint64_t>(i));
        }
    };
    addOne("critic", negated(found.heldOut), Better::Higher, "-(mean f(held-out data) - mean f(samples))");
    evaluation_.figures.back().reference = -meanWithMargin(found.floor).mean;
    addOne("critic_gap", gaps, Better::Lower,
           "distance from held-out data minus distance from training data; above 0 where samples repeat "
           "training "
           "pictures");
    addOne("critic_floor", negated(found.floor), Better::Higher,
           "the same for training data in place of samples");
    addOne("critic_noise", negated(found.noise), Better::Higher,
           "the same for uniform noise in place of samples");
}

} // namespace alphascope::engine
