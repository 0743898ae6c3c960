#pragma once
// The net of the Inception score and of FID: Szegedy, Vanhoucke, Ioffe, Shlens, Wojna 2015, "Rethinking the
// Inception Architecture for Computer Vision", as TensorFlow's graph of 2015-12-05 has it (classify_image):
// average pooling that leaves the rim out of its means, a maximum instead of an average in the last block,
// 1008 classes. Pictures are resized to 299 pixels by TensorFlow 1's bilinear rule (the corners of pixels lie
// on whole numbers) and become (x - 128) / 128.

#include "engine/metrics/feature_net.h"

#include <array>
#include <map>
#include <memory>

#include "engine/storage/model_state.h"

namespace alphascope::engine {

/// float32 [B,C,H,W] -> [B,C,height,width].
torch::Tensor resizeLikeTensorFlow1(const torch::Tensor& pictures, std::int64_t height, std::int64_t width);

class InceptionNet : public FeatureNet {
public:
    /// Weights by the names of the public PyTorch state_dict ("Mixed_5b.branch1x1.conv.weight"); tensors of
    /// other names are left alone. Throws Error(BadInput), which names `path`, for a tensor that is missing,
    /// of another shape or type, or that holds NaN.
    InceptionNet(const ModelState& state, const std::string& path, const torch::Device& device);
    /// From a file of safetensors.
    static std::unique_ptr<InceptionNet> open(const std::string& path, const torch::Device& device);

    /// 2048 features; 1008 logits without the last bias, as scores are computed of.
    FeatureBatch run(const torch::Tensor& pictures) override;
    std::int64_t batch() const override { return 16; }
    std::string title() const override;
    std::string checksum() const override { return checksum_; }
    bool isPublished() const override { return true; }

private:
    /// A convolution with its batch norm folded in.
    struct Layer {
        torch::Tensor weight, bias;
    };
    using Sides = std::array<std::int64_t, 2>;
    struct Window {
        std::int64_t filters;
        Sides kernel{1, 1};
        Sides padding{0, 0};
        std::int64_t stride = 1;
    };

    torch::Tensor forward(const torch::Tensor& pictures);
    torch::Tensor convolve(const std::string& name, const torch::Tensor& x, const Window& window);
    const Layer& layer(const std::string& name, std::int64_t inputs, const Window& window);
    torch::Tensor weight(const std::string& name, torch::IntArrayRef shape) const;

    torch::Tensor blockA(const std::string& name, const torch::Tensor& x, std::int64_t poolFilters);
    torch::Tensor blockB(const std::string& name, const torch::Tensor& x);
    torch::Tensor blockC(const std::string& name, const torch::Tensor& x, std::int64_t filters);
    torch::Tensor blockD(const std::string& name, const torch::Tensor& x);
    torch::Tensor blockE(const std::string& name, const torch::Tensor& x, bool maximum);

    std::map<std::string, torch::Tensor> weights_; ///< as read; empty once all layers are made
    std::map<std::string, Layer> layers_;
    torch::Tensor head_; ///< [1008,2048]
    std::string path_;
    std::string checksum_;
    torch::Device device_;
};

} // namespace alphascope::engine
