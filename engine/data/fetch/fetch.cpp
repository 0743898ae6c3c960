#include "engine/data/fetch/fetch.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/api/data_sets.h"
#include "engine/api/error.h"
#include "engine/data/fetch/download.h"
#include "engine/data/fetch/md5.h"
#include "engine/data/fetch/unpack.h"
#include "engine/data/known_sets.h"
#include "models/schema/parameter.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

class Fetch {
public:
    Fetch(std::string folder, const FetchOptions& options) : folder_(std::move(folder)), options_(options) {}

    void get(const SourceFile& file, std::size_t number, std::size_t count) {
        progress_ = {.stage = FetchStage::Checking,
                     .file = file.name,
                     .number = number,
                     .count = count,
                     .bytes = 0,
                     .total = file.bytes};
        if (isHere(file)) {
            return;
        }
        const std::string path = (fs::path(folder_) / file.name).string();
        const std::string part = path + ".part";
        if (!fs::exists(path)) {
            load(file, part);
            check(file, part);
            std::error_code error;
            if (fs::rename(part, path, error); error) {
                throw Error(ErrorKind::InputOutput,
                            fmt::format("'{}' cannot be written: {}.", path, error.message()));
            }
        }
        if (file.archive) {
            unpack(file, path);
        }
    }

private:
    /// Unpacked, or with the right checksum.
    bool isHere(const SourceFile& file) {
        const fs::path inside = fs::path(folder_) / file.folder;
        std::error_code ignored;
        const auto held = [&](const std::string& name) { return fs::exists(inside / name, ignored); };
        if (file.archive && std::all_of(file.holds.begin(), file.holds.end(), held)) {
            return true;
        }
        const fs::path path = fs::path(folder_) / file.name;
        if (!fs::exists(path, ignored)) {
            return false;
        }
        if (checksum(path.string()) != file.md5) { // only what was checked gets its name here
            throw Error(
                ErrorKind::BadInput,
                fmt::format("'{}' is there and is not the published file, by its MD5.", path.string()),
                "Move it away, or choose another folder.");
        }
        return !file.archive;
    }

    void load(const SourceFile& file, const std::string& part) {
        progress_.stage = FetchStage::Downloading;
        std::string address = file.address;
        if (!options_.mirror.empty()) {
            address = options_.mirror + (options_.mirror.ends_with('/') ? "" : "/") + file.name;
        }
        std::error_code ignored;
        if (fs::exists(part, ignored) && fs::file_size(part, ignored) == file.bytes &&
            checksum(part) == file.md5) {
            return; // only its name was missing
        }
        progress_.stage = FetchStage::Downloading;
        report(0, file.bytes);
        DownloadOptions options;
        options.limit = 2 * file.bytes + (1 << 20); // published sizes are a guide; the checksum decides
        options.progress = [this](std::uint64_t bytes, std::uint64_t total) { report(bytes, total); };
        options.cancel = options_.cancel;
        download(address, part, options);
        report(fs::file_size(part, ignored), fs::file_size(part, ignored));
    }

    void check(const SourceFile& file, const std::string& part) {
        const std::string found = checksum(part);
        if (found != file.md5) {
            std::error_code ignored;
            fs::remove(part, ignored);
            throw Error(ErrorKind::BadInput,
                        fmt::format("What was downloaded as '{}' is damaged or another file: its MD5 is {} "
                                    "instead of {}.",
                                    file.name, found, file.md5),
                        "Try again, or give another address with --mirror.");
        }
    }

    std::string checksum(const std::string& path) {
        progress_.stage = FetchStage::Checking;
        std::ifstream in(path, std::ios::binary);
        Md5 md5;
        std::vector<char> buffer(std::size_t(1) << 20);
        std::uint64_t bytes = 0;
        while (in) {
            stopIfCancelled();
            in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
            const auto got = static_cast<std::size_t>(in.gcount());
            md5.add({reinterpret_cast<const std::uint8_t*>(buffer.data()), got});
            reportNowAndThen(bytes += got, progress_.total);
        }
        if (in.bad() || !in.eof()) {
            throw Error(ErrorKind::InputOutput, fmt::format("'{}' cannot be read.", path));
        }
        return md5.finish();
    }

