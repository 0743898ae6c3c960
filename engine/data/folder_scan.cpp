#include "engine/data/folder_scan.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <sys/stat.h>

#include "engine/api/error.h"
#include "engine/api/pictures.h"
#include "engine/imaging/images.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

class Walk {
public:
    explicit Walk(const fs::path& root) : root_(root) {}

    FolderListing run() {
        pending_.push_back(fs::path());
        while (!pending_.empty()) {
            const fs::path folder = pending_.back();
            pending_.pop_back();
            visit(folder);
        }
        finish();
        return std::move(listing_);
    }

private:
    void visit(const fs::path& folder) {
        struct stat status {};
        const fs::path full = root_ / folder;
        if (stat(full.c_str(), &status) != 0 || !visited_.insert({status.st_dev, status.st_ino}).second) {
            return;
        }
        std::error_code error;
        std::vector<fs::path> names;
        for (fs::directory_iterator it(full, error), end; !error && it != end; it.increment(error)) {
            names.push_back(it->path().filename());
        }
        if (error) {
            if (folder.empty()) {
                throw Error(ErrorKind::InputOutput, fmt::format("The folder '{}' cannot be read: {}.",
                                                                root_.string(), error.message()));
            }
            skip(folder, error.message());
        }
        // The order in which a file system lists decides which of two links to one folder is followed: sort.
        std::sort(names.begin(), names.end(), std::greater<>());
        for (const fs::path& name : names) {
            if (!name.string().starts_with('.')) {
                look(folder / name);
            }
        }
    }

    void look(const fs::path& path) {
        struct stat status {};
        const fs::path full = root_ / path;
        const bool picture = looksLikeImage(path.string());
        if (stat(full.c_str(), &status) != 0) { // a dangling or looping link
            if (picture) {
                skip(path, std::strerror(errno));
            }
        } else if (S_ISDIR(status.st_mode)) {
            pending_.push_back(path);
        } else if (picture && !S_ISREG(status.st_mode)) {
            skip(path, "no regular file");
        } else if (picture) {
            listing_.pictures.push_back({path.string(), static_cast<std::uint64_t>(status.st_size), -1});
        }
    }

    void skip(const fs::path& path, const std::string& why) {
        listing_.skipped.push_back(fmt::format("{}: {}", path.string(), why));
    }

    void finish() {
        auto& pictures = listing_.pictures;
        std::sort(pictures.begin(), pictures.end(),
                  [](const FolderPicture& a, const FolderPicture& b) { return a.path < b.path; });
        std::set<std::string> labels;
        const auto labelOf = [](const FolderPicture& picture) {
            const auto slash = picture.path.find('/');
            return slash == std::string::npos ? std::string() : picture.path.substr(0, slash);
        };
        for (const FolderPicture& picture : pictures) {
            labels.insert(labelOf(picture));
        }
        labels.erase(std::string());
        listing_.labels.assign(labels.begin(), labels.end());
        const auto& sorted = listing_.labels; // of many folders too
        for (FolderPicture& picture : pictures) {
            if (const std::string label = labelOf(picture); !label.empty()) {
                picture.label =
                    static_cast<int>(std::lower_bound(sorted.begin(), sorted.end(), label) - sorted.begin());
            }
        }
    }

    fs::path root_;
    std::vector<fs::path> pending_;
    std::set<std::pair<dev_t, ino_t>> visited_;
    FolderListing listing_;
};

} // namespace

FolderListing scanFolder(const std::string& folder) {
    return Walk(folder).run();
}

std::vector<std::string> listPictures(const std::string& folder) {
    if (!fs::is_directory(folder)) {
        throw Error(ErrorKind::InputOutput, fmt::format("There is no folder '{}'.", folder));
    }
    std::vector<std::string> paths;
    for (const FolderPicture& picture : scanFolder(folder).pictures) {
        paths.push_back((fs::path(folder) / picture.path).string());
    }
    return paths;
}

Image readThumbnail(const std::string& path, int side) {
    return fitSquare(readImage(path), side, 3);
}

} // namespace alphascope::engine
