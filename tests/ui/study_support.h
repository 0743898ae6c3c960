#pragma once
// A study on the disk, with made-up results: nothing is trained. Written through engine/api/study.h, as the
// command line does.

#include <QDir>
#include <QFile>
#include <QString>

#include <functional>
#include <string>

#include "engine/api/study.h"

namespace alphascope::ui::test {

/// Four settings of alpha-gan (two rates by two weights) and three of dcgan, on one set or two.
inline engine::Study sampleStudy(int seeds = 1, int sets = 1) {
    engine::Study study{.name = "tiny", .description = "For tests."};
    study.search = engine::StudySearch::Grid;
    study.seeds = seeds;
    study.steps = 10;
    for (int i = 0; i < sets; ++i)
        study.data.push_back(
            {.title = i == 0 ? "Glyphs" : "Colour", .data = i == 0 ? "glyphs" : "color-glyphs"});
    study.methods.push_back({.method = "alpha-gan",
                             .title = "α-GAN",
                             .preset = "quick",
                             .ranges = {{.parameter = "rateEncoder", .values = {"0.0001", "0.0005"}},
                                        {.parameter = "lambdaEncoder", .values = {"5", "10"}}}});
    study.methods.push_back(
        {.method = "dcgan",
         .title = "DCGAN",
         .preset = "quick",
         .ranges = {{.parameter = "rateGenerator", .values = {"0.0001", "0.0002", "0.001"}}}});
    return study;
}

/// alpha-gan's critic is -0.40, -0.41, ... and dcgan's -0.70, ...; seeds are 0.02 apart.
inline double sampleCritic(const engine::Trial& trial) {
    return (trial.method == 0 ? -0.40 : -0.70) - 0.01 * double(trial.setting) + 0.02 * trial.repeat;
}

inline engine::TrialResult sampleResult(const engine::Trial& trial) {
    engine::TrialResult result{.step = 10, .seconds = 2.0 + double(trial.setting)};
    result.figures.push_back({.name = "critic",
                              .value = sampleCritic(trial),
                              .reference = -0.1,
                              .aim = engine::FigureAim::Higher,
                              .convention = "A critic."});
    // The other way round: the later the better.
    result.figures.push_back({.name = "is",
                              .value = (trial.method == 0 ? 9.0 : 8.0) + 0.1 * double(trial.setting),
                              .aim = engine::FigureAim::Higher,
                              .convention = "A score."});
    return result;
}

class StudyFolder {
public:
    StudyFolder(const QString& path, const engine::Study& study) : path_(path), plan_(study) {
        engine::createStudy(path.toStdString(), study);
    }

    const QString& path() const { return path_; }
    const engine::StudyPlan& plan() const { return plan_; }
    QString trial(std::size_t index) const {
        return QString::fromStdString(engine::trialFolder(path_.toStdString(), index));
    }

    void finish(std::size_t index) const { save(index, sampleResult(plan_.trial(index))); }
    void finishAll() const {
        for (std::size_t i = 0; i < plan_.size(); ++i)
            finish(i);
    }
    void fail(std::size_t index, engine::TrialState state = engine::TrialState::Diverged) const {
        engine::TrialResult result{.state = state, .reason = "The loss of E became infinite.", .step = 3};
        save(index, result);
    }
    void save(std::size_t index, const engine::TrialResult& result) const {
        QDir().mkpath(trial(index));
        engine::saveTrialResult(path_.toStdString(), plan_.trial(index), result);
    }

private:
    QString path_;
    engine::StudyPlan plan_;
};

inline bool overwrite(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(bytes) == bytes.size();
}

/// A program that stands in for alphascope-cli: a shell script, called with `study run FOLDER ...`.
inline QString fakeProgram(const QString& path, const QByteArray& body) {
    overwrite(path, "#!/bin/sh\n" + body);
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

} // namespace alphascope::ui::test