    void unpack(const SourceFile& file, const std::string& path) {
        progress_.stage = FetchStage::Unpacking;
        report(0, 0);
        const fs::path target = fs::path(folder_) / file.folder;
        unpackInto(
            path, target.string(), [this](std::uint64_t bytes) { reportNowAndThen(bytes, 0); },
            options_.cancel);
        std::error_code ignored;
        for (const std::string& name : file.holds) {
            if (!fs::exists(target / name, ignored)) {
                throw Error(ErrorKind::BadInput,
                            fmt::format("The archive '{}' does not hold '{}'.", file.name, name));
            }
        }
        fs::remove(path, ignored); // what it held is all there
    }

    void stopIfCancelled() const {
        if (options_.cancel != nullptr && options_.cancel->load()) {
            throw Error(ErrorKind::Interrupted, "Fetching was stopped.",
                        "It goes on from there the next time.");
        }
    }

    void reportNowAndThen(std::uint64_t bytes, std::uint64_t total) {
        constexpr auto every = std::chrono::milliseconds(200);
        const auto now = std::chrono::steady_clock::now();
        if (now >= nextReport_) {
            nextReport_ = now + every;
            report(bytes, total);
        }
    }

    void report(std::uint64_t bytes, std::uint64_t total) {
        progress_.bytes = bytes;
        progress_.total = total;
        if (options_.progress) {
            options_.progress(progress_);
        }
    }

    std::string folder_;
    const FetchOptions& options_;
    FetchProgress progress_;
    std::chrono::steady_clock::time_point nextReport_{};
};

[[noreturn]] void failUnknown(const std::string& name) {
    const std::string nearest = models::nearestName(name, fetchableNames());
    throw Error(ErrorKind::Usage,
                fmt::format("There is no data set '{}' to fetch; there are {}.", name,
                            fmt::join(fetchableNames(), ", ")),
                nearest.empty() ? std::string() : fmt::format("Did you mean '{}'?", nearest));
}

} // namespace

const char* toText(FetchStage stage) {
    switch (stage) {
    case FetchStage::Checking:
        return "checking";
    case FetchStage::Unpacking:
        return "unpacking";
    case FetchStage::Downloading:
        break;
    }
    return "downloading";
}

std::vector<std::string> fetchableNames() {
    std::vector<std::string> names;
    for (const PublishedSet& set : publishedSets()) {
        names.push_back(set.name);
    }
    return names;
}

void fetchFiles(const std::vector<SourceFile>& files, const std::string& folder,
                const FetchOptions& options) {
    std::error_code error;
    if (fs::create_directories(folder, error); error) {
        throw Error(ErrorKind::InputOutput,
                    fmt::format("The folder '{}' cannot be made: {}.", folder, error.message()));
    }
    Fetch fetch(folder, options);
    for (std::size_t i = 0; i < files.size(); ++i) {
        fetch.get(files[i], i + 1, files.size());
    }
}

std::string fetchDataSet(const std::string& name, const FetchOptions& options) {
    const PublishedSet* set = findPublishedSet(name);
    if (set == nullptr) {
        failUnknown(name);
    }
    std::string folder = options.folder.empty() ? dataFolder(name) : options.folder;
    if (!set->fetchable && options.mirror.empty() && !holdsPublishedSet(name, folder)) {
        throw Error(ErrorKind::BadInput, fmt::format("{} cannot be fetched by a program.", set->title),
                    howByHand(*set, folder) + " Or give a copy's address with --mirror.");
    }
    if (!options.mirror.empty() && !options.mirror.starts_with("http://") &&
        !options.mirror.starts_with("https://")) {
        throw Error(ErrorKind::Usage, fmt::format("'{}' is no address to download from.", options.mirror),
                    "Give one that begins with http:// or https://.");
    }
    if (set->fetchable || !options.mirror.empty()) {
        fetchFiles(sourcesOf(name), folder, options);
    }
    return folder;
}

} // namespace alphascope::engine
