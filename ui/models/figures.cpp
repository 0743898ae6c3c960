#include "ui/models/figures.h"

#include <cmath>

#include "ui/models/text.h"

namespace alphascope::ui {

namespace {

QString fixed(double value, int decimals) {
    return QString::number(value, 'f', decimals);
}

} // namespace

QString stepText(std::int64_t step) {
    QString digits = QString::number(step);
    for (qsizetype i = digits.size() - 3; i > (step < 0 ? 1 : 0); i -= 3)
        digits.insert(i, QLatin1Char(','));
    return digits;
}

QString rateText(double stepsPerSecond) {
    if (!(stepsPerSecond > 0.0))
        return {};
    if (stepsPerSecond < 0.5)
        return tr("%1 s/it").arg(fixed(1.0 / stepsPerSecond, 1));
    return tr("%1 it/s").arg(fixed(stepsPerSecond, stepsPerSecond < 100.0 ? 1 : 0));
}

QString bytesText(std::uint64_t bytes) {
    const double value = double(bytes);
    if (value >= 1e9)
        return tr("%1 GB").arg(fixed(value / 1e9, value < 1e10 ? 2 : 1));
    if (value >= 1e6)
        return tr("%1 MB").arg(fixed(value / 1e6, 0));
    return tr("%1 kB").arg(fixed(value / 1e3, 0));
}

QString millisecondsText(double ms) {
    return tr("%1 ms").arg(fixed(ms, ms < 0.95 ? 1 : 0));
}

QString figureText(double value, int digits) {
    if (std::isnan(value))
        return tr("not a number");
    if (std::isinf(value))
        return tr("infinite");
    return QString::number(value, 'g', digits);
}

QString dataTitle(const std::string& data, const std::string& transform) {
    QString title = QString::fromStdString(data);
    while (title.size() > 1 && title.endsWith(QLatin1Char('/')))
        title.chop(1);
    const qsizetype slash = title.lastIndexOf(QLatin1Char('/'));
    if (slash >= 0)
        title = title.mid(slash + 1);
    return transform.empty() ? title : title + QStringLiteral(" + ") + QString::fromStdString(transform);
}

} // namespace alphascope::ui
