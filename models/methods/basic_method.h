#pragma once
// What every method does alike: keeping its spec, its device and the mode in which it is looked at. Derive
// from it, give each network a Learner made with learner(), and write update() and what the method can do.

#include <functional>
#include <string>

#include "models/methods/common_parameters.h"
#include "models/methods/learner.h"
#include "models/methods/method.h"
#include "models/methods/precision.h"
#include "models/networks/blocks.h"
#include "models/networks/image_discriminator.h"

namespace alphascope::models {

/// What makeMethod() hands to a method's constructor.
struct MethodSettings {
    ModelSpec spec;
    std::uint64_t seed;
    torch::Device device;
    Purpose purpose;
};

class BasicMethod : public Method {
public:
    void setTraining(bool training) final {
        mode_ = training ? NormMode::BatchStatistics : NormMode::RunningStatistics;
    }
    void setParameter(const std::string& name, const ParameterValue& value) final {
        setLiveParameter(settings_.spec, name, value);
    }
    const ModelSpec& spec() const final { return settings_.spec; }

protected:
    /// Throws SchemaError for pictures that there are no networks for.
    explicit BasicMethod(MethodSettings settings) : settings_(std::move(settings)) {
        checkImageShape(settings_.spec.image);
    }

    double real(const char* name) const { return settings_.spec.parameters.real(name); }
    std::int64_t integer(const char* name) const { return settings_.spec.parameters.integer(name); }
    bool boolean(const char* name) const { return settings_.spec.parameters.boolean(name); }
    bool chosen(const char* name, const char* choice) const {
        return settings_.spec.parameters.choice(name) == choice;
    }
    const ImageShape& image() const { return settings_.spec.image; }
    const torch::Device& device() const { return settings_.device; }

    /// For the network whose tensors begin with `name` in the state. `averaged`: it is shown and saved as a
    /// moving average too.
    LearnerOptions learner(const std::string& name, bool averaged,
                           ConvolutionStart start = ConvolutionStart::Dcgan) const {
        LearnerOptions options = learnerOptions(name, averaged, settings_.spec, settings_.seed,
                                                settings_.device, settings_.purpose);
        options.start = start;
        return options;
    }

    /// Autocast while the result lives, when the precision parameter asks for it.
    ReducedPrecision reducedPrecision() const {
        return {settings_.spec.parameters.choice("precision") == "bfloat16", settings_.device};
    }

    /// The next real pictures with their labels, in the networks' memory layout.
    static Batch nextBatch(BatchSource& batches) {
        Batch batch = batches.next();
        batch.pictures = batch.pictures.contiguous(at::MemoryFormat::ChannelsLast);
        return batch;
    }
    static torch::Tensor nextPictures(BatchSource& batches) { return nextBatch(batches).pictures; }

    /// Codes [count, Z] from the prior's stream; every call in an update gives fresh ones.
    torch::Tensor drawCodes(RandomStreams& random, std::int64_t count) const {
        return random.normal("prior", {count, latentSize()}, settings_.device);
    }

    /// D's sub-step where it tells real pictures from made ones: one step down softplus(-l(x)) +
    /// softplus(l(made)) at "rateDiscriminator", x and made in forward passes of their own. `make` runs
    /// without gradients. Reports "loss/D" and "metric/d_accuracy".
    void teachDiscriminator(Learner<ImageDiscriminator>& discriminator, const torch::Tensor& x,
                            const std::function<torch::Tensor()>& make, UpdateReport& report) const;

    /// How a network normalises when it is looked at from outside an update.
    NormMode mode() const { return mode_; }
    /// How it normalises within a sub-step that trains it, or only needs its answer.
    static NormMode modeIn(bool trained) {
        return trained ? NormMode::MoveStatistics : NormMode::BatchStatistics;
    }

private:
    MethodSettings settings_;
    NormMode mode_ = NormMode::BatchStatistics;
};

/// What a method's file defines, and method_list.cpp lists by its name.
struct MethodEntry {
    MethodTraits (*traits)();
    std::unique_ptr<Method> (*make)(MethodSettings settings);
};

template <typename M>
std::unique_ptr<Method> make(MethodSettings settings) {
    return std::make_unique<M>(std::move(settings));
}

} // namespace alphascope::models
