#include "engine/api/explorer.h"

#include <utility>

#include "engine/concurrency/core_thread.h"
#include "engine/exploring/explorer_core.h"

namespace alphascope::engine {

struct Explorer::Impl : CoreThread<ExplorerCore> {
    using CoreThread::CoreThread;
};

Explorer::Explorer(std::function<void()> notify, ExplorerOptions options)
    : impl_(std::make_unique<Impl>(std::move(notify), options)) {}

Explorer::~Explorer() = default;

void Explorer::open(const std::string& path) {
    impl_->core.open(path);
}

void Explorer::follow(std::shared_ptr<LiveModel> model) {
    impl_->core.follow(std::move(model));
}

void Explorer::request(ExploreRequest request) {
    impl_->core.request(std::move(request));
}

void Explorer::cancel(ExploreLane lane) {
    impl_->core.cancel(lane);
}

std::vector<ExplorerEvent> Explorer::takeEvents() {
    return impl_->core.takeEvents();
}

std::vector<ExploreResult> Explorer::takeResults() {
    return impl_->core.takeResults();
}

} // namespace alphascope::engine
