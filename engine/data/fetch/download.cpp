#include "engine/data/fetch/download.h"

#include <cerrno>
#include <chrono>
#include <exception>
#include <memory>
#include <mutex>

#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/api/error.h"
#include "engine/storage/file_handle.h"

namespace alphascope::engine {

namespace {

constexpr long okStatus = 200;
constexpr long partialStatus = 206;
constexpr long rangeStatus = 416; ///< the range that was asked for lies behind the end
constexpr int mostEmptyAttempts = 3;
constexpr auto progressEvery = std::chrono::milliseconds(200);

void prepareCurl() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

class Download {
public:
    Download(const std::string& address, const std::string& part, const DownloadOptions& options)
        : address_(address), part_(part), options_(options),
          file_(::open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
        if (!file_.valid()) {
            throwSystemError("write", part, errno);
        }
        if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
            throw Error(ErrorKind::InputOutput, fmt::format("Another program is downloading '{}' now.", part),
                        "Wait for it, or choose another folder.");
        }
        struct stat status {};
        if (::fstat(file_.get(), &status) != 0) {
            throwSystemError("read", part, errno);
        }
        bytes_ = static_cast<std::uint64_t>(status.st_size);
    }

    void run() {
        for (int empty = 0;;) {
            const std::uint64_t before = bytes_;
            const CURLcode code = attempt();
            if (failure_) {
                std::rethrow_exception(failure_);
            }
            if (code == CURLE_OK && status_ != rangeStatus) {
                return;
            }
            if (status_ == rangeStatus) { // what is there is no beginning of that file
                empty += before == 0 ? mostEmptyAttempts : 1;
                restart();
            } else if (!mayBeTakenUp(code)) {
                fail(code);
            } else {
                empty = bytes_ > before ? 0 : empty + 1;
            }
            if (empty >= mostEmptyAttempts) {
                fail(code);
            }
        }
    }

