#pragma once
// Tiny runs for tests: a few filters, small batches, drawn digits; a step takes some milliseconds.

#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <fstream>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/api/error.h"
#include "engine/training/method_trainer.h"
#include "models/methods/method.h"
#include "models/state.h"

namespace alphascope::tests {

inline engine::RunConfig tinyRun(const std::string& method, const std::string& folder) {
    engine::RunConfig config;
    config.method = method;
    config.data = "color-glyphs";
    config.preset = "quick";
    config.overrides = {{"filters", "4"}, {"batchSize", "4"}, {"latentSize", "6"}};
    config.threads = 1;
    config.device = "cpu";
    config.runFolder = folder;
    return config;
}

/// A prepared trainer, ended with the test.
struct Trainer {
    explicit Trainer(const engine::RunConfig& config, engine::Clock clock = engine::steadyClock(),
                     engine::MethodTrainer::Classifiers classifiers = {})
        : trainer(std::move(clock), std::move(classifiers)) {
        engine::TrainerContext context;
        context.warn = [this](engine::SessionWarning warning) { warnings.push_back(std::move(warning)); };
        context.alarm = [this](engine::Alarm alarm) { alarms.push_back(std::move(alarm)); };
        try {
            trainer.prepare(config, context);
        } catch (...) {
            trainer.finish();
            throw;
        }
    }
    ~Trainer() { trainer.finish(); }
    Trainer(const Trainer&) = delete;
    Trainer& operator=(const Trainer&) = delete;

    void steps(int count) {
        for (int i = 0; i < count; ++i) {
            trainer.step({});
        }
    }
    engine::MethodTrainer* operator->() { return &trainer; }

    std::vector<engine::SessionWarning> warnings;
    std::vector<engine::Alarm> alarms;
    engine::MethodTrainer trainer;
};

/// The name of the first tensor that differs; "" when the two states are equal bit for bit.
inline std::string firstDifference(models::Method& a, models::Method& b) {
    const auto left = models::collectState(a);
    const auto right = models::collectState(b);
    if (left.size() != right.size()) {
        return "the number of tensors";
    }
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (left[i].name != right[i].name || !torch::equal(left[i].tensor, right[i].tensor)) {
            return left[i].name;
        }
    }
    return {};
}

/// Runs `work`, which is to throw an Error; gives it.
template <typename Work>
engine::Error errorOf(Work work) {
    try {
        work();
    } catch (const engine::Error& error) {
        return error;
    }
    return {engine::ErrorKind::Internal, "nothing was thrown"};
}

inline std::string folderIn(const QTemporaryDir& dir, const char* name) {
    return (dir.path() + QLatin1Char('/') + QLatin1String(name)).toStdString();
}

inline void addMethods() {
    QTest::addColumn<QString>("method");
    for (const models::MethodTraits& traits : models::methodCatalog()) {
        QTest::newRow(traits.name.c_str()) << QString::fromStdString(traits.name);
    }
}

} // namespace alphascope::tests
