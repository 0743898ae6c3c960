#pragma once
// Published sets that the program knows by name, whether their files are here or not.

#include <cstdint>
#include <string>
#include <vector>

namespace alphascope::engine {

struct PublishedSet {
    std::string name; ///< "mnist"
    std::string title;
    std::string description;
    int channels = 1;
    int size = 28;
    std::uint64_t trainCount = 0;
    std::uint64_t testCount = 0;
    bool fetchable = true;
    std::string byHand; ///< without the folder, which is put behind it
};

const std::vector<PublishedSet>& publishedSets();

/// Null when there is none of that name.
const PublishedSet* findPublishedSet(const std::string& name);

/// Whether `folder` holds a set that openDataSet() can take for what it is named after.
bool holdsPublishedSet(const std::string& name, const std::string& folder);

/// How to get the set by hand: full sentences, with the folder to put it into.
std::string howByHand(const PublishedSet& set, const std::string& folder);

} // namespace alphascope::engine
