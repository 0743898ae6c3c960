#pragma once
// A study while a person plans it: what may be typed for each parameter of a method, and what is wrong with
// it. No widgets. checkStudy() draws every setting: for a worker thread.

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

#include "engine/api/metrics.h"
#include "engine/api/study.h"
#include "models/schema/method_traits.h"

namespace alphascope::ui {

/// What is typed for a parameter: "" (the preset's value), one value, "0.0001, 0.0002" (a list),
/// "0.0001 to 0.001, log" or "8 to 64, 4 values" (a range), or "as rateEncoder" (the same value as that one).
QString parameterText(const engine::StudyMethod& method, const std::string& parameter);
/// Takes what was typed; gives "" or one sentence why not, and then the method stays as it was.
QString setParameterText(engine::StudyMethod& method, const models::Schema& schema,
                         const std::string& parameter, const QString& text);
/// "0 to 1", "true, false": what the schema allows.
QString allowedText(const models::ParameterSpec& spec);
/// What a person chooses from when planning a study.
struct StudyQuestion {
    std::vector<models::MethodTraits> methods{};
    std::vector<engine::MetricInfo> metrics{};
    QStringList data{};   ///< names of sets that are at hand
    QString parentFolder; ///< where studies usually lie
};
/// What came of it.
struct StudyOrder {
    engine::Study study;
    QString folder;
};

/// A study without methods on one set, to be filled in.
engine::Study emptyStudy(const std::string& data);

struct StudyCheck {
    QString problem; ///< one sentence; "" when it can be made
    QString summary; ///< "96 trials: 2 methods x 12 settings x 2 sets x 2 seeds"
};
/// The same faults as a study.json has.
StudyCheck checkStudy(const engine::Study& study);

} // namespace alphascope::ui
