#pragma once
// Figures of a model in training: a fixed small sample of it against a fixed small sample of the data, in
// pieces that are short enough to do between two iterations. Made on a copy of the networks with codes of
// their own seed, so that judging changes nothing of the training. Session thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/data_set.h"
#include "engine/metrics/feature_net.h"
#include "engine/metrics/random_features.h"
#include "engine/metrics/sample_discrepancy.h"
#include "models/methods/method.h"

namespace alphascope::engine {

struct JudgedFigure {
    std::string tag; ///< "metric/kid_random"
    Estimate estimate;
    bool hasInterval = true;
};

class SampleJudge {
public:
    static constexpr std::int64_t pictures = 512;    ///< samples, and pictures of the data
    static constexpr std::int64_t points = 1024;     ///< the same of points
    static constexpr std::int64_t fewest = 64;       ///< below which nothing is judged
    static constexpr std::uint64_t seed = 170505263; ///< of the fixed codes and of the choice of pictures

    /// Cheap: the data is read by the first pieces of the first look. `classifier`: of the data's labels, for
    /// the figure that needs one; may be null.
    SampleJudge(const models::ModelSpec& spec, const torch::Device& device,
                std::shared_ptr<const DataSet> data, std::unique_ptr<FeatureNet> classifier = {});

    /// The figure that tells best how far the samples are from the data; lower is better.
    static const char* distanceTag(bool ofPoints) {
        return ofPoints ? "metric/energy_distance" : "metric/kid_random";
    }

    /// Whether `set` has pictures enough.
    static bool hasEnough(const DataSet& set);

    /// Begins a look at the averaged weights of `training` as they are now; any before it is given up.
    void begin(models::Method& training, std::int64_t step);
    bool busy() const { return stage_ != Stage::Idle; }
    /// The next piece is of what is done once, not of each look.
    bool preparing() const { return stage_ == Stage::ReadData || stage_ == Stage::PrepareData; }
    /// One piece of the look that has begun.
    void work();

    const torch::Device& device() const { return device_; }

    /// Of the last look that was done; figures that are no finite numbers are left out.
    std::int64_t step() const { return step_; }
    const std::vector<JudgedFigure>& figures() const { return figures_; }

private:
    enum class Stage { Idle, ReadData, PrepareData, Decode, Compare, Cover, PairUp };

    void readData();
    void prepareData();
    void decodeSome();
    void compare();
    void cover();
    void coverPoints();
    void pairUpSome();
    void next(Stage stage) { stage_ = stage; }
    bool measuresDiversity() const;
    torch::Tensor featuresOf(const torch::Tensor& pictures) const;
    torch::Tensor classesOf(const torch::Tensor& bytes);
    void add(const std::string& tag, const Estimate& estimate);
    void addCount(const std::string& tag, double value);

    torch::Device device_;
    std::shared_ptr<const DataSet> set_;
    models::ImageShape image_;
    std::unique_ptr<models::Method> replica_;
    std::optional<RandomFeatures> net_; ///< none for points, which are their own features
    std::unique_ptr<FeatureNet> classifier_;
    std::int64_t classes_ = 0; ///< that it knows

    Split split_;
    std::vector<std::uint64_t> rows_;        ///< of the data, not read yet
    std::vector<torch::Tensor> read_;        ///< features
    std::vector<torch::Tensor> readClasses_; ///< int64, where there is a classifier
    torch::Tensor dataFeatures_;             ///< [N,F]
    torch::Tensor dataClasses_;              ///< [N]
    std::optional<SampleDiscrepancy> discrepancy_;
    torch::Tensor codes_; ///< [N,Z]

    Stage stage_ = Stage::Idle;
    std::int64_t step_ = 0;
    std::int64_t decoded_ = 0;
    std::vector<torch::Tensor> made_; ///< features of the samples so far
    std::vector<torch::Tensor> madeClasses_;
    std::vector<torch::Tensor> paired_; ///< pictures of the first samples, while diversity is measured
    std::vector<torch::Tensor> unlike_; ///< 1 - MS-SSIM of their pairs so far
    std::vector<JudgedFigure> figures_;
};

} // namespace alphascope::engine
