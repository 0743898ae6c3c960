#include "ui/models/study_draft.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

#include "engine/api/error.h"
#include "ui/models/figures.h"
#include "ui/models/text.h"

namespace alphascope::ui {

namespace {

using engine::StudyMethod;
using engine::StudyRange;

QString rangeText(const StudyRange& range) {
    if (!range.values.empty()) {
        QStringList values;
        for (const std::string& value : range.values)
            values << text(value);
        return values.join(QStringLiteral(", "));
    }
    QString words = QStringLiteral("%1 to %2, %3")
                        .arg(text(models::toText(models::ParameterValue(range.low))),
                             text(models::toText(models::ParameterValue(range.high))),
                             range.logarithmic ? QStringLiteral("log") : QStringLiteral("linear"));
    if (range.points > 0)
        words += QStringLiteral(", %1 values").arg(range.points);
    return words;
}

/// Nothing about the parameter any more; those that took the same value as its range stand alone.
void forget(StudyMethod& method, const std::string& parameter) {
    method.fixed.erase(parameter);
    std::erase_if(method.ranges, [&](const StudyRange& range) { return range.parameter == parameter; });
    for (StudyRange& range : method.ranges)
        std::erase(range.also, parameter);
}

/// The number, or nothing when the text is none.
std::optional<double> numberOf(const QString& word) {
    bool valid = false;
    const double value = word.trimmed().toDouble(&valid);
    return valid ? std::optional(value) : std::nullopt;
}

/// "8 to 64, log, 4 values". Throws models::SchemaError.
StudyRange parseEnds(const models::ParameterSpec& spec, const QStringList& parts,
                     const QRegularExpressionMatch& ends) {
    StudyRange range{.parameter = spec.name};
    for (const auto& [group, target] : {std::pair(1, &range.low), std::pair(2, &range.high)}) {
        models::parseValue(spec, ends.captured(group).trimmed().toStdString()); // its faults are sentences
        const std::optional<double> value = numberOf(ends.captured(group));
        if (!value)
            throw models::SchemaError(spec.title + " is no number: list its values, with commas.");
        *target = *value;
    }
    range.logarithmic = spec.logarithmic && range.low > 0.0;
    static const QRegularExpression points(QStringLiteral(R"(^(\d{1,4}) values?$)"));
    for (const QString& part : parts.mid(1)) {
        if (const auto match = points.match(part); match.hasMatch())
            range.points = match.captured(1).toInt();
        else if (part == QStringLiteral("log") || part == QStringLiteral("linear"))
            range.logarithmic = part == QStringLiteral("log");
        else
            throw models::SchemaError("After a range come \"log\", \"linear\" or \"4 values\", not \"" +
                                      part.toStdString() + "\".");
    }
    return range;
}

StudyRange parseRange(const models::ParameterSpec& spec, const QString& words) {
    QStringList parts;
    for (const QString& part : words.split(QLatin1Char(',')))
        parts << part.trimmed();
    parts.removeAll(QString());
    static const QRegularExpression ends(QStringLiteral(R"(^(\S+)\s+to\s+(\S+)$)"));
    if (const auto match = ends.match(parts.value(0)); match.hasMatch())
        return parseEnds(spec, parts, match);
    StudyRange range{.parameter = spec.name};
    for (const QString& part : parts)
        range.values.push_back(models::toText(models::parseValue(spec, part.toStdString())));
    return range;
}

QString counted(std::size_t count, const QString& one, const QString& many) {
    return QStringLiteral("%1 %2").arg(stepText(std::int64_t(count)), count == 1 ? one : many);
}

} // namespace

QString parameterText(const StudyMethod& method, const std::string& parameter) {
    if (const auto fixed = method.fixed.find(parameter); fixed != method.fixed.end())
        return text(fixed->second);
    for (const StudyRange& range : method.ranges) {
        if (range.parameter == parameter)
            return rangeText(range);
        if (std::find(range.also.begin(), range.also.end(), parameter) != range.also.end())
            return QStringLiteral("as %1").arg(text(range.parameter));
    }
    return {};
}

QString setParameterText(StudyMethod& method, const models::Schema& schema, const std::string& parameter,
                         const QString& typed) {
    const QString words = typed.trimmed();
    StudyMethod changed = method;
    try {
        const models::ParameterSpec& spec = models::findSpec(schema, parameter);
        std::vector<std::string> also;
        for (const StudyRange& range : changed.ranges)
            if (range.parameter == parameter)
                also = range.also;
        if (words.startsWith(QStringLiteral("as "))) {
            const std::string other = words.mid(3).trimmed().toStdString();
            forget(changed, parameter);
            const auto range = std::find_if(changed.ranges.begin(), changed.ranges.end(),
                                            [&](const StudyRange& one) { return one.parameter == other; });
            if (range == changed.ranges.end())
                return tr("%1 cannot follow %2, which has no range of its own.")
                    .arg(text(spec.title), text(other));
            range->also.push_back(parameter);
        } else if (words.isEmpty()) {
            forget(changed, parameter);
        } else {
            StudyRange range = parseRange(spec, words);
            const auto old = std::find_if(changed.ranges.begin(), changed.ranges.end(),
                                          [&](const StudyRange& one) { return one.parameter == parameter; });
            const auto place = old - changed.ranges.begin();
            forget(changed, parameter);
            if (range.values.size() == 1 && also.empty()) {
                changed.fixed[parameter] = range.values.front();
            } else {
                range.also = also;
                changed.ranges.insert(changed.ranges.begin() +
                                          std::min<std::ptrdiff_t>(place, std::ssize(changed.ranges)),
                                      std::move(range));
            }
        }
    } catch (const models::SchemaError& error) {
        const QString reason = text(error.what());
        return reason.endsWith(QLatin1Char('.')) ? reason : reason + QLatin1Char('.');
    }
    method = std::move(changed);
    return {};
}

QString allowedText(const models::ParameterSpec& spec) {
    switch (spec.type) {
    case models::ParameterType::Boolean:
        return tr("true or false");
    case models::ParameterType::Choice: {
        QStringList names;
        for (const std::string& choice : spec.choices)
            names << text(choice);
        return names.join(QStringLiteral(", "));
    }
    case models::ParameterType::Integer:
    case models::ParameterType::Real:
        break;
    }
    return tr("%1 to %2").arg(figureText(spec.minimum, 6), figureText(spec.maximum, 6));
}

engine::Study emptyStudy(const std::string& data) {
    engine::Study study{.name = "my-study", .settings = 8};
    study.checkpointEvery = 250;
    study.data.push_back({.title = dataTitle(data).toStdString(), .data = data});
    study.judging.metrics = {"critic", "reconstruction"};
    study.judging.count = 2000;
    return study;
}

StudyCheck checkStudy(const engine::Study& study) {
    try {
        const engine::Study read = engine::studyFromJson(engine::toJson(study), "The plan");
        const engine::StudyPlan plan(read);
        std::vector<std::size_t> settings;
        for (std::size_t i = 0; i < read.methods.size(); ++i)
            settings.push_back(plan.settingsOf(i));
        const auto [least, most] = std::minmax_element(settings.begin(), settings.end());
        const QString drawn = *least == *most ? counted(*most, tr("setting"), tr("settings"))
                                              : tr("%1 to %2 settings").arg(*least).arg(*most);
        const QStringList factors{counted(read.methods.size(), tr("method"), tr("methods")), drawn,
                                  counted(read.data.size(), tr("set"), tr("sets")),
                                  counted(std::size_t(read.seeds), tr("seed"), tr("seeds"))};
        return {{},
                counted(plan.size(), tr("trial"), tr("trials")) + QStringLiteral(": ") +
                    factors.join(QStringLiteral(" × "))};
    } catch (const engine::Error& error) {
        QString sentence = text(error.sentence());
        const QString prefix = QStringLiteral("The plan is not a study: ");
        if (sentence.startsWith(prefix)) {
            sentence = sentence.mid(prefix.size());
            sentence[0] = sentence[0].toUpper();
        }
        return {sentence, {}};
    }
}

} // namespace alphascope::ui
