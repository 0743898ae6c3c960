#include "app/progress_line.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace alphascope::app {

namespace {

using namespace std::chrono_literals;

constexpr auto redrawEvery = 100ms;
constexpr auto plainLineEvery = 5s;
constexpr int widestBar = 28;
constexpr int narrowestBar = 8;
constexpr int usualWidth = 100;

int terminalWidth() {
    winsize size{};
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usualWidth;
}

std::string bar(double fraction, int width) {
    const int full = static_cast<int>(std::lround(std::clamp(fraction, 0.0, 1.0) * width));
    return "[" + std::string(full, '=') + std::string(width - full, ' ') + "]";
}

std::string lossText(const Progress& progress) {
    std::string text;
    for (const auto& [name, value] : progress.losses) {
        text += fmt::format("  {} {:.3f}", name, value);
    }
    return text;
}

} // namespace

std::string durationText(double seconds) {
    constexpr double longest = 1000.0 * 3600.0;
    if (!(seconds >= 0.0) || seconds > longest) {
        return "--:--";
    }
    const auto whole = std::lround(seconds);
    const long hours = whole / 3600;
    const long minutes = whole / 60 % 60;
    return hours > 0 ? fmt::format("{}:{:02}:{:02}", hours, minutes, whole % 60)
                     : fmt::format("{}:{:02}", minutes, whole % 60);
}

std::string progressText(const Progress& progress, int width, bool withBar) {
    const bool bounded = progress.target > 0;
    std::string counts = bounded ? fmt::format("{} {}/{}", progress.unit, progress.step, progress.target)
                                 : fmt::format("{} {}", progress.unit, progress.step);
    if (progress.state.empty()) {
        counts += fmt::format("  {:.1f} it/s", progress.stepsPerSecond);
        counts += bounded ? fmt::format("  {} left", durationText(progress.secondsLeft)) : std::string();
    } else {
        counts += "  " + progress.state;
    }
    std::string text = counts + lossText(progress);
    const int room =
        std::min(widestBar, width - static_cast<int>(text.size()) - 9); // brackets, percent, spaces
    if (withBar && bounded && room >= narrowestBar) {
        const double counted = static_cast<double>(progress.step) / static_cast<double>(progress.target);
        const double fraction = progress.fraction < 0.0 ? counted : progress.fraction;
        const int percent = static_cast<int>(std::clamp(fraction, 0.0, 1.0) * 100.0);
        text = fmt::format("{} {:3}%  {}", bar(fraction, room), percent, text);
    }
    return text.substr(0, static_cast<std::size_t>(std::max(width, 0)));
}

bool ProgressLine::isQuiet(bool json) {
    return json && (isatty(STDERR_FILENO) == 0 || isatty(STDOUT_FILENO) != 0);
}

ProgressLine::ProgressLine(bool quiet) : terminal_(isatty(STDERR_FILENO) != 0), quiet_(quiet) {}

void ProgressLine::show(const Progress& progress, bool now) {
    const auto time = std::chrono::steady_clock::now();
    if (quiet_ || (!now && time < next_)) {
        return;
    }
    next_ =
        time + (terminal_ ? std::chrono::nanoseconds(redrawEvery) : std::chrono::nanoseconds(plainLineEvery));
    if (terminal_) {
        // The last column stays free: some terminals wrap when it is written.
        fmt::print(stderr, "\r\x1b[K{}", progressText(progress, terminalWidth() - 1, true));
        drawn_ = true;
    } else {
        fmt::print(stderr, "{}\n", progressText(progress, usualWidth, false));
    }
    std::fflush(stderr);
}

void ProgressLine::note(const std::string& text) {
    fmt::print(stderr, "{}{}\n", drawn_ ? "\r\x1b[K" : "", text);
    std::fflush(stderr);
    drawn_ = false;
    if (terminal_) {
        next_ = {};
    }
}

void ProgressLine::close() {
    if (drawn_) {
        fmt::print(stderr, "\n");
        std::fflush(stderr);
        drawn_ = false;
    }
}

} // namespace alphascope::app
