#pragma once
// The codes of a data set and their map, waited for: what an Atlas does behind a window, on a command line.

#include <condition_variable>
#include <memory>
#include <mutex>

#include "app/progress_line.h"
#include "engine/api/atlas.h"

namespace alphascope::app {

/// One thread. How far the work is stands on standard error.
class AtlasRun {
public:
    /// `json`: of the verb; see ProgressLine::isQuiet.
    AtlasRun(int threads, bool json);

    /// The codes with their components. Throws Error.
    engine::CodesLoaded load(const engine::AtlasSource& source);
    struct Mapped {
        engine::CodesLoaded loaded;
        std::shared_ptr<const engine::CodeMap> map;
        double mapSeconds = 0.0;
    };
    /// Those, and a finished map of them. Throws Error.
    Mapped loadAndMap(const engine::AtlasSource& source, const engine::MapOrder& order);

private:
    void take(Mapped& so);
    void waitForNews();
    void show(const engine::AtlasProgress& progress);

    ProgressLine line_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool news_ = false;
    engine::Atlas atlas_; ///< last: its thread uses the others
};

} // namespace alphascope::app
