#include "engine/exploring/neighbours/graph_file.h"

#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/storage/crc.h"

namespace alphascope::engine {

namespace {

static_assert(std::endian::native == std::endian::little,
              "the file's numbers are written as they lie in memory");

constexpr std::string_view magic = "ASNBGRPH";
constexpr std::uint32_t version = 1;
constexpr std::uint32_t highestLevel = 63; ///< of a set of all the rows that memory could hold: a few
constexpr std::size_t headerBytes = 8 + 4 + 4 + 8 + 8 + 8 + 4 + 4;

struct Header {
    std::uint32_t links = 0;
    std::uint64_t rows = 0;
    std::uint64_t size = 0;
    std::uint64_t checksum = 0;
    std::uint32_t maxLevel = 0;
    std::uint32_t entry = 0;
};

struct Node {
    std::uint32_t row = 0;
    std::uint32_t level = 0;
    std::size_t lists = 0; ///< where its lists begin in the file
};

template <typename Number>
void put(std::string& bytes, Number number) {
    bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

class Reader {
public:
    Reader(std::string_view bytes, const std::string& path) : bytes_(bytes), path_(path) {}

    template <typename Number>
    Number take() {
        Number number{};
        std::memcpy(&number, need(sizeof number).data(), sizeof number);
        return number;
    }
    std::string_view need(std::size_t count) {
        if (count > bytes_.size() - at_) {
            refuse("ends too early");
        }
        at_ += count;
        return bytes_.substr(at_ - count, count);
    }
    void seek(std::size_t position) { at_ = position; }
    std::size_t position() const { return at_; }
    bool atEnd() const { return at_ == bytes_.size(); }

    [[noreturn]] void refuse(const std::string& why) const {
        throw Error(ErrorKind::BadInput, fmt::format("The neighbour index '{}' {}.", path_, why),
                    "It is built anew from the pictures.");
    }

private:
    std::string_view bytes_;
    const std::string& path_;
    std::size_t at_ = 0;
};

std::uint64_t crcOf(std::string_view bytes) {
    Crc64 crc;
    crc.add(bytes);
    return crc.value();
}

void putList(std::string& bytes, const HnswGraph& graph, hnswlib::linklistsizeint* list) {
    const std::uint32_t count = graph.getListCount(list);
    put(bytes, count);
    bytes.append(reinterpret_cast<const char*>(list + 1), count * sizeof(hnswlib::tableint));
}

Header readHeader(Reader& file, const Codes& rows, const HnswGraph& graph) {
    if (file.need(magic.size()) != magic) {
        file.refuse("is no neighbour index");
    }
    if (file.take<std::uint32_t>() != version) {
        file.refuse("was written by another version of this program");
    }
    Header header;
    header.links = file.take<std::uint32_t>();
    header.rows = file.take<std::uint64_t>();
    header.size = file.take<std::uint64_t>();
    header.checksum = file.take<std::uint64_t>();
    header.maxLevel = file.take<std::uint32_t>();
    header.entry = file.take<std::uint32_t>();
    if (header.rows != rows.count || header.size != rows.size || header.checksum != checksumOf(rows)) {
        file.refuse("belongs to other pictures or codes");
    }
    if (header.links != graph.M_) {
        file.refuse("was built with other settings");
    }
    if (header.maxLevel > highestLevel || header.entry >= header.rows) {
        file.refuse("is damaged");
    }
    return header;
}

/// Reads over all nodes once: who they are and how high they reach.
std::vector<Node> readNodes(Reader& file, const Header& header) {
    std::vector<Node> nodes(header.rows);
    std::vector<bool> seen(header.rows);
    for (Node& node : nodes) {
        node.row = file.take<std::uint32_t>();
        node.level = file.take<std::uint32_t>();
        if (node.row >= header.rows || seen[node.row] || node.level > header.maxLevel) {
            file.refuse("is damaged");
        }
        seen[node.row] = true;
        node.lists = file.position();
        for (std::uint32_t level = 0; level <= node.level; ++level) {
            const auto count = file.take<std::uint32_t>();
            if (count > (level == 0 ? 2 : 1) * header.links) {
                file.refuse("is damaged");
            }
            file.need(count * sizeof(std::uint32_t));
        }
    }
    if (!file.atEnd() || nodes[header.entry].level != header.maxLevel) {
        file.refuse("is damaged");
    }
    return nodes;
}

void fillList(Reader& file, HnswGraph& graph, hnswlib::linklistsizeint* list, const std::vector<Node>& nodes,
              std::uint32_t level) {
    const auto count = file.take<std::uint32_t>();
    graph.setListCount(list, static_cast<unsigned short>(count));
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto neighbour = file.take<std::uint32_t>();
        if (neighbour >= nodes.size() || nodes[neighbour].level < level) {
            file.refuse("is damaged");
        }
        list[1 + i] = neighbour;
    }
}

void fillNode(Reader& file, HnswGraph& graph, std::uint32_t id, const std::vector<Node>& nodes,
              const Codes& rows) {
    const Node& node = nodes[id];
    std::memset(graph.data_level0_memory_ + id * graph.size_data_per_element_, 0,
                graph.size_data_per_element_);
    const float* const row = rows.row(node.row).data();
    std::memcpy(graph.getDataByInternalId(id), &row, sizeof row);
    graph.setExternalLabel(id, node.row);
    if (node.level > 0) {
        // hnswlib frees it.
        graph.linkLists_[id] =
            static_cast<char*>(std::calloc(node.level, graph.size_links_per_element_)); // NOLINT
        if (graph.linkLists_[id] == nullptr) {
            throw std::bad_alloc();
        }
    }
    graph.element_levels_[id] = static_cast<int>(node.level);
    graph.cur_element_count = id + 1; // what its destructor frees
    file.seek(node.lists);
    for (std::uint32_t level = 0; level <= node.level; ++level) {
        fillList(file, graph, level == 0 ? graph.get_linklist0(id) : graph.get_linklist(id, int(level)),
                 nodes, level);
    }
}

} // namespace

std::uint64_t checksumOf(const Codes& rows) {
    Crc64 crc;
    crc.add(std::as_bytes(std::span(rows.values)));
    return crc.value();
}

std::size_t graphFileLimit(const Codes& rows, std::size_t links) {
    // Levels thin out by the factor of `links`; twice the lowest one is far above all of them together.
    return 1024 + rows.count * (8 + 2 * 4 * (1 + 2 * links));
}

std::string encodeGraph(const HnswGraph& graph, const Codes& rows) {
    std::string bytes(magic);
    bytes.reserve(graphFileLimit(rows, graph.M_));
    put(bytes, version);
    put(bytes, static_cast<std::uint32_t>(graph.M_));
    put(bytes, static_cast<std::uint64_t>(rows.count));
    put(bytes, static_cast<std::uint64_t>(rows.size));
    put(bytes, checksumOf(rows));
    put(bytes, static_cast<std::uint32_t>(graph.maxlevel_));
    put(bytes, static_cast<std::uint32_t>(graph.enterpoint_node_));
    for (hnswlib::tableint id = 0; id < rows.count; ++id) {
        put(bytes, static_cast<std::uint32_t>(graph.getExternalLabel(id)));
        put(bytes, static_cast<std::uint32_t>(graph.element_levels_[id]));
        putList(bytes, graph, graph.get_linklist0(id));
        for (int level = 1; level <= graph.element_levels_[id]; ++level) {
            putList(bytes, graph, graph.get_linklist(id, level));
        }
    }
    put(bytes, crcOf(bytes));
    return bytes;
}

void decodeGraph(const std::string& bytes, const std::string& path, const Codes& rows, HnswGraph& graph) {
    const std::string_view all = bytes;
    if (all.size() < headerBytes + sizeof(std::uint64_t)) {
        Reader(all, path).refuse("is too short");
    }
    const std::string_view content = all.substr(0, all.size() - sizeof(std::uint64_t));
    Reader file(content, path);
    if (!content.starts_with(magic)) {
        file.refuse("is no neighbour index");
    }
    std::uint64_t recorded = 0;
    std::memcpy(&recorded, all.data() + content.size(), sizeof recorded);
    if (recorded != crcOf(content)) {
        file.refuse("is damaged or was cut off");
    }
    const Header header = readHeader(file, rows, graph);
    const std::vector<Node> nodes = readNodes(file, header);
    for (std::uint32_t id = 0; id < nodes.size(); ++id) {
        fillNode(file, graph, id, nodes, rows);
    }
    graph.maxlevel_ = static_cast<int>(header.maxLevel);
    graph.enterpoint_node_ = header.entry;
}

} // namespace alphascope::engine
