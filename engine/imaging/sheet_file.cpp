#include "engine/imaging/extension.h"
#include "engine/imaging/images.h"
#include "engine/imaging/labelled_sheet.h"
#include "engine/storage/atomic_file.h"

namespace alphascope::engine {

void writeSheet(const std::string& path, const LabelledSheet& sheet) {
    if (lowerExtension(path) == ".pdf") {
        writeFileAtomically(path, sheetAsPdf(sheet));
    } else {
        writeImage(path, drawSheet(sheet));
    }
}

} // namespace alphascope::engine
