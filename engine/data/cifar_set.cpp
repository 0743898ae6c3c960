#include "engine/data/cifar_set.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/data/fingerprint.h"
#include "engine/data/gzip.h"
#include "engine/data/part_split.h"
#include "engine/data/sizes.h"
#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

constexpr int side = 32;
constexpr std::size_t pixelBytes = std::size_t(3) * side * side;

std::size_t recordBytes(int labels) {
    return pixelBytes + (labels == 100 ? 2 : 1);
}

/// `folder`/`name`, plain or .gz; "" when neither is there.
std::string fileIn(const fs::path& folder, const std::string& name) {
    std::error_code ignored;
    for (const char* ending : {"", ".gz"}) {
        const fs::path path = folder / (name + ending);
        if (fs::is_regular_file(path, ignored)) {
            return path.string();
        }
    }
    return {};
}

CifarFiles filesIn(const fs::path& folder) {
    CifarFiles files;
    for (int batch = 1; batch <= 5; ++batch) {
        if (std::string path = fileIn(folder, fmt::format("data_batch_{}.bin", batch)); !path.empty()) {
            files.train.push_back(std::move(path));
        }
    }
    if (!files.train.empty()) {
        files.test = fileIn(folder, "test_batch.bin");
        files.names = fileIn(folder, "batches.meta.txt");
        return files;
    }
    if (std::string train = fileIn(folder, "train.bin"); !train.empty()) {
        files = {{std::move(train)}, fileIn(folder, "test.bin"), fileIn(folder, "fine_label_names.txt"), 100};
    }
    return files;
}

/// By its name, or by which record its size is a multiple of.
CifarFiles singleFile(const std::string& path) {
    const fs::path file(path);
    std::string name = file.filename().string();
    if (name.ends_with(".gz")) {
        name.resize(name.size() - 3);
    }
    if (!name.ends_with(".bin")) {
        return {};
    }
    std::error_code ignored;
    const std::uint64_t bytes = fs::file_size(file, ignored);
    const bool hundred = name == "train.bin" || name == "test.bin" ||
                         (bytes % recordBytes(10) != 0 && bytes % recordBytes(100) == 0);
    CifarFiles files{{path}, {}, {}, hundred ? 100 : 10};
    files.names = fileIn(file.parent_path(), hundred ? "fine_label_names.txt" : "batches.meta.txt");
    return files;
}

/// Records without their pictures' order changed: label and pixels apart.
struct Records {
    std::vector<std::uint8_t> labels;
    std::vector<std::uint8_t> pixels;

    std::size_t count() const { return labels.size(); }
};

class RecordReader {
public:
    RecordReader(const std::string& path, int labels) : file_(path), labels_(labels) {}

    void readInto(Records& records) {
        std::vector<std::uint8_t> record(recordBytes(labels_));
        const std::size_t before = records.count();
        for (;;) {
            const std::size_t got = file_.read(record);
            if (got == 0) {
                break;
            }
            if (got != record.size()) {
                fail(fmt::format("is truncated or no CIFAR file: it ends {} bytes into a record of {}", got,
                                 record.size()));
            }
            take(record, records);
            if (records.pixels.size() > largestContent) {
                fail(fmt::format("is too large: the limit is {} bytes", largestContent));
            }
        }
        if (records.count() == before) {
            fail("is empty");
        }
    }

private:
    void take(const std::vector<std::uint8_t>& record, Records& records) const {
        const std::size_t at = records.count();
        if (labels_ == 100 && record[0] > 19) {
            fail(fmt::format("has the coarse label {} in record {}; 0 to 19 are possible", record[0], at));
        }
        const int label = record[recordBytes(labels_) - pixelBytes - 1];
        if (label >= labels_) {
            fail(fmt::format("has the label {} in record {}; 0 to {} are possible", label, at, labels_ - 1));
        }
        records.labels.push_back(static_cast<std::uint8_t>(label));
        records.pixels.insert(records.pixels.end(), record.end() - pixelBytes, record.end());
    }

    [[noreturn]] void fail(const std::string& what) const {
        throw Error(ErrorKind::BadInput,
                    fmt::format("The CIFAR-{} file '{}' {}.", labels_, file_.path(), what),
                    "Get the binary version of the set again.");
    }

