#pragma once
// Where pictures go, by the name that the person gave: a sheet, an array, a folder, a film.

#include <functional>
#include <string>
#include <vector>

#include "engine/api/image.h"
#include "engine/api/output.h"

namespace alphascope::app {

enum class OutputKind { Sheet, Array, Table, Folder, Video, Json };

struct OutputRule {
    OutputKind kind;
    std::string example; ///< for the message: "FILE.npy"
};

/// By ending (.png and other pictures, .npy, .csv, .json, .mp4, .avi or .gif) or, for a folder, a final slash
/// or an existing folder. Throws Error(Usage) for what `allowed` does not list. Called before any work, so
/// that a misspelt name costs nothing; that the file's folder exists is checked too (Error(InputOutput)).
OutputKind outputKind(const std::string& path, const std::vector<OutputRule>& allowed,
                      const std::string& option = "--output");

/// Writes the pictures as `kind` (Sheet, Array or Folder). A sheet may show something else than the pictures:
/// `sheetCells`, `columns` a row (0 = as square as possible). Throws Error.
void writePictures(const std::string& path, OutputKind kind, const std::vector<engine::Image>& pictures,
                   const std::vector<engine::Image>& sheetCells, int columns);

/// Refuses a film of frames of `side` pixels that writeFilm() would refuse. Throws Error(Usage).
void checkFilm(const std::string& path, int side, double framesPerSecond,
               const engine::VideoOptions& options);

/// Film of frames as the options say; with a scale of 0 and no side, enlarged by whole pixels so that it can
/// be watched. Throws Error.
void writeFilm(const std::string& path, const std::vector<engine::Image>& frames, double framesPerSecond,
               const engine::VideoOptions& options);

/// Two pictures of one size as one.
engine::Image sideBySide(const engine::Image& left, const engine::Image& right);

} // namespace alphascope::app
