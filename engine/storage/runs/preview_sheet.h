#pragma once
// A preview as plain pictures for people, and back. Two sheets: "reconstructions" (pairs: original on the
// left, rebuilt on the right) and "samples"; of points a scatter plot too: "points". Each PNG describes its
// own layout in a text chunk (a plot its numbers), so the preview comes back bit by bit from the files alone.
// Any thread; no shared state.

#include <string>

#include "engine/api/session.h"

namespace alphascope::engine {

struct PreviewSheet {
    std::string png; ///< "" when there is nothing to show
    int width = 0;   ///< of the sheet, as EventWriter::image wants them
    int height = 0;
    int channels = 0;
};

struct PreviewSheets {
    PreviewSheet reconstructions; ///< empty when the method has no encoder
    PreviewSheet samples;
    PreviewSheet points; ///< a scatter plot; empty for models of pictures
};

/// For RunFolder::savePreview(step, "reconstructions" | "points" | "samples", sheet.png); save the samples
/// last, so that a watcher finds all. Throws Error(Internal) when pictures of one group differ in size.
PreviewSheets composePreview(const Preview& preview);

/// The preview that the sheets were made from. Any PNG may be "" (its pictures are then missing). `name`
/// is for messages. Throws Error(BadInput) for a PNG that is damaged or none of ours.
Preview parsePreview(const std::string& reconstructionsPng, const std::string& samplesPng,
                     const std::string& name, const std::string& pointsPng = {});

} // namespace alphascope::engine
