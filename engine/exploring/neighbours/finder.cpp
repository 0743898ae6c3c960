#include "engine/api/neighbour_finder.h"

#include <utility>

#include "engine/concurrency/core_thread.h"
#include "engine/exploring/neighbours/finder_core.h"

namespace alphascope::engine {

struct NeighbourFinder::Impl : CoreThread<FinderCore> {
    using CoreThread::CoreThread;
};

NeighbourFinder::NeighbourFinder(std::function<void()> notify, NeighbourFinderOptions options)
    : impl_(std::make_unique<Impl>(std::move(notify), options)) {}

NeighbourFinder::~NeighbourFinder() = default;

void NeighbourFinder::open(NeighbourSource source) {
    impl_->core.open(std::move(source));
}
void NeighbourFinder::ask(std::uint64_t stamp, Image picture) {
    impl_->core.ask(stamp, std::move(picture));
}
void NeighbourFinder::judge(std::size_t samples, std::uint64_t seed) {
    impl_->core.judge(samples, seed);
}
void NeighbourFinder::cancel(NeighbourTask task) {
    impl_->core.cancel(task);
}
void NeighbourFinder::setPaused(bool paused) {
    impl_->core.setPaused(paused);
}
std::vector<NeighbourEvent> NeighbourFinder::takeEvents() {
    return impl_->core.takeEvents();
}

} // namespace alphascope::engine
