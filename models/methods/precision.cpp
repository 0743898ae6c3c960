#include "models/methods/precision.h"

#include <ATen/autocast_mode.h>

namespace alphascope::models {

ReducedPrecision::ReducedPrecision(bool enabled, const torch::Device& device)
    : enabled_(enabled), type_(device.type()) {
    if (!enabled_) {
        return;
    }
    wasEnabled_ = at::autocast::is_autocast_enabled(type_);
    previousType_ = at::autocast::get_autocast_dtype(type_);
    at::autocast::set_autocast_enabled(type_, true);
    at::autocast::set_autocast_dtype(type_, torch::kBFloat16);
    at::autocast::increment_nesting();
}

ReducedPrecision::~ReducedPrecision() {
    if (!enabled_) {
        return;
    }
    if (at::autocast::decrement_nesting() == 0) {
        at::autocast::clear_cache();
    }
    at::autocast::set_autocast_enabled(type_, wasEnabled_);
    at::autocast::set_autocast_dtype(type_, previousType_);
}

} // namespace alphascope::models
