#include "engine/api/atlas.h"

#include <utility>

#include "engine/concurrency/core_thread.h"
#include "engine/exploring/atlas/atlas_core.h"

namespace alphascope::engine {

struct Atlas::Impl : CoreThread<AtlasCore> {
    using CoreThread::CoreThread;
};

Atlas::Atlas(std::function<void()> notify, AtlasOptions options)
    : impl_(std::make_unique<Impl>(std::move(notify), options)) {}

Atlas::~Atlas() = default;

void Atlas::load(AtlasSource source) {
    impl_->core.load(std::move(source));
}
void Atlas::map(MapOrder order) {
    impl_->core.map(order);
}
void Atlas::measureErrors() {
    impl_->core.measureErrors();
}
void Atlas::trainCritic(std::uint64_t seed) {
    impl_->core.trainCritic(seed);
}
void Atlas::askField(std::uint64_t stamp, Codes codes) {
    impl_->core.askField(stamp, std::move(codes));
}
void Atlas::cancel(AtlasTask task) {
    impl_->core.cancel(task);
}
std::vector<AtlasEvent> Atlas::takeEvents() {
    return impl_->core.takeEvents();
}

} // namespace alphascope::engine
