#pragma once
// What can be trained on, for choosers and checks. Standard library only.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/image.h"

namespace alphascope::engine {

struct DataSetInfo {
    std::string name;        ///< "glyphs", or the path
    std::string title;       ///< "Glyphs"
    std::string description; ///< one sentence
    bool builtIn = false;
    int channels = 1;             ///< 2 for points in the plane
    int size = 28;                ///< native side; of the first picture for folders; 1 for points
    std::vector<int> sizes;       ///< sides it can be trained at
    std::uint64_t trainCount = 0; ///< 0 = endless
    std::uint64_t testCount = 0;
    std::vector<std::string> labels;
    std::vector<std::string> skipped; ///< unreadable files: "path: why" (the first 100)
    std::uint64_t skippedCount = 0;
    bool canCrop = false; ///< a crop preset (cropNames) may be chosen

    bool isPoints() const { return channels == 2 && size == 1; }
};

std::vector<DataSetInfo> builtInDataSets();

/// Looks at a path or a built-in name. Reads files; not for a GUI thread. Throws Error with one sentence that
/// names the set and what to do.
DataSetInfo inspectDataSet(const std::string& data);

/// Which pictures of a set, made how.
struct DataSetSlice {
    std::string data{};          ///< built-in name or path
    std::string transform{};     ///< "" or one of transformNames()
    std::string crop{};          ///< "" or one of cropNames()
    int size = 0;                ///< side in pixels; 0 = native
    std::string split = "train"; ///< or "test", the held-out part
    std::size_t count = 64;      ///< the first so many; fewer where the set ends
    std::uint64_t seed = 1;      ///< of drawn sets and of transforms
};

struct LabelledPictures {
    std::vector<Image> pictures; ///< as the networks see them; of points, a picture of each
    std::vector<float> points;   ///< of sets of points, x and y in turn; else empty
    std::vector<int> labels;     ///< one a picture; -1 where there is none
};

/// Pictures that cannot be read are left out. Reads files; not for a GUI thread. Throws Error.
LabelledPictures dataSetPictures(const DataSetSlice& slice);

/// "color", "stacked": what makes coloured pictures of grey ones.
std::vector<std::string> transformNames();

/// Ways to cut CelebA's pictures of 178 x 218 that publications use: "108", "140", "148", "160", "178"
/// (centred squares of that side) and "ali" (resized to 64 x 78, rows 7 to 71). "" is the largest centred
/// square.
std::vector<std::string> cropNames();

/// A set that the program knows by name, here or not: what a data chooser lists.
struct KnownDataSet {
    std::string name; ///< "mnist"; what --data takes
    std::string title;
    std::string description; ///< one sentence
    bool builtIn = false;
    bool ready = false;      ///< can be opened now
    std::string folder;      ///< where it lies, or where fetching puts it; "" when built in
    std::uint64_t bytes = 0; ///< on the disk when ready, else to be downloaded; 0 when built in
    int channels = 1;
    int size = 28;
    std::uint64_t trainCount = 0; ///< 0 = endless
    std::uint64_t testCount = 0;
    bool fetchable = false; ///< fetchDataSet() can get it; else see byHand
    std::string byHand;     ///< how to get it by hand, in one or two sentences; "" when built in
};

/// Built-in sets first. Looks at a few folders; cheap, but not for a GUI thread.
std::vector<KnownDataSet> knownDataSets();

/// Where sets that are known by name lie: ${XDG_DATA_HOME:-~/.local/share}/alphascope/data/NAME.
std::string dataFolder(const std::string& name);

} // namespace alphascope::engine
