#pragma once
// Picture files made byte by byte, and a way to look at the error that a call ends with.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <QTemporaryDir>

#include "engine/api/error.h"
#include "engine/api/image.h"

namespace alphascope::tests {

/// A folder of its own per test, removed behind it.
class TestFolder {
public:
    std::string path(std::string_view name = {}) const;
    std::string write(std::string_view name, std::string_view bytes) const; ///< gives the path
    std::string makeFolder(std::string_view name) const;

private:
    QTemporaryDir folder_;
};

std::string bytesOf(const std::string& path);

std::span<const std::uint8_t> asBytes(std::string_view text);

/// A PNG from rows without filter bytes. Color types: 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA.
struct PngParts {
    std::uint32_t width = 1;
    std::uint32_t height = 1;
    int bits = 8;
    int colorType = 0;
    std::vector<std::string> rows = {};
    std::string palette = {};      ///< PLTE
    std::string transparency = {}; ///< tRNS
};
std::string makePng(const PngParts& parts);

std::string withExifOrientation(const std::string& jpeg, int orientation);

/// A picture with different corners, smooth enough for JPEG.
engine::Image gradient(int width, int height, int channels);

engine::Image filled(int width, int height, std::vector<std::uint8_t> color);

/// The error that `call` throws; nothing when it throws none.
template <class Call>
std::optional<engine::Error> errorOf(Call&& call) {
    try {
        call();
    } catch (const engine::Error& e) {
        return e;
    }
    return std::nullopt;
}

bool contains(const std::optional<engine::Error>& error, std::string_view text);

} // namespace alphascope::tests

/// The call must end in an Error of the kind whose sentence contains the text.
#define EXPECT_ERROR(call, expectedKind, text)                                                               \
    do {                                                                                                     \
        const auto thrown = alphascope::tests::errorOf([&] { call; });                                       \
        QVERIFY2(thrown.has_value(), "no error was thrown");                                                 \
        QVERIFY2(alphascope::tests::contains(thrown, text), thrown->sentence().c_str());                     \
        QCOMPARE(int(thrown->kind()), int(expectedKind));                                                    \
    } while (false)
