#pragma once
// CIFAR-10 and CIFAR-100, binary version (A. Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny
// Images"): records of one label byte (100: coarse, then fine) and 1024 bytes each of red, green and blue,
// row-major.

#include <memory>
#include <string>
#include <vector>

#include "engine/data/data_set.h"

namespace alphascope::engine {

struct CifarFiles {
    std::vector<std::string> train; ///< empty: no CIFAR set
    std::string test;               ///< "" when there is none
    std::string names;              ///< names of the (fine) labels, one a line; "" when there are none
    int labels = 10;                ///< 10 or 100
};

/// A folder with the original file names (data_batch_1.bin and so on, test_batch.bin; train.bin, test.bin),
/// or one that holds the folder which the archive unpacks to, or a single .bin file; each may end in .gz.
CifarFiles findCifarFiles(const std::string& path);

/// Whole in memory. Held-out pictures are the test file's, or else the last sixth. `size` 0 is 32. Throws
/// Error(BadInput | InputOutput) with one sentence that names the file.
std::shared_ptr<const DataSet> openCifarSet(const std::string& name, const CifarFiles& files, int size);

} // namespace alphascope::engine
