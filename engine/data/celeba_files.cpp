#include "engine/data/celeba_files.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <string_view>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/storage/atomic_file.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

constexpr const char* pictureFolder = "img_align_celeba";
constexpr std::size_t largestList = std::size_t(256) << 20;

std::string firstFile(const std::vector<fs::path>& folders, const std::string& stem) {
    std::error_code ignored;
    for (const fs::path& folder : folders) {
        for (const char* ending : {".txt", ".csv"}) {
            const fs::path path = folder / (stem + ending);
            if (fs::is_regular_file(path, ignored)) {
                return path.string();
            }
        }
    }
    return {};
}

/// Where the pictures lie, given the set's folder or theirs.
fs::path folderOfPictures(const fs::path& folder) {
    std::error_code ignored;
    for (const char* place : {"img_align_celeba", "Img/img_align_celeba", "img_align_celeba_png"}) {
        fs::path pictures = folder / place;
        if (fs::is_directory(pictures / pictureFolder, ignored)) { // one archive in use holds it twice
            return pictures / pictureFolder;
        }
        if (fs::is_directory(pictures, ignored)) {
            return pictures;
        }
    }
    return folder;
}

/// The lines of a list, cut into words at spaces or, in a .csv file, at commas.
class List {
public:
    explicit List(const std::string& path)
        : path_(path), text_(readFile(path, largestList)), comma_(path.ends_with(".csv")) {}

    /// The next line that is not blank; false at the end.
    bool next() {
        while (at_ < text_.size()) {
            const std::size_t end = std::min(text_.find('\n', at_), text_.size());
            cut(std::string_view(text_).substr(at_, end - at_));
            at_ = end + 1;
            ++line_;
            if (!words_.empty()) {
                return true;
            }
        }
        return false;
    }

    const std::vector<std::string_view>& words() const { return words_; }
    bool csv() const { return comma_; }

    int number(std::size_t word) const {
        int value = 0;
        const std::string_view text = words_[word];
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (fault != std::errc() || end != text.data() + text.size()) {
            fail(fmt::format("has '{}' where a number belongs", text.substr(0, 40)));
        }
        return value;
    }

    /// About the line that next() gave last.
    [[noreturn]] void fail(const std::string& what) const {
        throw Error(ErrorKind::BadInput, fmt::format("'{}' {} in line {}.", path_, what, line_),
                    "Get the list again.");
    }
    [[noreturn]] void failWhole(const std::string& what) const {
        throw Error(ErrorKind::BadInput, fmt::format("'{}' {}.", path_, what), "Get the list again.");
    }

private:
    void cut(std::string_view line) {
        words_.clear();
        const char* const between = comma_ ? ",\r" : " \t\r";
        for (std::size_t start = 0; start < line.size();) {
            start = line.find_first_not_of(between, start);
            if (start == std::string_view::npos) {
                break;
            }
            const std::size_t end = std::min(line.find_first_of(between, start), line.size());
            words_.push_back(line.substr(start, end - start));
            start = end;
        }
    }

    std::string path_;
    std::string text_;
    bool comma_;
    std::size_t at_ = 0;
    std::size_t line_ = 0;
    std::vector<std::string_view> words_;
};

} // namespace

CelebAFiles findCelebAFiles(const std::string& folder) {
    fs::path root = fs::path(folder).lexically_normal();
    root = root.has_filename() ? root : root.parent_path();
    CelebAFiles files;
    const fs::path pictures = folderOfPictures(root);
    std::vector<fs::path> places{root, root / "Anno", root / "Eval", pictures};
    if (pictures == root && root.filename() == pictureFolder) { // the folder of the pictures was given
        const fs::path above = fs::absolute(root).parent_path();
        for (const fs::path& place : {above, above / "Anno", above / "Eval", above.parent_path(),
                                      above.parent_path() / "Anno", above.parent_path() / "Eval"}) {
            places.push_back(place);
        }
    }
    files.attributes = firstFile(places, "list_attr_celeba");
    files.partition = firstFile(places, "list_eval_partition");
    if (!files.attributes.empty() || !files.partition.empty()) {
        files.pictures = pictures.string();
    }
    return files;
}

CelebAAttributes readCelebAAttributes(const std::string& path) {
    List list(path);
    CelebAAttributes result;
    std::uint64_t stated = 0;
    if (!list.next()) {
        list.failWhole("is empty");
    }
    if (!list.csv()) {
        stated = static_cast<std::uint64_t>(std::max(0, list.number(0)));
        if (list.words().size() != 1 || !list.next()) {
            list.fail("has no line with the number of pictures before that with the names of the attributes");
        }
    }
    const std::size_t skipped = list.csv() ? 1 : 0; // a CSV names the column of the files too
    result.names.assign(list.words().begin() + std::min(skipped, list.words().size()), list.words().end());
    while (list.next()) {
        if (list.words().size() != result.names.size() + 1) {
            list.fail(fmt::format("has {} attributes where {} are named", list.words().size() - 1,
                                  result.names.size()));
        }
        result.files.emplace_back(list.words()[0]);
        for (std::size_t i = 1; i < list.words().size(); ++i) {
            const int value = list.number(i);
            if (value != 1 && value != -1) {
                list.fail(fmt::format("has the attribute value {}, and 1 or -1 are possible,", value));
            }
            result.values.push_back(static_cast<std::int8_t>(value));
        }
    }
    if (result.files.empty() || result.files.size() < stated) {
        list.failWhole(fmt::format("is truncated: it lists {} pictures{}", result.files.size(),
                                   stated > 0 ? fmt::format(" and states {}", stated) : std::string()));
    }
    return result;
}

CelebAPartition readCelebAPartition(const std::string& path) {
    List list(path);
    CelebAPartition result;
    if (list.csv() && !list.next()) { // its header
        list.failWhole("is empty");
    }
    while (list.next()) {
        if (list.words().size() != 2) {
            list.fail(fmt::format("has {} words where a file and its part belong", list.words().size()));
        }
        const int part = list.number(1);
        if (part < 0 || part > 2) {
            list.fail(fmt::format("has the part {}, and 0, 1 or 2 are possible,", part));
        }
        result.files.emplace_back(list.words()[0]);
        result.parts.push_back(part);
    }
    if (result.files.empty()) {
        list.failWhole("lists no pictures");
    }
    return result;
}

} // namespace alphascope::engine
