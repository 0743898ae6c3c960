#include "engine/api/neighbours.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "engine/api/data_sets.h"
#include "engine/api/error.h"
#include "models/schema/method_traits.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t drawnReference = 10'000;
constexpr std::size_t mostNumbers = std::size_t(1) << 28; // of four bytes each: a gibibyte
constexpr std::size_t picturesOfAPiece = 500;             // encoded between two looks at the listener

class Auditor {
public:
    Auditor(Model& model, const AuditOptions& options, const AuditListener& listener)
        : model_(model), options_(options), listener_(listener),
          data_(options.data.empty() ? model.info().data : options.data) {}

    Audit run(const std::vector<Image>& pictures) {
        check(pictures);
        const PreparedImages reference = read(options_.split, referenceWanted());
        const PreparedImages heldOut = read("test", options_.heldOut);
        const Codes queryRows = rowsOf(pictures, "placing the pictures");
        const Codes referenceRows = rowsOf(reference.images, "placing the reference");
        const Codes heldOutRows = rowsOf(heldOut.images, "placing held-out pictures");

        Audit audit;
        audit.reference = referenceRows.count;
        audit.heldOut = heldOutRows.count;
        const auto nearest = search(referenceRows, queryRows, options_.k, "searching neighbours");
        judge(audit, nearest, queryRows, referenceRows, heldOutRows);
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            for (const Neighbour& neighbour : nearest[i]) {
                audit.pictures[i].nearest.push_back({reference.names[neighbour.index],
                                                     reference.labels[neighbour.index], neighbour.distance,
                                                     reference.images[neighbour.index]});
            }
        }
        report("counting near-duplicates", 0.0);
        if (queryRows.count >= 2 && heldOutRows.count >= 3) {
            audit.duplicates = estimateSupport(queryRows, heldOutRows, 1e-4, 10, options_.threads);
        }
        if (options_.space == NeighbourSpace::Code && heldOutRows.count >= 2) {
            audit.codes = codeStatistics(heldOutRows);
        }
        audit.notes = notes();
        return audit;
    }