    GzipFile file_;
    int labels_;
};

/// One a line; nothing unless there are exactly as many as labels, since wrong names are worse than none.
std::vector<std::string> readNames(const std::string& path, int labels) {
    std::vector<std::string> names;
    std::ifstream in(path);
    for (std::string line; std::getline(in, line) && names.size() <= std::size_t(labels);) {
        line.erase(line.find_last_not_of(" \t\r\n") + 1);
        if (!line.empty()) {
            names.push_back(line);
        }
    }
    if (names.size() != std::size_t(labels)) {
        names.clear();
        for (int label = 0; label < labels; ++label) {
            names.push_back(fmt::format("{}", label));
        }
    }
    return names;
}

class CifarSet : public DataSet {
public:
    CifarSet(const std::string& name, const CifarFiles& files, int size)
        : labels_(files.labels), size_(size > 0 ? size : side) {
        for (const std::string& path : files.train) {
            RecordReader(path, labels_).readInto(train_);
        }
        if (!files.test.empty()) {
            RecordReader(files.test, labels_).readInto(test_);
        }
        split_ = PartSplit(train_.count(), test_.count());
        describe(name, files);
    }

    const DataSetInfo& info() const override { return info_; }
    int channels() const override { return 3; }
    int size() const override { return size_; }
    std::uint64_t count(Split split) const override { return split_.count(split); }

    int get(Split split, std::uint64_t index, std::uint64_t, std::span<float> out) const override {
        const auto [testFile, at] = split_.find(info_.name, split, index);
        const Records& records = testFile ? test_ : train_;
        const std::uint8_t* planes = records.pixels.data() + at * pixelBytes;
        if (size_ == side) {
            std::transform(planes, planes + pixelBytes, out.begin(),
                           [](std::uint8_t v) { return v / 127.5F - 1.0F; });
        } else {
            toFloats(fitSquare(interleaved(planes), size_, 3), out);
        }
        return records.labels[at];
    }

    std::string fingerprint() const override {
        Fingerprint print;
        for (const Records* records : {&train_, &test_}) {
            print.add(std::uint64_t(records->count()));
            print.add(records->labels);
            constexpr std::size_t stride = 997; // as for IDX files: meets every picture
            for (std::size_t i = 0; i < records->pixels.size(); i += stride) {
                print.add(std::uint64_t(records->pixels[i]));
            }
        }
        return fmt::format("cifar{} {}+{} {:016x} at {}", labels_, count(Split::Train), count(Split::Test),
                           print.value(), size_);
    }

private:
    static Image interleaved(const std::uint8_t* planes) {
        Image image(side, side, 3);
        constexpr std::size_t plane = std::size_t(side) * side;
        for (std::size_t i = 0; i < plane; ++i) {
            for (std::size_t c = 0; c < 3; ++c) {
                image.pixels[3 * i + c] = planes[c * plane + i];
            }
        }
        return image;
    }

    void describe(const std::string& name, const CifarFiles& files) {
        info_.name = name;
        info_.title = fmt::format("CIFAR-{}", labels_);
        info_.description = fmt::format("Photographs of {} kinds of things: {} to train on and {} held out.",
                                        labels_, count(Split::Train), count(Split::Test));
        info_.channels = 3;
        info_.size = side;
        info_.sizes.assign(trainingSizes.begin(), trainingSizes.end());
        info_.trainCount = count(Split::Train);
        info_.testCount = count(Split::Test);
        info_.labels = readNames(files.names, labels_);
    }

    int labels_;
    int size_;
    Records train_;
    Records test_;
    PartSplit split_;
    DataSetInfo info_;
};

} // namespace

CifarFiles findCifarFiles(const std::string& path) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
        return singleFile(path);
    }
    for (const char* folder : {"", "cifar-10-batches-bin", "cifar-100-binary"}) {
        if (CifarFiles files = filesIn(fs::path(path) / folder); !files.train.empty()) {
            return files;
        }
    }
    return {};
}

std::shared_ptr<const DataSet> openCifarSet(const std::string& name, const CifarFiles& files, int size) {
    return std::make_shared<CifarSet>(name, files, size);
}

} // namespace alphascope::engine
