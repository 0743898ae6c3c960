#pragma once
// The pictures that neighbours are looked for among, placed in a space; and how near held-out pictures are to
// them, which samples are judged by. Takes from the run's folder what was computed before.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/exploring/neighbours/neighbour_cache.h"
#include "engine/exploring/neighbours/neighbour_work.h"
#include "engine/exploring/neighbours/placing.h"

namespace alphascope::engine {

struct ReferenceOrder {
    NeighbourSpace space = NeighbourSpace::Pixel;
    std::string data;            ///< "" for the model's own
    std::string split = "train"; ///< of the reference
    std::size_t count = 0;       ///< as AuditOptions::count
    std::size_t heldOut = 1000;
    int threads = 0;
    std::string runFolder; ///< of the cache; "" = none
    std::string checksum;  ///< of the checkpoint; without one, codes and features are not kept
};

/// Rows and pictures of the same set; complete once the work is done.
struct Reference {
    NeighbourSpace space = NeighbourSpace::Pixel;
    std::shared_ptr<const Codes> rows;
    std::vector<std::uint64_t> numbers; ///< which picture of its split each row is
    Codes part;                         ///< as many rows as there are held-out ones, evenly spread
    Codes heldOut;
    std::vector<std::uint64_t> heldOutNumbers;
    std::vector<float> heldOutToTraining; ///< of each held-out picture; empty until measured

    std::shared_ptr<const SplitPictures> source;
    std::shared_ptr<const SplitPictures> heldOutSource;
    std::vector<std::string> notes; ///< what limits the figures, in sentences
    std::string remark;             ///< what was amiss with the cache, in a sentence; "" = nothing
    std::string graphPath;          ///< where the index of the rows may be kept; "" = nowhere
    bool fromCache = false;         ///< nothing had to be placed or measured but pixels
};

class ReferenceWork : public NeighbourWork {
public:
    /// Opens the set. Throws Error: Usage for a space that the model lacks, else as openDataSet(). `model`
    /// lives longer.
    ReferenceWork(const PlacingModel& model, ReferenceOrder order);
    ~ReferenceWork() override;

    bool step() override;
    double progress() const override;
    std::string what() const override;

    /// All rows are there; what follows are the distances of held-out pictures.
    bool placed() const { return phase_ >= Phase::Measure; }
    /// To be changed by none but this work; complete when step() gave false.
    const Reference& reference() const { return reference_; }
    Reference take() { return std::move(reference_); }

private:
    enum class Phase { HeldOut, Training, Measure, Done };
    class Placer; ///< reads and places one split

    void beginFromCache();
    bool cacheable() const;
    void finishPlacing();
    void measureSome();
    void noteLimits(std::uint64_t available);

    const PlacingModel& model_;
    ReferenceOrder order_;
    std::size_t rowSize_;
    std::size_t wanted_;
    NeighbourCache cache_;
    std::optional<KnownNeighbours> known_;
    Reference reference_;
    Phase phase_ = Phase::HeldOut;
    std::unique_ptr<Placer> placer_;
};

/// The best k of `rows` for each of the queries from `begin` on, at most `count`, on `threads` threads.
std::vector<std::vector<Neighbour>> nearestOfSome(const Codes& rows, const Codes& queries, std::size_t begin,
                                                  std::size_t count, std::size_t k, int threads);

/// So many queries among `rows` take some ten milliseconds on `threads` threads (0 = all).
std::size_t queriesOfAPiece(const Codes& rows, int threads);

} // namespace alphascope::engine
