#include "engine/storage/npy_header.h"

#include <charconv>

namespace alphascope::engine {
namespace {

constexpr std::size_t maxArrayRank = 32; // NumPy's own limit, before version 2

/// Walks over the text; every take...() skips blanks first and gives false when something else stands there.
class Scanner {
public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    bool takeWord(std::string_view word) {
        skipBlanks();
        if (!rest_.starts_with(word)) {
            return false;
        }
        rest_.remove_prefix(word.size());
        return true;
    }
    bool takeText(std::string* out) {
        skipBlanks();
        if (rest_.empty() || (rest_.front() != '\'' && rest_.front() != '"')) {
            return false;
        }
        const std::size_t end = rest_.find(rest_.front(), 1);
        if (end == std::string_view::npos) {
            return false;
        }
        *out = rest_.substr(1, end - 1);
        rest_.remove_prefix(end + 1);
        return true;
    }
    bool takeNumber(std::uint64_t* out) {
        skipBlanks();
        const auto result = std::from_chars(rest_.data(), rest_.data() + rest_.size(), *out);
        rest_.remove_prefix(static_cast<std::size_t>(result.ptr - rest_.data()));
        takeSuffix();
        return result.ec == std::errc{};
    }
    bool atEnd() {
        skipBlanks();
        return rest_.empty();
    }

private:
    void skipBlanks() {
        const std::size_t first = rest_.find_first_not_of(" \t\r\n");
        rest_.remove_prefix(first == std::string_view::npos ? rest_.size() : first);
    }
    /// Python 2 wrote long numbers as 5L.
    void takeSuffix() {
        if (rest_.starts_with('L')) {
            rest_.remove_prefix(1);
        }
    }

    std::string_view rest_;
};

bool takeFlag(Scanner& scanner, bool* out) {
    *out = scanner.takeWord("True");
    return *out || scanner.takeWord("False");
}

bool takeShape(Scanner& scanner, std::vector<std::uint64_t>* shape) {
    if (!scanner.takeWord("(")) {
        return false;
    }
    while (!scanner.takeWord(")")) {
        std::uint64_t side = 0;
        if (shape->size() == maxArrayRank || !scanner.takeNumber(&side)) {
            return false;
        }
        shape->push_back(side);
        if (!scanner.takeWord(",")) {
            return scanner.takeWord(")");
        }
    }
    return true;
}

} // namespace

bool parseNpyHeader(std::string_view text, NpyHeader* header) {
    enum Field : unsigned { HasDtype = 1, HasOrder = 2, HasShape = 4 };
    Scanner scanner(text);
    unsigned seen = 0;
    if (!scanner.takeWord("{")) {
        return false;
    }
    while (!scanner.takeWord("}")) {
        std::string key;
        if (!scanner.takeText(&key) || !scanner.takeWord(":")) {
            return false;
        }
        const Field field = key == "descr" ? HasDtype : key == "fortran_order" ? HasOrder : HasShape;
        if ((field == HasShape && key != "shape") || (seen & field)) {
            return false;
        }
        seen |= field;
        const bool good = field == HasDtype   ? scanner.takeText(&header->dtype)
                          : field == HasOrder ? takeFlag(scanner, &header->fortranOrder)
                                              : takeShape(scanner, &header->shape);
        if (!good) {
            return false;
        }
        if (!scanner.takeWord(",")) {
            if (!scanner.takeWord("}")) {
                return false;
            }
            break;
        }
    }
    // A byte has no order; NumPy writes '|u1', others '<u1' or 'u1'.
    if (header->dtype.size() == 3 && header->dtype.back() == '1') {
        header->dtype.erase(0, 1);
    }
    return seen == (HasDtype | HasOrder | HasShape) && scanner.atEnd();
}

} // namespace alphascope::engine
