#include "ui/models/direction_text.h"

#include <QStringList>

#include "ui/models/text.h"

namespace alphascope::ui {

namespace {

using engine::DirectionKind;

QString fixedNumber(double value, int decimals) {
    return QString::number(value, 'f', decimals);
}

QString withInterval(const engine::Interval& interval, int decimals) {
    return tr("%1 (%2 to %3)")
        .arg(fixedNumber(interval.value, decimals), fixedNumber(interval.low, decimals),
             fixedNumber(interval.high, decimals));
}

} // namespace

Direction sliderRow(const engine::LatentDirection& direction, bool own) {
    Direction row;
    row.id = QString::fromUtf8(engine::toText(direction.kind)) + QLatin1Char(':') +
             QString::fromStdString(direction.name);
    row.label = QString::fromStdString(direction.name);
    row.toolTip = directionStory(direction);
    row.minimum = -direction.range;
    row.maximum = direction.range;
    row.starred = own;
    return row;
}

QString directionFacts(const engine::LatentDirection& direction) {
    QStringList facts;
    if (direction.quality) {
        const auto& quality = *direction.quality;
        if (quality.auc)
            facts << tr("AUC %1").arg(withInterval(*quality.auc, 2));
        facts << tr("shift %1 σ").arg(withInterval(quality.shift, 1));
        facts << tr("stability %1").arg(fixedNumber(quality.stability, 2));
    }
    if (direction.share > 0.0)
        facts << (direction.kind == DirectionKind::Component ? tr("%1 % of the variance")
                                                             : tr("%1 % of the change"))
                     .arg(fixedNumber(100.0 * direction.share, direction.share < 0.0995 ? 1 : 0));
    if (direction.sigma != 1.0)
        facts << tr("σ %1").arg(fixedNumber(direction.sigma, 2));
    return facts.join(QStringLiteral(" · "));
}

QString directionStory(const engine::LatentDirection& direction) {
    QStringList lines{QString::fromStdString(direction.name)};
    if (!direction.origin.empty())
        lines << QString::fromStdString(direction.origin);
    if (direction.quality) {
        lines << tr("AUC: how well pictures that were not used to find it are told apart along it; 0.5 is by "
                    "chance.");
        lines << tr("Stability: mean cosine to the directions that other samples would have given.");
    }
    lines << tr("The hill beneath the slider: how far an edit there leaves what the encoder knows.");
    return lines.join(QLatin1Char('\n'));
}

} // namespace alphascope::ui
