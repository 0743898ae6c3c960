// A state_dict becomes safetensors in a child process: what reads a file that nobody trusts can then open no
// other one, start nothing, and take no more memory or time than such a file needs.

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/api/error.h"
#include "engine/api/metrics.h"
#include "engine/metrics/torch_file.h"
#include "engine/storage/atomic_file.h"
#include "engine/storage/file_handle.h"
#include "engine/storage/safetensors.h"

namespace alphascope::engine {

namespace {

constexpr std::size_t largestWeights = std::size_t(4) << 30;
constexpr rlim_t childSeconds = 120;
constexpr rlim_t childMemory = rlim_t(1) << 30; ///< beside some copies of the file
constexpr char answerGood = '+';
constexpr char answerBad = '-';

void limitTo(int resource, rlim_t most) {
    const rlimit limit{most, most};
    setrlimit(resource, &limit);
}

/// From here on the process can compute and write to what is open, and do nothing else.
void shutIn([[maybe_unused]] std::size_t fileBytes) {
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    limitTo(RLIMIT_CPU, childSeconds);
    limitTo(RLIMIT_CORE, 0);
    limitTo(RLIMIT_FSIZE, 0);
    limitTo(RLIMIT_NPROC, 0);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    // Of sanitizers the shadow counts as data, and the checks open pipes.
    limitTo(RLIMIT_DATA, childMemory + 8 * rlim_t(fileBytes));
    limitTo(RLIMIT_NOFILE, 0);
#endif
}

/// The child: its answer is one sign, then the safetensors or the reason.
[[noreturn]] void answerInChild(std::string_view bytes, const FileHandle& out) {
    std::string answer;
    try {
        shutIn(bytes.size());
        answer = answerGood + encodeSafetensors(readTorchFile(bytes));
    } catch (const Error& error) {
        answer = answerBad + std::string(error.what());
    } catch (const std::exception&) {
        answer = std::string(1, answerBad) + "it needs more memory than such a file should";
    }
    _exit(writeFully(out, answer) == 0 ? 0 : 1);
}

std::string readAnswer(const FileHandle& in, std::size_t most) {
    std::string answer;
    std::array<char, 1 << 16> part{};
    for (;;) {
        const ssize_t got = read(in.get(), part.data(), part.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0 || answer.size() > most) {
            return answer;
        }
        answer.append(part.data(), static_cast<std::size_t>(got));
    }
}

/// What the child makes of the file's bytes.
std::string askChild(const std::string& path, std::string_view bytes) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) {
        throwSystemError("read", path, errno);
    }
    FileHandle in(ends[0]);
    FileHandle out(ends[1]);
    const pid_t child = fork();
    if (child < 0) {
        throwSystemError("read", path, errno);
    }
    if (child == 0) {
        answerInChild(bytes, out);
    }
    out.close();
    // More than the file itself can only be what nobody asked for: the header, once for each tensor.
    std::string answer = readAnswer(in, 2 * bytes.size() + (std::size_t(1) << 24));
    in.close();
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || answer.empty()) {
        return std::string(1, answerBad) + "reading it went on for too long, or beyond all memory";
    }
    return answer;
}

} // namespace

ImportedWeights importWeights(const std::string& weights, const std::string& output) {
    const std::string bytes = readFile(weights, largestWeights);
    const std::string answer = askChild(weights, bytes);
    if (answer[0] != answerGood) {
        throw Error(ErrorKind::BadInput,
                    fmt::format("'{}' cannot be imported: {}.", weights, answer.substr(1)),
                    "Give a state_dict as torch.save writes it.");
    }
    writeFileAtomically(output, std::string_view(answer).substr(1));
    const ModelState state = readSafetensors(output);
    ImportedWeights imported{.tensors = state.arrays.size(), .numbers = 0, .checksum = dataChecksum(state)};
    for (const NamedArray& array : state.arrays) {
        imported.numbers += array.bytes.size() / elementSize(array.dtype);
    }
    return imported;
}

} // namespace alphascope::engine
