#pragma once
// A fresh critic of codes: a classifier of the data's codes against the prior's, whose logit is log q(z)/p(z)
// once it is calibrated (the density-ratio trick; Sugiyama, Suzuki, Kanamori 2012). It is trained on frozen
// codes until it no longer improves on held-out ones, so that its figure means something whatever the
// method's own code discriminator is up to. The atlas's thread.

#include "models/libtorch.h"

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/api/atlas.h"
#include "engine/exploring/atlas/atlas_work.h"
#include "models/networks/code_discriminator.h"
#include "models/optimizers/adam.h"
#include "models/random_streams.h"

namespace alphascope::engine {

/// log q(z)/p(z), by a critic that is trained no more.
class CodeCritic {
public:
    explicit CodeCritic(std::shared_ptr<models::CodeDiscriminator> network) : network_(std::move(network)) {}
    std::vector<float> logRatios(const Codes& codes) const;

private:
    std::shared_ptr<models::CodeDiscriminator> network_;
};

class CriticWork : public AtlasWork {
public:
    /// Throws Error(Usage) for fewer than 100 codes.
    CriticWork(std::shared_ptr<const CodeSet> codes, std::uint64_t seed);

    bool step() override;
    double progress() const override;
    struct Result {
        std::shared_ptr<CodeCritic> critic;
        CodeCriticReport report;
    };
    Result take();

private:
    torch::Tensor lossOf(const torch::Tensor& data, const torch::Tensor& prior) const;
    void look();

    std::size_t latentSize_;
    models::RandomStreams random_;
    std::shared_ptr<models::CodeDiscriminator> network_;
    models::Adam adam_;
    torch::Tensor codes_, heldOut_, prior_; ///< [N,Z]; prior_ is as many fresh codes as are held out
    std::int64_t updates_ = 0;
    double best_ = 1e30;                     ///< held-out loss
    std::vector<torch::Tensor> bestWeights_; ///< that gave it
    int worse_ = 0;                          ///< looks since
};

/// Of a critic's probabilities that codes are the data's, over as many codes of the data as of the prior.
/// `data`, `prior`: its logits.
CodeCriticReport criticReport(const std::vector<float>& data, const std::vector<float>& prior);

} // namespace alphascope::engine
