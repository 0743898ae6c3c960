// alphascope-cli fetch: gets a published data set.

#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "app/describe.h"
#include "app/options.h"
#include "app/standard_output.h"
#include "app/stop_signals.h"
#include "app/verb.h"
#include "app/wake_pipe.h"
#include "engine/api/fetch.h"

namespace alphascope::app {

namespace {

struct FetchArguments {
    std::string name;
    engine::FetchOptions options;
    bool json = false;
};

/// One line redrawn in place on a terminal, a plain one for every stage otherwise.
class FetchLine {
public:
    void show(const engine::FetchProgress& progress) {
        const std::string stage = fmt::format("{} {}", engine::toText(progress.stage), progress.file);
        if (terminal_) {
            fmt::print(stderr, "\r\x1b[K{} of {}: {}{}", progress.number, progress.count, stage,
                       amount(progress));
            std::fflush(stderr);
        } else if (stage != shown_) {
            fmt::print(stderr, "{} of {}: {}\n", progress.number, progress.count, stage);
        }
        shown_ = stage;
    }
    void close() const {
        if (terminal_ && !shown_.empty()) {
            fmt::print(stderr, "\n");
        }
    }

private:
    static std::string amount(const engine::FetchProgress& progress) {
        if (progress.total == 0) {
            return fmt::format("  {}", bytesText(progress.bytes));
        }
        return fmt::format("  {} of {}  {} %", bytesText(progress.bytes), bytesText(progress.total),
                           100 * progress.bytes / progress.total);
    }

    bool terminal_ = isatty(STDERR_FILENO) != 0;
    std::string shown_;
};

nlohmann::ordered_json progressJson(const engine::FetchProgress& progress) {
    return {{"stage", engine::toText(progress.stage)},
            {"file", progress.file},
            {"number", progress.number},
            {"count", progress.count},
            {"bytes", progress.bytes},
            {"total", progress.total}};
}

void runFetch(FetchArguments arguments) {
    WakePipe wake;
    const StopSignals signals(wake);
    std::atomic<bool> cancel{false};
    FetchLine line;
    arguments.options.cancel = &cancel;
    arguments.options.progress = [&](const engine::FetchProgress& progress) {
        if (arguments.json) {
            printLine(toLine(progressJson(progress)));
        } else {
            line.show(progress);
        }
    };
    // The fetching thread is this one; the other only waits for a signal to pass on.
    std::atomic<bool> over{false};
    std::thread listener([&] {
        constexpr int lookEvery = 1000; // milliseconds, should a wake be lost
        while (!over) {
            wake.wait(lookEvery);
            cancel = cancel || signals.requested();
        }
    });
    struct Joiner {
        std::atomic<bool>& over;
        WakePipe& wake;
        std::thread& thread;
        ~Joiner() {
            over = true;
            wake.wake();
            thread.join();
        }
    } const joiner{over, wake, listener};
    try {
        const std::string folder = engine::fetchDataSet(arguments.name, arguments.options);
        line.close();
        if (arguments.json) {
            printLine(toLine({{"done", {{"name", arguments.name}, {"folder", folder}}}}));
        }
        fmt::print(stderr, "{} is in {}; train on it with --data {}\n", arguments.name, folder,
                   arguments.options.folder.empty() ? arguments.name : folder);
    } catch (...) {
        line.close();
        throw;
    }
}

} // namespace

Verb addFetchVerb(CLI::App& root) {
    CLI::App* verb = root.add_subcommand("fetch", "Download a published data set");
    const auto arguments = std::make_shared<FetchArguments>();
    verb->add_option("NAME", arguments->name,
                     fmt::format("Which: {}", fmt::join(engine::fetchableNames(), ", ")))
        ->required();
    verb->add_option("--mirror", arguments->options.mirror,
                     "Address of a folder with the files, instead of the public one")
        ->type_name("URL");
    verb->add_option("--output", arguments->options.folder,
                     "Folder for the files (default: where --data NAME finds them)")
        ->type_name("DIR");
    verb->add_flag("--json", arguments->json, "One JSON object per report on standard output");
    return {verb, [arguments] { runFetch(*arguments); }};
}

} // namespace alphascope::app
