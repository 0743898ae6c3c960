#pragma once
// Judging: figures of a model's samples, or of any pictures, against data. Every figure carries how it was
// computed, so that it can be compared. Standard library only.
// Threads: a call computes on the calling thread (not one of a GUI) and is independent of others.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace alphascope::engine {

/// A group of figures that is asked for by one name.
struct MetricInfo {
    std::string name;    ///< "fid"; what a request takes
    std::string title;   ///< "Fréchet inception distance"
    std::string meaning; ///< one sentence
    bool needsFeatures = false;
    bool needsModel = false; ///< a checkpoint that can encode, not pictures alone
};

/// All there are, in the order in which they are reported.
const std::vector<MetricInfo>& metricList();

struct EvaluationRequest {
    /// What is judged: a checkpoint file or run folder, or else pictures: a folder of them, .npy (uint8
    /// [N,H,W,C]) or a data set. One of the two.
    std::string checkpoint{};
    std::string images{};
    /// What it is judged against: a set, a folder of pictures or .npy; "" = what the checkpoint was trained
    /// on. Sets of known splits are read from `split`; the critic reads both.
    std::string data{};
    std::string split = "train";
    std::string imagesSplit = "test"; ///< where `images` is a data set
    std::string transform{};          ///< of `data`, where a checkpoint does not say
    std::string crop{};
    std::vector<std::string> metrics{};
    /// "own": a classifier trained on the labels of `data`; else the file of the Inception net's weights.
    std::string features = "own";
    std::size_t count = 10'000; ///< samples, and at most so many pictures of the data
    std::uint64_t seed = 1;     ///< of samples, pairs, critics
    std::size_t kidSubsets = 100;
    std::size_t kidSubsetSize = 1000;
    int criticSeeds = 3;
    int criticSteps = 400;
    std::size_t pairs = 1000; ///< of pictures whose MS-SSIM is averaged
    bool rawWeights = false;  ///< as trained, instead of their moving average
    int threads = 0;          ///< 0 = all cores
    std::string device = "auto";
    std::string cacheFolder{}; ///< "" = the user's
};

enum class Better { Higher, Lower, Closer }; ///< Closer: to the reference

/// One number.
struct Figure {
    std::string metric; ///< "critic"
    std::string name;   ///< "critic", "critic_gap", "critic_floor"; unique within an evaluation
    double value = 0.0;
    std::optional<double> low{}; ///< interval, where there is one
    std::optional<double> high{};
    std::string interval{};            ///< what low and high are: "mean ± std of 10 splits"
    std::optional<double> reference{}; ///< what the data itself has
    Better better = Better::Higher;
    std::string convention;    ///< formula, window, kernel, normalisation: one sentence
    std::size_t count = 0;     ///< samples used
    std::size_t dataCount = 0; ///< pictures of the data used
    std::vector<std::uint64_t> seeds{};
    std::string net{}; ///< feature net, with its checksum and, of a classifier, its accuracy; "" = none
};

struct Evaluation {
    std::string source;     ///< path of the checkpoint file, or of the pictures
    std::string checksum{}; ///< of the checkpoint's data, or the pictures' fingerprint
    std::string method{};   ///< "" for pictures
    std::int64_t step = 0;  ///< of the checkpoint
    std::string weights{};  ///< "ema", "raw", or "" for pictures
    std::string data{};
    std::string dataFingerprint{};
    std::vector<Figure> figures{};
    std::vector<std::string> warnings{}; ///< what limits the figures: full sentences
    double seconds = 0.0;

    const Figure* find(const std::string& name) const {
        for (const Figure& figure : figures) {
            if (figure.name == name) {
                return &figure;
            }
        }
        return nullptr;
    }
};

/// What is being done, and what share of all; false cancels. On the calling thread.
using EvaluationListener = std::function<bool(const std::string& what, double share)>;

/// Streams both sides in batches. Takes seconds to minutes. Throws Error with one sentence: Usage (unknown
/// metric, too few pictures for one, nothing to judge), BadInput (pictures of different sizes, a feature file
/// that does not fit), InputOutput, Interrupted (cancelled).
Evaluation evaluate(const EvaluationRequest& request, const EvaluationListener& listener = {});

/// As one line of JSON, and back. Throws Error(BadInput) for a text that is none.
std::string toJson(const Evaluation& evaluation);
Evaluation evaluationFromJson(const std::string& text);

struct ImportedWeights {
    std::size_t tensors = 0;
    std::size_t numbers = 0;
    std::string checksum; ///< as figures name it
};
/// Reads a state_dict that PyTorch saved (.pth) in a child process, which takes tensors and nothing else, and
/// writes it as safetensors. Throws Error: BadInput for a file that holds anything else, InputOutput.
ImportedWeights importWeights(const std::string& weights, const std::string& output);

} // namespace alphascope::engine
