#pragma once
// CelebA's files (Liu, Luo, Wang, Tang 2015, "Deep Learning Face Attributes in the Wild"): where they lie,
// and the two lists that come with the pictures, in the original text form or as CSV.

#include <cstdint>
#include <string>
#include <vector>

namespace alphascope::engine {

struct CelebAFiles {
    std::string pictures;   ///< folder; "" when this is no CelebA set
    std::string attributes; ///< list_attr_celeba.txt or .csv; "" when there is none
    std::string partition;  ///< list_eval_partition.txt or .csv; "" when there is none
};

/// Looks for a folder img_align_celeba (also below Img/, and one of that name inside it) with at least one of
/// the lists beside it, above it, or in Anno/ and Eval/; `folder` may also be that of the pictures itself.
CelebAFiles findCelebAFiles(const std::string& folder);

/// Attributes of the pictures, in the list's order.
struct CelebAAttributes {
    std::vector<std::string> names;  ///< "Smiling"
    std::vector<std::string> files;  ///< "000001.jpg"
    std::vector<std::int8_t> values; ///< files * names: 1 or -1
};

/// Line ends may be LF or CRLF. Throws Error(BadInput | InputOutput) that names the file and the line: a
/// value that is neither 1 nor -1, more or fewer of them than names, fewer pictures than the first line
/// states.
CelebAAttributes readCelebAAttributes(const std::string& path);

/// File name -> 0 train, 1 validation, 2 test. Throws as above.
struct CelebAPartition {
    std::vector<std::string> files; ///< in the list's order
    std::vector<int> parts;         ///< one per file
};
CelebAPartition readCelebAPartition(const std::string& path);

} // namespace alphascope::engine
