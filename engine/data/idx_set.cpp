#include "engine/data/idx_set.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/fingerprint.h"
#include "engine/data/part_split.h"
#include "engine/data/sizes.h"
#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

struct Part {
    IdxPictures pictures;
    std::vector<std::uint8_t> labels; ///< empty, or one per picture
};

Part readPart(const std::string& pictures, const std::string& labels) {
    Part part{readIdxPictures(pictures), {}};
    if (!labels.empty()) {
        part.labels = readIdxLabels(labels);
        if (part.labels.size() != part.pictures.count) {
            throw Error(
                ErrorKind::BadInput,
                fmt::format("The IDX files '{}' and '{}' do not belong together: {} pictures and {} labels.",
                            pictures, labels, part.pictures.count, part.labels.size()));
        }
    }
    return part;
}

class IdxSet : public DataSet {
public:
    IdxSet(const std::string& name, const IdxFiles& files, int size)
        : train_(readPart(files.pictures, files.labels)) {
        const IdxPictures& pictures = train_.pictures;
        if (!files.testPictures.empty()) {
            test_ = readPart(files.testPictures, files.testLabels);
            if (test_.pictures.rows != pictures.rows || test_.pictures.columns != pictures.columns) {
                throw Error(
                    ErrorKind::BadInput,
                    fmt::format("The IDX files '{}' and '{}' do not belong together: pictures of {} x {} and "
                                "of {} x {} pixels.",
                                files.pictures, files.testPictures, pictures.columns, pictures.rows,
                                test_.pictures.columns, test_.pictures.rows));
            }
        }
        split_ = PartSplit(pictures.count, test_.pictures.count);
        const int native = std::min(pictures.rows, pictures.columns);
        size_ = size > 0 ? size : nearestTrainingSize(native);
        describe(name, native);
    }

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return 1; }
    int size() const override { return size_; }
    std::uint64_t count(Split split) const override { return split_.count(split); }

    int get(Split split, std::uint64_t index, std::uint64_t, std::span<float> out) const override {
        const auto [testFile, at] = split_.find(info_.name, split, index);
        const Part& part = testFile ? test_ : train_;
        const IdxPictures& pictures = part.pictures;
        const std::size_t area = std::size_t(pictures.rows) * pictures.columns;
        const std::uint8_t* bytes = pictures.bytes.data() + at * area;
        if (pictures.rows == size_ && pictures.columns == size_) {
            std::transform(bytes, bytes + area, out.begin(),
                           [](std::uint8_t v) { return v / 127.5F - 1.0F; });
        } else {
            Image image(pictures.columns, pictures.rows, 1);
            std::copy_n(bytes, area, image.pixels.begin());
            toFloats(fitSquare(image, size_, 1), out);
        }
        return part.labels.empty() ? -1 : part.labels[at];
    }

    std::string fingerprint() const override {
        Fingerprint print;
        for (const Part* part : {&train_, &test_}) {
            print.add(part->pictures.count);
            print.add(part->labels);
            // Reading all pixels again would cost as long as loading; a prime stride meets every picture's
            // part.
            constexpr std::size_t stride = 997;
            for (std::size_t i = 0; i < part->pictures.bytes.size(); i += stride) {
                print.add(std::uint64_t(part->pictures.bytes[i]));
            }
        }
        return fmt::format("idx {}+{} {}x{} {:016x} at {}", count(Split::Train), count(Split::Test),
                           train_.pictures.columns, train_.pictures.rows, print.value(), size_);
    }

private:
    void describe(const std::string& name, int native) {
        info_.name = name;
        info_.title = std::filesystem::path(name).filename().string();
        info_.description = fmt::format(
            "IDX: {} grey pictures of {} x {} pixels to train on and {} held out.", count(Split::Train),
            train_.pictures.columns, train_.pictures.rows, count(Split::Test));
        info_.channels = 1;
        info_.size = native;
        info_.sizes.assign(trainingSizes.begin(), trainingSizes.end());
        info_.trainCount = count(Split::Train);
        info_.testCount = count(Split::Test);
        if (!train_.labels.empty()) {
            const int last = *std::max_element(train_.labels.begin(), train_.labels.end());
            for (int label = 0; label <= last; ++label) {
                info_.labels.push_back(fmt::format("{}", label));
            }
        }
    }

    Part train_;
    Part test_;
    PartSplit split_;
    int size_ = 0;
    DataSetInfo info_;
};

} // namespace

std::shared_ptr<const DataSet> openIdxSet(const std::string& name, const IdxFiles& files, int size) {
    return std::make_shared<IdxSet>(name, files, size);
}

} // namespace alphascope::engine
