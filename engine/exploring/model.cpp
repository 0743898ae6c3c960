#include "engine/api/model.h"

#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/preparation.h"
#include "engine/exploring/replica.h"
#include "engine/storage/run_folder.h"
#include "engine/storage/safetensors.h"
#include "engine/training/cpu_threads.h"
#include "engine/training/device.h"
#include "engine/training/faults.h"
#include "engine/training/inference.h"

namespace alphascope::engine {

struct Model::Impl {
    Impl(const ResolvedCheckpoint& checkpoint, const ModelOptions& options)
        : threads(options.threads > 0 ? options.threads : usableCores()),
          replica(checkpoint.state, checkpoint.path, chooseDevice(options.device), options.rawWeights),
          info(replica.info(checkpoint.path, dataChecksum(checkpoint.state))), encoding(options.encoding) {}

    /// Before each call, since the caller may use another thread than before.
    Replica& ready() {
        useThreadsHere(threads);
        return replica;
    }

    int threads;
    Replica replica;
    ModelInfo info;
    EncodeOptions encoding;
};

Model Model::open(const std::string& path, const ModelOptions& options) {
    chooseDevice(options.device); // before LibTorch is used at all, and before a file is read for nothing
    return Model(std::make_unique<Impl>(resolveCheckpoint(path), options));
}

Model::Model(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Model::~Model() = default;
Model::Model(Model&&) noexcept = default;
Model& Model::operator=(Model&&) noexcept = default;

const ModelInfo& Model::info() const {
    return impl_->info;
}

PreparedImages Model::prepare(const std::vector<std::string>& paths, const std::string& split,
                              std::size_t count) const {
    return prepareImages(impl_->info, paths, split, count);
}

std::vector<Image> Model::decode(const Codes& codes) {
    return impl_->ready().decode(codes);
}

Codes Model::decodePoints(const Codes& codes) {
    return impl_->ready().decodePoints(codes);
}

bool Model::searchesCodes() const {
    return impl_->replica.searches(impl_->encoding);
}

Codes Model::encode(const std::vector<Image>& prepared, const CodeSearchListener& listener) {
    return impl_->ready().encode(prepared, impl_->encoding, listener);
}

Codes Model::criticFeatures(const std::vector<Image>& prepared) {
    return impl_->ready().criticFeatures(prepared);
}

std::vector<Image> Model::reconstruct(const std::vector<Image>& prepared, std::vector<float>* l1,
                                      const CodeSearchListener& listener, Codes* codes) {
    Replica::Reconstruction rebuilt = impl_->ready().reconstruct(prepared, impl_->encoding, listener);
    if (l1 != nullptr) {
        *l1 = std::move(rebuilt.l1);
    }
    if (codes != nullptr) {
        *codes = std::move(rebuilt.codes);
    }
    return std::move(rebuilt.images);
}

WalkedCodes Model::walkTowards(std::int64_t label, const Codes& start, int steps, std::uint64_t seed) {
    return impl_->ready().walkTowards(label, start, steps, seed);
}

GeodesicPath Model::findGeodesic(const std::vector<float>& from, const std::vector<float>& to,
                                 const GeodesicOptions& options, const GeodesicListener& listener) {
    const auto search = impl_->ready().beginGeodesic(from, to, options);
    while (!search->finished()) {
        withFaultsAsErrors([&] { search->step(); });
        if (listener) {
            listener(search->progress(), search->curve().back());
        }
    }
    return {toCodes(search->codes()), search->curve()};
}

Codes Model::pulledToData(const Codes& codes, double pull) {
    return impl_->ready().pulledToData(codes, pull);
}

std::vector<float> Model::pictureSteps(const Codes& path) {
    return impl_->ready().pictureSteps(path);
}

std::vector<LatentDirection> Model::findDirections(DirectionKind kind, const std::vector<float>& at,
                                                   int count) {
    FindDirections order{.kind = kind, .at = {}, .count = count};
    if (kind == DirectionKind::Local) {
        order.at = Codes(1, at.size());
        order.at.values = at;
    }
    return impl_->ready().directions(order);
}

std::vector<float> Model::codeLogits(const Codes& codes) {
    return impl_->ready().codeLogits(codes);
}

} // namespace alphascope::engine
