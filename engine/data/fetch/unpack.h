#pragma once
// Archives (.tar.gz, .zip) into a folder.

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

namespace alphascope::engine {

/// Writes every regular file of the archive into `folder`, under the last part of its name only, so that
/// nothing can land elsewhere; links and devices are passed over. The folder is replaced whole, once all of
/// it is written: a temporary one beside it takes the files first. `progress` is told how many bytes were
/// written. Throws Error: BadInput for a damaged archive, InputOutput for the disk, Interrupted when
/// cancelled.
void unpackInto(const std::string& archive, const std::string& folder,
                const std::function<void(std::uint64_t)>& progress, const std::atomic<bool>* cancel);

} // namespace alphascope::engine
