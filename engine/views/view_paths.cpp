#include <filesystem>

#include "engine/api/error.h"
#include "engine/api/view.h"

namespace alphascope::engine {

namespace fs = std::filesystem;

std::string viewCheckpoint(const ViewDocument& view, const std::string& viewFile) {
    if (view.model.path.empty()) {
        throw Error(ErrorKind::BadInput, "The view does not say where its checkpoint lies.",
                    "Name the checkpoint.");
    }
    return (fs::path(viewFile).parent_path() / view.model.path).lexically_normal().string();
}

std::string viewBeside(const std::string& film) {
    return fs::path(film).replace_extension(".view.json").string();
}

} // namespace alphascope::engine
