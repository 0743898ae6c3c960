#pragma once
// A Method is one training algorithm: the networks it owns, their optimisers, one update, and what it can do.
// Adding one is one file under models/methods and one line in method_list.cpp.
//
// Threads: an object belongs to one thread at a time. Pictures are float32 [B,C,H,W] in [-1,1]; codes are
// float32 [B,Z] under a standard normal prior, whatever prior the paper has: a method that works on a sphere
// or a cube maps to it inside (models/networks/priors.h), so that everything outside treats all codes alike.
// Logits are float32 [B], no sigmoid applied.

#include "models/libtorch.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/random_streams.h"
#include "models/schema/image_shape.h"
#include "models/schema/method_traits.h"

namespace alphascope::models {

/// Everything that fixes the shapes and the mathematics of a model.
struct ModelSpec {
    std::string method;
    ImageShape image;
    ParameterSet parameters;
    bool operator==(const ModelSpec& other) const {
        return method == other.method && image == other.image &&
               parameters.toTexts() == other.parameters.toTexts();
    }
};

/// Real pictures on the training device.
struct Batch {
    torch::Tensor pictures; ///< [B,C,H,W]
    torch::Tensor labels;   ///< int64 [B] from 0, -1 where unknown
};

/// Where an update takes its real pictures from; never the same batch twice.
class BatchSource {
public:
    virtual ~BatchSource() = default;
    virtual Batch next() = 0;
};

/// Named scalars of one update, by their full tags ("loss/E", "metric/train_l1"); 0-dimensional tensors that
/// stay on the device until somebody reads them.
struct UpdateReport {
    std::vector<std::pair<std::string, torch::Tensor>> scalars;
    void add(const std::string& tag, const torch::Tensor& value) {
        scalars.emplace_back(tag, value.detach());
    }
};

enum class StateKind {
    Parameter, ///< raw weights
    Buffer,    ///< batch-norm statistics
    Ema,       ///< averaged copy of a parameter or buffer; its name is "ema." + the raw one's
    Optimizer, ///< moments
    Counter,   ///< whole numbers, such as the updates that an optimiser has made
};

/// The one way to reach a method's whole state: checkpoints, snapshots, resume and tests use nothing else.
class StateVisitor {
public:
    virtual ~StateVisitor() = default;
    /// `tensor` is the live tensor; a loading visitor copies into it in place.
    virtual void tensor(const std::string& name, StateKind kind, torch::Tensor& tensor) = 0;
    virtual void counter(const std::string& name, std::int64_t& value) = 0;
};

/// The encoder's answer for a batch. For a deterministic encoder `deviation` is undefined.
struct Posterior {
    torch::Tensor mean;      ///< [B,Z]
    torch::Tensor deviation; ///< [B,Z], standard deviation, or undefined
};

class Method {
public:
    virtual ~Method() = default;

    /// One full iteration: all sub-steps in the method's order.
    /// The caller has told `random` which update this is (beginUpdate).
    virtual UpdateReport update(BatchSource& batches, RandomStreams& random) = 0;
    /// One sub-step alone (a MethodPart's name): moves only that part's parameters.
    virtual UpdateReport updatePart(const std::string& part, BatchSource& batches, RandomStreams& random) = 0;

    // By capability; calling one that the traits do not list throws std::logic_error. They run under the
    // caller's grad mode and honour setTraining().
    virtual torch::Tensor generate(const torch::Tensor& z);
    virtual Posterior encode(const torch::Tensor& x);
    /// Whether encode() leaves a choice: the encoder is stochastic without a density of its codes.
    virtual bool samplesCodes() const { return false; }
    /// Codes of pictures [N,C,H,W], or of one [1,C,H,W], with the encoder's own noise `noise` [N,Z];
    /// undefined for a deterministic encoder.
    virtual torch::Tensor encodeWithNoise(const torch::Tensor& x, const torch::Tensor& noise);
    virtual torch::Tensor criticise(const torch::Tensor& x);
    /// Criticise: what D's answer is made from, [B,F]: the input of its last layer, or, of a D that is an
    /// auto-encoder, its inner codes.
    virtual torch::Tensor criticFeatures(const torch::Tensor& x);
    virtual torch::Tensor codeLogit(const torch::Tensor& z);
    /// Conditional: one step of iterative sampling from codes [B,Z] towards class `label`; gives the next
    /// codes and, in `probability` [B], what the classifier says of that class for generate(z). It turns
    /// gradients on by itself.
    struct ConditionalStep {
        torch::Tensor codes, probability;
    };
    virtual ConditionalStep stepTowards(std::int64_t label, const torch::Tensor& z, RandomStreams& random);

    /// How generate(), encode(), criticise() and criticFeatures() normalise: by the batch (training) or by
    /// the running statistics. Neither moves the running statistics; update() and updatePart() choose for
    /// themselves. A new method is in training mode.
    virtual void setTraining(bool training) = 0;

    /// Applies a live parameter (rate, weight) from the next update on. Throws SchemaError when it is not
    /// live.
    virtual void setParameter(const std::string& name, const ParameterValue& value) = 0;

    virtual void visitState(StateVisitor& visitor) = 0;

    virtual const ModelSpec& spec() const = 0;
    std::int64_t latentSize() const { return spec().parameters.integer("latentSize"); }

    /// update() calls `hook` between its sub-steps, on its own thread, so that somebody else may have the
    /// processor for a moment. An empty function turns it off.
    void setSubStepHook(std::function<void()> hook) { subStepHook_ = std::move(hook); }

protected:
    void betweenSubSteps() const {
        if (subStepHook_) {
            subStepHook_();
        }
    }

private:
    std::function<void()> subStepHook_;
};

/// Training owns optimisers and EMA; Inference only networks (visitState then gives Parameter and Buffer
/// only).
enum class Purpose { Training, Inference };

/// Builds the method that `spec` names, with weights drawn from `seed`. Throws SchemaError for an unknown
/// method or a size that it has no networks for.
std::unique_ptr<Method> makeMethod(const ModelSpec& spec, std::uint64_t seed, torch::Device device,
                                   Purpose purpose);

} // namespace alphascope::models
