#include "engine/exploring/neighbours/neighbour_cache.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/exploring/neighbours/graph_file.h"
#include "engine/storage/crc.h"
#include "engine/storage/safetensors.h"

namespace alphascope::engine {

namespace {

namespace fs = std::filesystem;

constexpr const char* formatName = "alphascope.neighbours.1";
constexpr std::size_t mostBytesOfRows = std::size_t{256} << 20;
constexpr std::size_t filesKept = 3; ///< of a space

std::string shortName(const std::string& text) {
    Crc64 crc;
    crc.add(text);
    return fmt::format("{:016x}", crc.value());
}

template <typename Number>
NamedArray arrayOf(const char* name, const char* dtype, std::vector<std::int64_t> shape,
                   std::span<const Number> numbers) {
    const auto bytes = std::as_bytes(numbers);
    return {name, dtype, std::move(shape), {bytes.begin(), bytes.end()}};
}

NamedArray arrayOf(const char* name, const Codes& codes) {
    return arrayOf<float>(name, "F32", {std::int64_t(codes.count), std::int64_t(codes.size)}, codes.values);
}

NamedArray arrayOf(const char* name, const std::vector<std::uint64_t>& numbers) {
    return arrayOf<std::uint64_t>(name, "I64", {std::int64_t(numbers.size())}, numbers);
}

/// What a file holds, looked at by name. Throws Error(BadInput) for what does not fit.
class Contents {
public:
    Contents(const ModelState& state, const std::string& path) : state_(state), path_(path) {}

    [[noreturn]] void refuse(const char* why) const {
        throw Error(ErrorKind::BadInput, fmt::format("The kept neighbours '{}' {}.", path_, why));
    }
    std::string text(const char* key) const {
        const auto found = state_.metadata.find(key);
        return found == state_.metadata.end() ? std::string() : found->second;
    }
    const NamedArray* find(const char* name, const char* dtype) const {
        const auto found = std::find_if(state_.arrays.begin(), state_.arrays.end(),
                                        [&](const NamedArray& array) { return array.name == name; });
        if (found == state_.arrays.end()) {
            return nullptr;
        }
        if (found->dtype != dtype) {
            refuse("hold numbers of another kind");
        }
        return &*found;
    }
    /// That there is nothing else in it, which might be huge.
    void checkNames() const {
        constexpr std::array<std::string_view, 5> names{"rows", "held_out", "numbers", "held_out_numbers",
                                                        "held_out_to_training"};
        for (const NamedArray& array : state_.arrays) {
            if (std::find(names.begin(), names.end(), array.name) == names.end()) {
                refuse("hold what does not belong there");
            }
        }
    }
    /// Of a list: how long it is; at least 1 and at most `most`.
    std::size_t length(const char* name, const char* dtype, std::size_t most) const {
        const NamedArray* const array = find(name, dtype);
        if (array == nullptr || array->shape.size() != 1 || array->shape[0] < 1 ||
            std::uint64_t(array->shape[0]) > most) {
            refuse("are of other pictures");
        }
        return std::size_t(array->shape[0]);
    }
    void checkTable(const char* name, std::size_t rows, std::size_t columns) const {
        const NamedArray* const array = find(name, "F32");
        if (array != nullptr &&
            array->shape != std::vector<std::int64_t>{std::int64_t(rows), std::int64_t(columns)}) {
            refuse("have another size than this model's");
        }
    }

