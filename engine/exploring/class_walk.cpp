#include "engine/exploring/class_walk.h"

#include <fmt/format.h>

#include "engine/api/error.h"

namespace alphascope::engine {

ClassWalk::ClassWalk(models::Method& method, const torch::Tensor& start, std::int64_t classes,
                     const Options& options)
    : method_(method), options_(options), random_(options.seed),
      codes_(start.clone()) { // outside inference mode: the steps record gradients
    if (options_.label < 0 || options_.label >= classes) {
        throw Error(ErrorKind::Usage,
                    fmt::format("There is no class {}: this model has {}.", options_.label, classes),
                    fmt::format("Choose one from 0 to {}.", classes - 1));
    }
    if (options_.steps < 1) {
        throw Error(ErrorKind::Usage,
                    fmt::format("A walk towards a class cannot have {} steps.", options_.steps),
                    "Give 1 or more.");
    }
}

void ClassWalk::step() {
    random_.beginUpdate(done_, 0);
    const models::Method::ConditionalStep moved = method_.stepTowards(options_.label, codes_, random_);
    codes_ = moved.codes.detach();
    curve_.push_back(moved.probability.detach().mean().item<float>());
    ++done_;
}

} // namespace alphascope::engine
