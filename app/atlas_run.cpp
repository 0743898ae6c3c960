#include "app/atlas_run.h"

#include <chrono>
#include <utility>
#include <variant>

namespace alphascope::app {

AtlasRun::AtlasRun(int threads, bool json)
    : line_(ProgressLine::isQuiet(json)), atlas_(
                                              [this] {
                                                  {
                                                      const std::lock_guard lock(mutex_);
                                                      news_ = true;
                                                  }
                                                  changed_.notify_one();
                                              },
                                              {.threads = threads}) {}

engine::CodesLoaded AtlasRun::load(const engine::AtlasSource& source) {
    atlas_.load(source);
    Mapped so;
    while (!so.loaded.codes) {
        take(so);
    }
    line_.close();
    return std::move(so.loaded);
}

AtlasRun::Mapped AtlasRun::loadAndMap(const engine::AtlasSource& source, const engine::MapOrder& order) {
    atlas_.load(source);
    atlas_.map(order); // waits its turn, in place of the one that would follow by itself
    Mapped so;
    std::chrono::steady_clock::time_point loaded;
    while (!so.map || !so.map->finished) {
        const bool hadCodes = so.loaded.codes != nullptr;
        take(so);
        if (!hadCodes && so.loaded.codes) {
            loaded = std::chrono::steady_clock::now();
        }
    }
    so.mapSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - loaded).count();
    line_.close();
    return so;
}

void AtlasRun::take(Mapped& so) {
    waitForNews();
    for (engine::AtlasEvent& event : atlas_.takeEvents()) {
        if (const auto* progress = std::get_if<engine::AtlasProgress>(&event)) {
            show(*progress);
        } else if (auto* loaded = std::get_if<engine::CodesLoaded>(&event)) {
            so.loaded = std::move(*loaded);
        } else if (auto* moved = std::get_if<engine::MapMoved>(&event)) {
            so.map = std::move(moved->map);
        } else if (const auto* ended = std::get_if<engine::AtlasEnded>(&event); ended && ended->error) {
            line_.close();
            throw engine::Error(*ended->error);
        }
    }
}

void AtlasRun::waitForNews() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return news_; });
    news_ = false;
}

void AtlasRun::show(const engine::AtlasProgress& progress) {
    line_.show({.step = static_cast<std::int64_t>(progress.fraction * 100.0),
                .target = 100,
                .unit = "percent",
                .fraction = progress.fraction,
                .secondsLeft = progress.secondsLeft,
                .state = progress.task == engine::AtlasTask::Load ? "encoding" : "mapping"});
}

} // namespace alphascope::app