    template <typename Number>
    std::vector<Number> list(const char* name, const char* dtype) const {
        const NamedArray* const array = find(name, dtype);
        std::vector<Number> numbers(array == nullptr ? 0 : array->bytes.size() / sizeof(Number));
        if (!numbers.empty()) {
            std::memcpy(numbers.data(), array->bytes.data(), numbers.size() * sizeof(Number));
        }
        return numbers;
    }
    Codes table(const char* name, std::size_t rows, std::size_t columns) const {
        Codes codes;
        if (find(name, "F32") != nullptr) {
            codes.count = rows;
            codes.size = columns;
            codes.values = list<float>(name, "F32");
        }
        return codes;
    }

private:
    const ModelState& state_;
    const std::string& path_;
};

struct Limits {
    std::size_t rowSize, count, heldOut;
};

/// Who wrote it for what, and whether the shapes fit; looks at no number.
void checkHeader(const Contents& file, const std::string& key, const Limits& limits) {
    if (file.text("format") != formatName) {
        file.refuse("were not written by this program");
    }
    if (file.text("key") != key) {
        file.refuse("belong to other pictures or another checkpoint");
    }
    const std::size_t rows = file.length("numbers", "I64", limits.count);
    const std::size_t heldOut = file.length("held_out_numbers", "I64", limits.heldOut);
    if (file.length("held_out_to_training", "F32", limits.heldOut) != heldOut) {
        file.refuse("do not fit together");
    }
    file.checkTable("rows", rows, limits.rowSize);
    file.checkTable("held_out", heldOut, limits.rowSize);
    file.checkNames();
    if ((file.find("rows", "F32") == nullptr) != (file.find("held_out", "F32") == nullptr)) {
        file.refuse("do not fit together");
    }
}

KnownNeighbours contentsOf(const Contents& file, const Limits& limits) {
    KnownNeighbours known;
    known.numbers = file.list<std::uint64_t>("numbers", "I64");
    known.heldOutNumbers = file.list<std::uint64_t>("held_out_numbers", "I64");
    known.heldOutToTraining = file.list<float>("held_out_to_training", "F32");
    known.rows = file.table("rows", known.numbers.size(), limits.rowSize);
    known.heldOut = file.table("held_out", known.heldOutNumbers.size(), limits.rowSize);
    const std::string checksum = file.text("rows_checksum");
    char* end = nullptr;
    known.checksum = std::strtoull(checksum.c_str(), &end, 16);
    const auto finite = [](const std::vector<float>& numbers) {
        return std::all_of(numbers.begin(), numbers.end(), [](float x) { return std::isfinite(x); });
    };
    if (checksum.size() != 16 || *end != '\0' || !finite(known.rows.values) ||
        !finite(known.heldOut.values) || !finite(known.heldOutToTraining) ||
        (known.rows.count > 0 && known.checksum != checksumOf(known.rows))) {
        file.refuse("are damaged");
    }
    return known;
}

} // namespace

NeighbourCache::NeighbourCache(const std::string& runFolder, const NeighbourKey& key)
    : folder_(runFolder.empty() ? std::string() : (fs::path(runFolder) / "neighbours").string()),
      prefix_(fmt::format("{}-", toText(key.space))),
      key_(fmt::format("{}|{}|{}|{}", toText(key.space), key.data, key.model, key.choice)) {
    name_ = prefix_ + shortName(key.data + '|' + key.choice);
    if (!key.model.empty()) {
        name_ += '-' + shortName(key.model);
    }
}

std::string NeighbourCache::path() const {
    return usable() ? (fs::path(folder_) / (name_ + ".safetensors")).string() : std::string();
}

std::string NeighbourCache::graphPath() const {
    return usable() ? (fs::path(folder_) / (name_ + ".graph")).string() : std::string();
}

std::optional<KnownNeighbours> NeighbourCache::load(std::size_t rowSize, std::size_t count,
                                                    std::size_t heldOut, std::string& remark) const {
    std::error_code ignored;
    const std::string file = path();
    if (!usable() || !fs::exists(file, ignored)) {
        return std::nullopt;
    }
    const Limits limits{rowSize, count, heldOut};
    try {
        // The shapes first: a file that claims to be huge is not read into memory.
        checkHeader(Contents(readSafetensorsHeader(file), file), key_, limits);
        const ModelState state = readSafetensors(file);
        const Contents contents(state, file);
        checkHeader(contents, key_, limits);
        return contentsOf(contents, limits);
    } catch (const std::exception& error) {
        remark = fmt::format("{} The neighbours are made anew.", error.what());
        return std::nullopt;
    }
}

void NeighbourCache::save(const KnownNeighbours& known, std::string& remark) const {
    if (!usable()) {
        return;
    }
    ModelState state;
    state.metadata = {
        {"format", formatName}, {"key", key_}, {"rows_checksum", fmt::format("{:016x}", known.checksum)}};
    state.arrays.push_back(arrayOf("numbers", known.numbers));
    state.arrays.push_back(arrayOf("held_out_numbers", known.heldOutNumbers));
    state.arrays.push_back(arrayOf<float>("held_out_to_training", "F32",
                                          {std::int64_t(known.heldOutToTraining.size())},
                                          known.heldOutToTraining));
    const std::size_t bytes = (known.rows.values.size() + known.heldOut.values.size()) * sizeof(float);
    if (known.rows.count > 0 && bytes <= mostBytesOfRows) {
        state.arrays.push_back(arrayOf("rows", known.rows));
        state.arrays.push_back(arrayOf("held_out", known.heldOut));
    }
    try {
        fs::create_directory(folder_);
        writeSafetensors(path(), state);
        removeOld();
    } catch (const std::exception& error) {
        remark = fmt::format("The neighbours could not be kept for the next time: {}", error.what());
    }
}

/// Files of checkpoints that training has long left behind.
void NeighbourCache::removeOld() const {
    using Dated = std::pair<fs::file_time_type, fs::path>;
    for (const char* ending : {".safetensors", ".graph"}) {
        std::vector<Dated> files;
        for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
            if (entry.path().filename().string().starts_with(prefix_) && entry.path().extension() == ending) {
                files.emplace_back(entry.last_write_time(), entry.path());
            }
        }
        std::sort(files.begin(), files.end(),
                  [](const Dated& a, const Dated& b) { return a.first > b.first; });
        for (std::size_t i = filesKept; i < files.size(); ++i) {
            std::error_code ignored;
            fs::remove(files[i].second, ignored);
        }
    }
}

} // namespace alphascope::engine
