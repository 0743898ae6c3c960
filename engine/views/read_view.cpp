#include <fmt/format.h>

#include "engine/api/error.h"
#include "engine/api/view.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/runs/png_text.h"
#include "engine/views/view_text.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t largestViewFile = std::size_t{64} << 20;

} // namespace

ViewDocument readView(const std::string& path) {
    const std::string bytes = readFile(path, largestViewFile);
    if (!bytes.starts_with("\x89PNG")) {
        return viewFromJson(bytes, path);
    }
    const std::optional<std::string> text = pngText(bytes, viewKeyword);
    if (!text) {
        throw Error(ErrorKind::BadInput, fmt::format("The picture '{}' carries no view.", path),
                    "Choose one that was saved with its view.");
    }
    return viewFromJson(*text, path);
}

} // namespace alphascope::engine
