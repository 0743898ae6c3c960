#pragma once
// What LibTorch and the schema throw, as the engine's one error type. Any thread.

#include <exception>
#include <utility>

#include "engine/api/error.h"

namespace alphascope::engine {

/// For a catch block: the exception in flight as an Error. Memory that ran out, on either device, and a lost
/// device become TrainingFailed with what to do about it; a wrong parameter becomes Usage; an Error stays.
Error faultInFlight();

/// Runs `work`; whatever it throws leaves as an Error.
template <typename Work>
auto withFaultsAsErrors(Work&& work) {
    try {
        return std::forward<Work>(work)();
    } catch (...) {
        throw faultInFlight();
    }
}

} // namespace alphascope::engine
