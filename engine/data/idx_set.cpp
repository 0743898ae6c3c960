#include "engine/data/idx_set.h"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/fingerprint.h"
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
            trainCount_ = pictures.count;
            testCount_ = test_.pictures.count;
        } else {
            testCount_ = std::max<std::uint64_t>(1, pictures.count / 6);
            trainCount_ = std::max<std::uint64_t>(1, pictures.count - testCount_);
            testStart_ = pictures.count - testCount_;
        }
        const int native = std::min(pictures.rows, pictures.columns);
        size_ = size > 0 ? size : nearestTrainingSize(native);
        describe(name, native);
    }

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return 1; }
    int size() const override { return size_; }
    std::uint64_t count(Split split) const override {
        return split == Split::Train ? trainCount_ : testCount_;
    }

    int get(Split split, std::uint64_t index, std::uint64_t, std::span<float> out) const override {
        if (index >= count(split)) {
            throw Error(ErrorKind::Usage,
                        fmt::format("'{}' has no picture {}: it has {}.", info_.name, index, count(split)));
        }
        const bool own = split == Split::Test && test_.pictures.count > 0;
        const Part& part = own ? test_ : train_;
        const std::uint64_t at = split == Split::Test && !own ? testStart_ + index : index;
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
        return fmt::format("idx {}+{} {}x{} {:016x} at {}", trainCount_, testCount_, train_.pictures.columns,
                           train_.pictures.rows, print.value(), size_);
    }

private:
    void describe(const std::string& name, int native) {
        info_.name = name;
        info_.title = std::filesystem::path(name).filename().string();
        info_.description =
            fmt::format("IDX: {} grey pictures of {} x {} pixels to train on and {} held out.", trainCount_,
                        train_.pictures.columns, train_.pictures.rows, testCount_);
        info_.channels = 1;
        info_.size = native;
        info_.sizes.assign(trainingSizes.begin(), trainingSizes.end());
        info_.trainCount = trainCount_;
        info_.testCount = testCount_;
        if (!train_.labels.empty()) {
            const int last = *std::max_element(train_.labels.begin(), train_.labels.end());
            for (int label = 0; label <= last; ++label) {
                info_.labels.push_back(fmt::format("{}", label));
            }
        }
    }

    Part train_;
    Part test_;
    std::uint64_t trainCount_ = 0;
    std::uint64_t testCount_ = 0;
    std::uint64_t testStart_ = 0; ///< in train_, when there is no test file
    int size_ = 0;
    DataSetInfo info_;
};

} // namespace

std::shared_ptr<const DataSet> openIdxSet(const std::string& name, const IdxFiles& files, int size) {
    return std::make_shared<IdxSet>(name, files, size);
}

} // namespace alphascope::engine
