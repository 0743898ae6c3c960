#pragma once
// Losses between the device and the reader: kept as tensors while training goes on, read back together, since
// each read waits for the device. Also the guard against numbers that are no longer finite. Session thread.

#include "models/libtorch.h"

#include <cstdint>
#include <string>
#include <vector>

#include "engine/api/session.h"
#include "models/methods/method.h"

namespace alphascope::engine {

/// The first loss that was NaN or infinite, and when.
struct BrokenLoss {
    std::string tag; ///< "loss/D"
    std::int64_t step = 0;
    double value = 0.0;
};

class ScalarLog {
public:
    /// `report` belongs to the update that ended at `step`.
    void add(std::int64_t step, const models::UpdateReport& report);
    /// A figure that is known already; joins the point of the same step when that is the last one.
    void add(std::int64_t step, const std::string& tag, double value);

    std::size_t pending() const { return entries_.size(); }

    /// Everything since the last call, oldest first. Points at and after a broken loss are left out: they
    /// stay unread, and broken() tells about it for good.
    std::vector<MetricPoint> read();
    const BrokenLoss* broken() const { return isBroken_ ? &broken_ : nullptr; }

private:
    struct Entry {
        MetricPoint point; ///< what is known already
        std::vector<std::pair<std::string, torch::Tensor>> unread;
    };
    void readTensors();

    std::vector<Entry> entries_;
    BrokenLoss broken_;
    bool isBroken_ = false;
};

} // namespace alphascope::engine