private:
    void check(const std::vector<Image>& pictures) const {
        const ModelInfo& info = model_.info();
        if (pictures.empty() || options_.k == 0) {
            throw Error(ErrorKind::Usage, "There is nothing to look for neighbours of.",
                        "Give pictures, and ask for one neighbour at least.");
        }
        if (info.isPoints()) {
            throw Error(ErrorKind::Usage,
                        "This model is of points in the plane, where the scatter view shows all.",
                        "Use a model of pictures.");
        }
        const bool encodes = (info.capabilities & static_cast<unsigned>(models::Capability::Encode)) != 0;
        if (options_.space == NeighbourSpace::Code && !encodes) {
            throw Error(
                ErrorKind::Usage,
                fmt::format("{} has no encoder, so there are no codes to measure between.", info.methodTitle),
                "Measure between pixels.");
        }
    }

    std::size_t numbersPerPicture() const {
        const ModelInfo& info = model_.info();
        return std::size_t(info.channels) * info.size * info.size;
    }

    std::size_t referenceWanted() const {
        if (options_.count > 0) {
            return options_.count;
        }
        const DataSetInfo set = inspectDataSet(data_);
        return referenceCount(options_.split == "test" ? set.testCount : set.trainCount, numbersPerPicture());
    }

    PreparedImages read(const std::string& split, std::size_t count) const {
        report(split == "test" ? "reading held-out pictures" : "reading training pictures", 0.0);
        return model_.prepare({data_}, split, count);
    }

    Codes rowsOf(const std::vector<Image>& pictures, const std::string& what) {
        return options_.space == NeighbourSpace::Code ? codesOf(pictures, what) : pixelsOf(pictures);
    }

    Codes pixelsOf(const std::vector<Image>& pictures) const {
        Codes rows(pictures.size(), numbersPerPicture());
        for (std::size_t i = 0; i < pictures.size(); ++i) {
            if (pictures[i].pixels.size() != rows.size) {
                throw Error(ErrorKind::Internal, "A picture was not prepared for this model.");
            }
            std::transform(pictures[i].pixels.begin(), pictures[i].pixels.end(), rows.row(i).begin(),
                           [](std::uint8_t pixel) { return float(pixel) / 127.5F - 1.0F; });
        }
        return rows;
    }

    Codes codesOf(const std::vector<Image>& pictures, const std::string& what) {
        Codes rows(pictures.size(), model_.info().latentSize);
        for (std::size_t begin = 0; begin < pictures.size(); begin += picturesOfAPiece) {
            report(what, double(begin) / double(pictures.size()));
            const std::size_t end = std::min(begin + picturesOfAPiece, pictures.size());
            const Codes piece = model_.encode(
                {pictures.begin() + std::ptrdiff_t(begin), pictures.begin() + std::ptrdiff_t(end)});
            std::copy(piece.values.begin(), piece.values.end(), rows.row(begin).data());
        }
        return rows;
    }

    std::vector<std::vector<Neighbour>> search(const Codes& rows, const Codes& queries, std::size_t k,
                                               const std::string& what) const {
        report(what, 0.0);
        const NeighbourListener listener = [&](double share) { return !listener_ || listener_(what, share); };
        return exactNearest(rows, queries, k, options_.threads, listener);
    }

    std::vector<float> nearestDistances(const Codes& rows, const Codes& queries,
                                        const std::string& what) const {
        std::vector<float> distances;
        for (const auto& found : search(rows, queries, 1, what)) {
            distances.push_back(found.front().distance);
        }
        return distances;
    }

    void judge(Audit& audit, const std::vector<std::vector<Neighbour>>& nearest, const Codes& queries,
               const Codes& reference, const Codes& heldOut) const {
        NearestDistances distances;
        distances.trainingCount = reference.count;
        distances.heldOutCount = heldOut.count;
        for (const auto& found : nearest) {
            distances.toTraining.push_back(found.front().distance);
        }
        distances.toTrainingPart = nearestDistances(evenPart(reference, heldOut.count), queries,
                                                    "comparing with as few training pictures");
        distances.toHeldOut = nearestDistances(heldOut, queries, "comparing with held-out pictures");
        distances.heldOutToTraining = nearestDistances(reference, heldOut, "searching for held-out pictures");
        audit.memorisation = judgeMemorisation(distances);
        audit.pictures.resize(queries.count);
        for (std::size_t i = 0; i < queries.count; ++i) {
            audit.pictures[i].heldOutDistance = distances.toHeldOut[i];
            audit.pictures[i].memory = audit.memorisation.samples[i];
        }
    }

    /// `count` of the rows, evenly spread.
    static Codes evenPart(const Codes& rows, std::size_t count) {
        Codes part(std::min(count, rows.count), rows.size);
        for (std::size_t i = 0; i < part.count; ++i) {
            const auto row = rows.row(i * rows.count / part.count);
            std::copy(row.begin(), row.end(), part.row(i).begin());
        }
        return part;
    }

    std::vector<std::string> notes() const {
        std::vector<std::string> sentences;
        if (options_.split == "test") {
            sentences.emplace_back("Neighbours were looked for among held-out pictures themselves, so the "
                                   "figures on memorisation say nothing about training.");
        }
        if (!model_.info().transform.empty()) {
            sentences.push_back(fmt::format("Training saw each picture under many draws of the transform "
                                            "'{}'; only the first draw of each is looked at.",
                                            model_.info().transform));
        }
        if (!options_.data.empty() && options_.data != model_.info().data) {
            sentences.push_back(fmt::format("The model was trained on '{}', not on '{}'.", model_.info().data,
                                            options_.data));
        }
        return sentences;
    }

    void report(const std::string& what, double share) const {
        if (listener_ && !listener_(what, share)) {
            throw Error(ErrorKind::Interrupted, "The search for neighbours was cancelled.");
        }
    }

    Model& model_;
    const AuditOptions& options_;
    const AuditListener& listener_;
    std::string data_;
};

} // namespace

std::size_t referenceCount(std::uint64_t available, std::size_t numbersPerPicture) {
    const std::uint64_t wanted = available == 0 ? drawnReference : available;
    return static_cast<std::size_t>(std::clamp<std::uint64_t>(mostNumbers / numbersPerPicture, 1, wanted));
}

Audit auditPictures(Model& model, const std::vector<Image>& pictures, const AuditOptions& options,
                    const AuditListener& listener) {
    return Auditor(model, options, listener).run(pictures);
}

} // namespace alphascope::engine
