#pragma once
// Models side by side: the same codes decoded by each, the same pictures rebuilt by each, and sheets of both.
// Standard library only. Any thread; models are opened one after another, so memory holds one at a time.

#include <cstdint>
#include <functional>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "engine/api/model.h"

namespace alphascope::engine {

inline constexpr std::size_t fewestCompared = 2;
inline constexpr std::size_t mostCompared = 12;

/// What every model of a comparison is asked.
struct CompareQuestion {
    std::uint64_t seed = 1;  ///< of the codes: row i of every model comes from (seed, i)
    std::size_t samples = 8; ///< codes to decode
    std::size_t inputs = 8;  ///< pictures to rebuild
    std::size_t firstInput = 0;
    /// Picture files, folders, or one data set, of which held-out pictures are taken. Empty: the set that the
    /// model (of several, the first) was trained on.
    std::vector<std::string> pictures;
    /// Of a set that the program draws, and of the colours given to grey pictures. Unset: that model's.
    std::optional<std::uint64_t> pictureSeed;
    bool search = true; ///< codes for methods without an encoder; else their rows stay empty
    ModelOptions model;
};

struct CompareProgress {
    std::size_t model = 0; ///< from 0 on
    std::size_t models = 1;
    std::string path;
    bool searching = false;
    double fraction = 0.0; ///< of the whole work, where each model counts the same
};
/// Called on the working thread; false gives up: Error(Interrupted).
using CompareListener = std::function<bool(const CompareProgress&)>;

/// One column.
struct ComparedModel {
    std::string path; ///< as asked for
    std::string name; ///< over the column; the method's title unless chosen
    ModelInfo info;

    Codes sampleCodes;
    std::vector<Image> samples;

    std::vector<std::string> inputNames;
    std::vector<Image> originals; ///< as prepared for this model
    Codes inputCodes;
    std::vector<Image> reconstructions;
    std::vector<float> l1; ///< of each, over all elements in [-1,1], at the model's own size
    bool searched = false; ///< the codes were found by search
    std::string whyEmpty;  ///< one sentence, when there are no reconstructions though there were to be some

    std::optional<double> meanL1() const {
        return l1.empty() ? std::optional<double>()
                          : std::accumulate(l1.begin(), l1.end(), 0.0) / double(l1.size());
    }
};

/// Columns made comparable: all pictures of one size and as many channels.
struct Comparison {
    CompareQuestion question; ///< with `pictures` and `pictureSeed` filled in
    std::vector<ComparedModel> models;
    int size = 0;
    int channels = 1;
    std::vector<std::string> notes; ///< sentences on what is not quite alike
};

/// One column. Throws Error whose message names `path`.
ComparedModel compareModel(const std::string& path, const CompareQuestion& question,
                           const CompareListener& listener = {});

/// What `first` was asked about, so that other models can be asked the same.
inline CompareQuestion questionAfter(const ComparedModel& first, CompareQuestion question) {
    if (question.pictures.empty()) {
        question.pictures = {first.info.data};
    }
    if (!question.pictureSeed) {
        question.pictureSeed = first.info.seed;
    }
    return question;
}

/// Enlarges smaller pictures to the largest size (by a whole factor where it is one, else to the nearest
/// pixel) and spreads grey over three channels. Throws Error(Usage) for models that cannot be compared:
/// points in the plane beside pictures, fewer than two, more than twelve.
Comparison gatherComparison(std::vector<ComparedModel> models, const CompareQuestion& question);

/// All of it. `names`: one for each path, or none; an empty one stands for the method's title.
Comparison compareModels(const std::vector<std::string>& paths, const CompareQuestion& question,
                         const std::vector<std::string>& names = {}, const CompareListener& listener = {});

/// "color-glyphs", "mnist + color": the last part of a path, and the transform.
std::string comparedDataText(const ModelInfo& info);

enum class CompareLayout {
    Rows,  ///< a row for each code and for each picture, a column for each model
    Blocks ///< a block of pictures for each model, pairs (original, rebuilt) in the second band
};

struct CompareSheet {
    CompareLayout layout = CompareLayout::Rows;
    int across = 0; ///< pictures (of pairs: pairs) in a block's row; 0 = as square as possible
};

/// A labelled sheet, dark on white: PDF with text as text, or a picture, by the ending. Throws Error.
void writeComparison(const std::string& path, const Comparison& comparison, const CompareSheet& sheet = {});

} // namespace alphascope::engine