    /// A part without a byte is of no use the next time.
    void leaveNothingEmpty() const {
        if (bytes_ == 0) {
            ::unlink(part_.c_str());
        }
    }

private:
    CURLcode attempt() {
        prepareCurl();
        const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), curl_easy_cleanup);
        if (!handle) {
            throw Error(ErrorKind::Internal, "The network library cannot be started.");
        }
        curl_ = handle.get();
        status_ = 0;
        begun_ = false;
        message_[0] = '\0';
        const auto set = [this](CURLoption option, auto value) { curl_easy_setopt(curl_, option, value); };
        set(CURLOPT_URL, address_.c_str());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
        set(CURLOPT_FOLLOWLOCATION, 1L);
        set(CURLOPT_MAXREDIRS, 10L);
        set(CURLOPT_USERAGENT, "Alphascope/" ALPHASCOPE_VERSION);
        set(CURLOPT_NOSIGNAL, 1L); // threads
        set(CURLOPT_CONNECTTIMEOUT, 30L);
        set(CURLOPT_LOW_SPEED_LIMIT, 1L);
        set(CURLOPT_LOW_SPEED_TIME, 60L);
        set(CURLOPT_ERRORBUFFER, message_);
        set(CURLOPT_WRITEFUNCTION, &Download::onBytes);
        set(CURLOPT_WRITEDATA, this);
        set(CURLOPT_XFERINFOFUNCTION, &Download::onProgress);
        set(CURLOPT_XFERINFODATA, this);
        set(CURLOPT_NOPROGRESS, 0L);
        const std::string range = fmt::format("{}-", bytes_);
        if (bytes_ > 0) {
            set(CURLOPT_RANGE, range.c_str());
        }
        const CURLcode code = curl_easy_perform(curl_);
        curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status_);
        if (code == CURLE_OK && status_ != okStatus && status_ != partialStatus && status_ != rangeStatus) {
            throw Error(ErrorKind::InputOutput,
                        fmt::format("'{}' cannot be downloaded: the server answers {}{}.", address_, status_,
                                    status_ == 404 ? " (not found)" : ""),
                        "Try again later, or give another address with --mirror.");
        }
        curl_ = nullptr;
        return code;
    }

    static std::size_t onBytes(const char* bytes, std::size_t, std::size_t count, void* self) {
        return static_cast<Download*>(self)->guarded([&](Download& download) {
            download.take({bytes, count});
            return count;
        });
    }

    static int onProgress(void* self, curl_off_t total, curl_off_t, curl_off_t, curl_off_t) {
        auto& download = *static_cast<Download*>(self);
        const std::size_t fine = download.guarded([&](Download& d) -> std::size_t {
            if (d.options_.cancel != nullptr && d.options_.cancel->load()) {
                throw Error(ErrorKind::Interrupted,
                            fmt::format("The download of '{}' was stopped.", d.address_),
                            "It goes on from there the next time.");
            }
            d.report(total > 0 ? static_cast<std::uint64_t>(total) : 0);
            return 1;
        });
        return fine == 1 ? 0 : 1;
    }

    /// No exception may pass through a C library: it waits until that has returned.
    template <typename Work>
    std::size_t guarded(Work work) {
        try {
            return work(*this);
        } catch (...) {
            failure_ = std::current_exception();
            return 0; // fewer bytes than were given: the transfer ends
        }
    }

    void take(std::string_view bytes) {
        if (!begun_) {
            begin();
        }
        if (status_ != okStatus && status_ != partialStatus) {
            return; // the page that explains an error
        }
        if (options_.limit > 0 && bytes_ + bytes.size() > options_.limit) {
            throw Error(ErrorKind::BadInput,
                        fmt::format("'{}' is not the file that was expected: it is larger than {}.", address_,
                                    byteText(options_.limit)),
                        "Give another address with --mirror.");
        }
        if (const int error = writeFully(file_, bytes); error != 0) {
            throwSystemError("write", part_, error);
        }
        bytes_ += bytes.size();
    }

    /// At the first bytes of an answer: where do they belong?
    void begin() {
        begun_ = true;
        curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status_);
        if (status_ == okStatus) { // the whole file, whether asked for or not
            restart();
        } else if (::lseek(file_.get(), static_cast<off_t>(bytes_), SEEK_SET) < 0) {
            throwSystemError("write", part_, errno);
        }
        base_ = bytes_;
    }

    void restart() {
        if (::ftruncate(file_.get(), 0) != 0 || ::lseek(file_.get(), 0, SEEK_SET) < 0) {
            throwSystemError("write", part_, errno);
        }
        bytes_ = 0;
    }

    void report(std::uint64_t total) {
        const auto now = std::chrono::steady_clock::now();
        if (begun_ && options_.progress && now >= nextReport_) {
            nextReport_ = now + progressEvery;
            options_.progress(bytes_, total > 0 ? base_ + total : 0);
        }
    }

    static bool mayBeTakenUp(CURLcode code) {
        return code == CURLE_PARTIAL_FILE || code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING ||
               code == CURLE_OPERATION_TIMEDOUT || code == CURLE_SEND_ERROR || code == CURLE_HTTP2_STREAM;
    }

    [[noreturn]] void fail(CURLcode code) const {
        const std::string why = message_[0] != '\0' ? message_ : curl_easy_strerror(code);
        if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL) {
            throw Error(ErrorKind::Usage,
                        fmt::format("'{}' is no address to download from: {}.", address_, why),
                        "Give one that begins with http:// or https://.");
        }
        throw Error(ErrorKind::InputOutput, fmt::format("'{}' cannot be downloaded: {}.", address_, why),
                    bytes_ > 0
                        ? fmt::format("{} are here; the next attempt goes on from there.", byteText(bytes_))
                        : "Check the connection, or give another address with --mirror.");
    }

    const std::string& address_;
    const std::string& part_;
    const DownloadOptions& options_;
    FileHandle file_;
    CURL* curl_ = nullptr;    ///< during an attempt
    std::uint64_t bytes_ = 0; ///< in the file
    std::uint64_t base_ = 0;  ///< those of earlier attempts
    long status_ = 0;
    bool begun_ = false; ///< this attempt has given bytes
    std::exception_ptr failure_;
    std::chrono::steady_clock::time_point nextReport_{};
    char message_[CURL_ERROR_SIZE] = {};
};

} // namespace

void download(const std::string& address, const std::string& part, const DownloadOptions& options) {
    Download work(address, part, options);
    try {
        work.run();
    } catch (...) {
        work.leaveNothingEmpty();
        throw;
    }
}

} // namespace alphascope::engine
