#pragma once
// One file over HTTP or HTTPS, in pieces if need be.

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

namespace alphascope::engine {

struct DownloadOptions {
    std::uint64_t limit = 0; ///< more bytes than these are refused; 0 = any number
    std::function<void(std::uint64_t bytes, std::uint64_t total)> progress; ///< total 0 = unknown
    const std::atomic<bool>* cancel = nullptr;
};

/// Downloads `address` into the file `part`, behind what an earlier attempt left there; begins anew where the
/// server cannot go on. A connection that breaks off is taken up again a few times while something arrives.
/// The file stays whatever happens. Another program that downloads into the same file at the same time is
/// refused. Throws Error: InputOutput for the network (with what the server said) and the disk, BadInput for
/// a file larger than the limit, Usage for an address that is none, Interrupted when cancelled.
void download(const std::string& address, const std::string& part, const DownloadOptions& options);

} // namespace alphascope::engine
