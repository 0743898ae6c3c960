#include "ui/widgets/figure_axes.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/curve_axes.h"
#include "ui/widgets/paint_help.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double mostPlain = 1e6;    // larger numbers are written in powers of ten
constexpr double fewestDigits = 1e4; // from here on curveValueText() writes powers of ten
constexpr int mostDecimals = 5;

} // namespace

QStringList tickTexts(const std::vector<double>& ticks) {
    double step = INFINITY;
    for (std::size_t i = 1; i < ticks.size(); ++i) {
        step = std::min(step, ticks[i] - ticks[i - 1]);
    }
    const int decimals =
        std::isfinite(step) ? std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9))) : 0;
    const double unit = std::pow(10.0, decimals);
    const bool even = std::all_of(ticks.begin(), ticks.end(), [&](double tick) {
        return std::abs(tick) < mostPlain && std::abs(tick * unit - std::round(tick * unit)) < 1e-6;
    });
    QStringList texts;
    for (const double tick : ticks) {
        texts << (even && decimals <= mostDecimals ? numberText(tick, decimals) : settingText(tick));
    }
    return texts;
}

QString settingText(double value) {
    const bool wide = std::abs(value) >= fewestDigits && std::abs(value) < mostPlain;
    return wide ? numberText(value, 0) : curveValueText(value);
}

QString shortText(double value) {
    return settingText(QString::number(value, 'g', 3).toDouble());
}

QFont axisFont(const QFont& base) {
    QFont font = titleFont(base);
    font.setWeight(QFont::Normal);
    font.setLetterSpacing(QFont::AbsoluteSpacing, 0);
    return tabularFont(font);
}

void paintGridLine(QPainter& painter, const QPointF& from, const QPointF& to, const QColor& color) {
    const bool level = from.y() == to.y();
    QRectF line(from, to);
    level ? line.moveTop(std::round(from.y())) : line.moveLeft(std::round(from.x()));
    level ? line.setHeight(1) : line.setWidth(1);
    painter.fillRect(line, color);
}

QString aimText(engine::FigureAim aim) {
    switch (aim) {
    case engine::FigureAim::Higher:
        return QCoreApplication::translate("StudyPlot", "higher is better");
    case engine::FigureAim::Closer:
        return QCoreApplication::translate("StudyPlot", "closer to the data is better");
    case engine::FigureAim::Lower:
        break;
    }
    return QCoreApplication::translate("StudyPlot", "lower is better");
}

} // namespace alphascope::ui
