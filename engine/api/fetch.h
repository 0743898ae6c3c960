#pragma once
// Downloads public data sets, checks them, and leaves them where `--data NAME` finds them. Standard library
// only. It blocks for minutes: call it on a thread of its own, never on a GUI thread.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace alphascope::engine {

enum class FetchStage { Downloading, Checking, Unpacking };
const char* toText(FetchStage stage); ///< "downloading"

struct FetchProgress {
    FetchStage stage = FetchStage::Downloading;
    std::string file;        ///< "train-images-idx3-ubyte.gz"
    std::size_t number = 1;  ///< of the file, from 1
    std::size_t count = 1;   ///< files in all
    std::uint64_t bytes = 0; ///< of this file so far, what an earlier attempt left included
    std::uint64_t total = 0; ///< of this file; 0 = unknown
};

struct FetchOptions {
    std::string mirror; ///< an address that stands in for the public one; file names are put behind it
    std::string folder; ///< "" = dataFolder(name)
    std::function<void(const FetchProgress&)> progress; ///< on the calling thread, a few times a second
    const std::atomic<bool>* cancel = nullptr;          ///< may be set by any thread
};

/// The names that fetchDataSet() takes: "mnist", "fashion-mnist", "cifar10", "cifar100", "celeba".
std::vector<std::string> fetchableNames();

/// Gets what is missing of the set and gives its folder. A broken download leaves a .part file and goes on
/// from there the next time; a file whose checksum is wrong is not kept. Throws Error: Usage for an unknown
/// name, BadInput when a set must be fetched by hand (says how) or what arrived is not what was expected,
/// InputOutput for the network and the disk, Interrupted when cancelled.
std::string fetchDataSet(const std::string& name, const FetchOptions& options = {});

} // namespace alphascope::engine
