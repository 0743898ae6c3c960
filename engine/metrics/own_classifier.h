#pragma once
// A classifier that is trained here on the labels of a set, for features where no published net fits: digits,
// say, or where its weights are not at hand. Its figures compare models with each other, not with
// publications.

#include "engine/metrics/feature_net.h"

#include <functional>
#include <memory>
#include <string>

#include "engine/data/data_set.h"
#include "engine/storage/model_state.h"
#include "models/networks/feature_classifier.h"

namespace alphascope::engine {

/// Where classifiers and tables of features are kept: `wanted`, or the user's; "" where there is neither.
std::string judgesFolder(const std::string& wanted = {});

/// What share of the training is done; false cancels.
using TrainingListener = std::function<bool(double share)>;

class OwnClassifier : public FeatureNet {
public:
    /// The one that forSet() trained for these pictures before; null where `folder` keeps none.
    static std::unique_ptr<OwnClassifier> keptFor(const DataSet& set, const std::string& folder,
                                                  const torch::Device& device);

    /// Trained from the same start in the same order each time, or read from `folder` where it was trained
    /// for the same pictures before; "" keeps nothing. Throws Error: Usage for a set without two labels or of
    /// points, Interrupted.
    static std::unique_ptr<OwnClassifier> forSet(const std::shared_ptr<const DataSet>& set,
                                                 const std::string& folder, const torch::Device& device,
                                                 const TrainingListener& listener = {});

    /// 128 features, a logit for each label; pictures of another size are resized (bilinear, antialiased),
    /// grey ones repeated, coloured ones averaged to grey where the classifier is of grey ones.
    FeatureBatch run(const torch::Tensor& pictures) override;
    std::int64_t batch() const override { return 256; }
    std::string title() const override;
    std::string checksum() const override { return checksum_; }
    bool isPublished() const override { return false; }

    double accuracy() const { return accuracy_; } ///< on held-out pictures
    std::int64_t classes() const { return classes_; }

private:
    OwnClassifier(const DataSet& set, const torch::Device& device);
    void train(const std::shared_ptr<const DataSet>& set, const TrainingListener& listener);
    double measure(const DataSet& set);
    ModelState state() const;
    void takeOver(const ModelState& state, const std::string& path);

    models::ImageShape image_;
    std::int64_t classes_;
    std::string data_;
    torch::Device device_;
    std::shared_ptr<models::FeatureClassifier> network_;
    double accuracy_ = 0.0;
    std::size_t heldOut_ = 0; ///< pictures that it was measured on
    std::string checksum_;
};

/// A classifier of grey pictures for each of the three channels: of sets that stack three digits. Features
/// side by side; the logit of (a, b, c) is the sum of the three log-probabilities, so that there are as many
/// classes as modes.
class StackedClassifier : public FeatureNet {
public:
    explicit StackedClassifier(std::unique_ptr<FeatureNet> grey) : grey_(std::move(grey)) {}
    FeatureBatch run(const torch::Tensor& pictures) override;
    std::int64_t batch() const override { return grey_->batch(); }
    std::string title() const override { return grey_->title() + ", of each channel"; }
    std::string checksum() const override { return grey_->checksum() + "x3"; }
    bool isPublished() const override { return false; }

private:
    std::unique_ptr<FeatureNet> grey_;
};

} // namespace alphascope::engine
