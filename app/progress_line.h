#pragma once
// How long work goes, on standard error: one line redrawn in place on a terminal, a plain line every few
// seconds otherwise.

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace alphascope::app {

struct Progress {
    std::int64_t step = 0;
    std::int64_t target = 0; ///< 0 = endless
    std::string unit = "step";
    double fraction = -1.0; ///< of the bar; negative = step of target
    double stepsPerSecond = 0.0;
    double secondsLeft = -1.0; ///< negative = unknown
    std::string state{};       ///< what goes on when it is not training: "Preparing"; "" while training
    std::vector<std::pair<std::string, double>> losses{}; ///< "E" -> 0.53
};

/// One line of at most `width` columns; with a bar when a target is set and there is room.
std::string progressText(const Progress& progress, int width, bool withBar);

/// "0:07", "12:34", "3:02:01"; "--:--" for unknown.
std::string durationText(double seconds);

/// Writes to standard error. One thread.
class ProgressLine {
public:
    /// Whether a verb with --json keeps still, since its own lines tell enough: unless it is a person who
    /// watches standard error while the lines go elsewhere.
    static bool isQuiet(bool json);

    /// `quiet`: writes nothing but notes.
    explicit ProgressLine(bool quiet);

    /// Draws when it is time to (or when `now` insists).
    void show(const Progress& progress, bool now = false);
    /// A line of its own above the redrawn one.
    void note(const std::string& text);
    /// Leaves the last state on the screen and goes to a new line.
    void close();

private:
    bool terminal_ = false;
    bool quiet_ = false;
    bool drawn_ = false;
    std::chrono::steady_clock::time_point next_{};
};

} // namespace alphascope::app
