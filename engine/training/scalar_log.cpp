#include "engine/training/scalar_log.h"

#include <chrono>
#include <cmath>
#include <utility>

namespace alphascope::engine {

namespace {

double now() {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

} // namespace

void ScalarLog::add(std::int64_t step, const models::UpdateReport& report) {
    Entry& entry = entries_.emplace_back();
    entry.point.step = step;
    entry.point.wallTime = now();
    for (const auto& [tag, tensor] : report.scalars) {
        entry.unread.emplace_back(tag, tensor.detach());
    }
}

void ScalarLog::add(std::int64_t step, const std::string& tag, double value) {
    if (entries_.empty() || entries_.back().point.step != step) {
        Entry& entry = entries_.emplace_back();
        entry.point.step = step;
        entry.point.wallTime = now();
    }
    entries_.back().point.values.emplace_back(tag, value);
}

void ScalarLog::readTensors() {
    std::vector<torch::Tensor> all;
    for (const Entry& entry : entries_) {
        for (const auto& [tag, tensor] : entry.unread) {
            all.push_back(tensor.to(torch::kDouble).reshape({}));
        }
    }
    if (all.empty()) {
        return;
    }
    const torch::Tensor host = torch::stack(all).to(torch::kCPU);
    const double* value = host.const_data_ptr<double>();
    for (Entry& entry : entries_) {
        std::vector<std::pair<std::string, double>> values;
        for (const auto& [tag, tensor] : entry.unread) {
            values.emplace_back(tag, *value++);
        }
        values.insert(values.end(), entry.point.values.begin(), entry.point.values.end());
        entry.point.values = std::move(values);
    }
}

std::vector<MetricPoint> ScalarLog::read() {
    const torch::NoGradGuard guard;
    std::vector<MetricPoint> points;
    if (isBroken_) {
        return points;
    }
    readTensors();
    for (Entry& entry : entries_) {
        for (const auto& [tag, value] : entry.point.values) {
            if (!std::isfinite(value) && !isBroken_) {
                broken_ = {tag, entry.point.step, value};
                isBroken_ = true;
            }
        }
        if (isBroken_) {
            break;
        }
        points.push_back(std::move(entry.point));
    }
    entries_.clear();
    return points;
}

} // namespace alphascope::engine
