#pragma once
// Where the published sets lie, file by file.

#include <cstdint>
#include <string>
#include <vector>

namespace alphascope::engine {

struct SourceFile {
    std::string name;    ///< "cifar-10-binary.tar.gz"
    std::string address; ///< of the file, public; "" when programs cannot fetch it from there
    std::string md5;     ///< as published
    std::uint64_t bytes = 0;
    bool archive = false;           ///< it is unpacked, and not kept
    std::string folder;             ///< of an archive: for what it holds, within the set's folder
    std::vector<std::string> holds; ///< of an archive: files by which one knows that it is unpacked
};

/// The files of a set; none for an unknown name.
std::vector<SourceFile> sourcesOf(const std::string& name);

} // namespace alphascope::engine
