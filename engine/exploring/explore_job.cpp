#include "engine/exploring/explore_job.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <type_traits>
#include <utility>
#include <variant>

#include "engine/exploring/preparation.h"
#include "engine/imaging/images.h"
#include "engine/training/faults.h"

namespace alphascope::engine {

namespace {

/// Codes per piece: a few milliseconds of the small thread count.
constexpr std::size_t decodePiece = 8;
constexpr std::size_t fieldPiece = 256;

Codes slice(const Codes& codes, std::size_t begin, std::size_t end) {
    Codes part(end - begin, codes.size);
    std::copy(codes.values.begin() + static_cast<std::ptrdiff_t>(begin * codes.size),
              codes.values.begin() + static_cast<std::ptrdiff_t>(end * codes.size), part.values.begin());
    return part;
}

template <typename T>
void append(std::vector<T>& to, std::vector<T> from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

} // namespace

ExploreJob::ExploreJob(PendingExplore pending, std::shared_ptr<Replica> replica, std::uint64_t epoch)
    : pending_(std::move(pending)) {
    restart(std::move(replica), epoch);
}

void ExploreJob::restart(std::shared_ptr<Replica> replica, std::uint64_t epoch) {
    replica_ = std::move(replica);
    done_ = 0;
    result_ = {};
    result_.lane = pending_.request.lane;
    result_.stamp = pending_.request.stamp;
    result_.epoch = epoch;
    result_.modelStep = replica_ ? replica_->meta().step : 0;
}

bool ExploreJob::advance() {
    try {
        return work();
    } catch (...) {
        const std::uint64_t epoch = result_.epoch;
        restart(std::move(replica_), epoch);
        result_.error = faultInFlight();
        return true;
    }
}

bool ExploreJob::work() {
    if (!replica_) {
        throw Error(ErrorKind::Usage, "No model is open.", "Open a checkpoint or start training.");
    }
    return std::visit(
        [this](const auto& what) {
            using What = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<What, DecodeCodes>) {
                return decodeNext(what.codes);
            } else if constexpr (std::is_same_v<What, CodeField>) {
                return codeFieldNext(what.codes);
            } else if constexpr (std::is_same_v<What, EncodeImage>) {
                encode(what.image);
            } else {
                encode(readImage(what.path));
                result_.name = std::filesystem::path(what.path).filename().string();
            }
            return true;
        },
        pending_.request.what);
}

bool ExploreJob::decodeNext(const Codes& codes) {
    const std::size_t end = std::min(codes.count, done_ + decodePiece);
    const Codes part = slice(codes, done_, end);
    append(result_.images, replica_->decode(part));
    append(result_.logits, replica_->codeLogits(part));
    done_ = end;
    if (done_ < codes.count) {
        return false;
    }
    result_.codes = codes;
    return true;
}

bool ExploreJob::codeFieldNext(const Codes& codes) {
    const std::size_t end = std::min(codes.count, done_ + fieldPiece);
    append(result_.logits, replica_->codeLogits(slice(codes, done_, end)));
    done_ = end;
    if (done_ < codes.count) {
        return false;
    }
    result_.codes = codes;
    return true;
}

void ExploreJob::encode(const Image& picture) {
    const ModelInfo model = replica_->info({}, {});
    result_.original = prepareOne(model, picture, 0);
    if (replica_->can(models::Capability::Reconstruct)) {
        Replica::Reconstruction rebuilt = replica_->reconstruct({result_.original});
        result_.codes = std::move(rebuilt.codes);
        result_.images = std::move(rebuilt.images);
        result_.l1 = rebuilt.l1.front();
        result_.errorMap = errorMap(result_.original, result_.images.front());
    } else {
        result_.codes = replica_->encode({result_.original});
    }
    result_.logits = replica_->codeLogits(result_.codes);
}

ExploreResult ExploreJob::takeResult() {
    const auto age = std::chrono::steady_clock::now() - pending_.arrived;
    result_.milliseconds = std::chrono::duration<double, std::milli>(age).count();
    return std::move(result_);
}

} // namespace alphascope::engine
