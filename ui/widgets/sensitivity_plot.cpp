#include "ui/widgets/sensitivity_plot.h"

#include "ui/models/text.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/figure_axes.h"

#include <QPainter>

#include <algorithm>
#include <map>

namespace alphascope::ui {

namespace {

constexpr double roomOverDots = 8;
constexpr double tickLength = 4;
constexpr double tickWidth = 60;    // wanted between labels below the axis
constexpr double labelsApart = 8;   // at least
constexpr double choiceShare = 0.3; // of a choice's width over which its dots are spread, to each side

} // namespace

SensitivityPlot::SensitivityPlot(QWidget* parent) : SettingPlot(parent) {
    setObjectName(QStringLiteral("sensitivityPlot"));
    setAccessibleName(tr("Figure over a parameter"));
}

void SensitivityPlot::show(const engine::StudyFigures& figures, std::size_t sensitivity) {
    forget();
    if (sensitivity < figures.sensitivity.size()) {
        panel_ = figures.sensitivity[sensitivity];
        const auto values =
            std::find_if(figures.panels.begin(), figures.panels.end(),
                         [&](const engine::StudyPanel& panel) { return panel.data == panel_.data; });
        values_ = values == figures.panels.end() ? engine::StudyPanel{} : *values;
        values_.reference.reset(); // the same everywhere, so that they say nothing here, and squeeze the rest
        values_.floor.reset();
        if (values_.columns.empty()) {
            forget();
        }
    }
    aim_ = figures.aim;
    metric_ = text(figures.metricTitle);
    contentChanged();
}

void SensitivityPlot::layOut() {
    const double below = tickLength + 2 * lineHeight() + 6;
    const QRectF room = areaBeside(engine::valueScale(values_, 1, 0, false), roomOverDots, below);
    setScale(engine::valueScale(values_, room.bottom(), room.top(), false), room);
    across_ = engine::parameterScale(panel_, room.left(), room.right());
    const double wide =
        panel_.choices.empty() ? 0 : choiceShare * room.width() / static_cast<double>(panel_.choices.size());
    QVector<Dot> dots;
    std::map<double, qsizetype> together; // side by side where they share a choice
    for (const engine::StudyPoint& point : panel_.points) {
        Dot dot = dotFor(point, panel_.method);
        dot.at.setX(across_.at(point.x) + scattered(together[point.x]++) * wide);
        dots.append(dot);
    }
    setDots(std::move(dots));
}

QStringList SensitivityPlot::parameterTexts(const std::vector<double>& ticks) const {
    if (panel_.choices.empty() && !across_.isLogarithmic()) {
        return tickTexts(ticks);
    }
    QStringList texts;
    for (const double tick : ticks) {
        if (panel_.choices.empty()) {
            texts << settingText(tick);
            continue;
        }
        const auto choice = static_cast<std::size_t>(tick);
        texts << (choice < panel_.choices.size() ? text(panel_.choices[choice]) : QString());
    }
    return texts;
}

QStringList SensitivityPlot::wordsOf(const Dot& dot) const {
    const auto point =
        std::find_if(panel_.points.begin(), panel_.points.end(), [&](const engine::StudyPoint& each) {
            return static_cast<int>(each.ranked) == dot.ranked;
        });
    const QString value = panel_.choices.empty() ? settingText(point->x) : parameterTexts({point->x}).first();
    return {text(panel_.title), QStringLiteral("%1  %2").arg(metric_, settingText(dot.value)),
            QStringLiteral("%1  %2").arg(text(panel_.parameter), value)};
}

QString SensitivityPlot::tipAt(const QPointF& at) const {
    return at.y() > area().bottom() ? text(panel_.parameter) : QString();
}

QString SensitivityPlot::description() const {
    if (isEmpty()) {
        return {};
    }
    return tr("%1 of %2 over %3, %4, %n setting(s)", nullptr, static_cast<int>(panel_.points.size()))
        .arg(metric_, text(panel_.title), text(panel_.parameter), aimText(aim_));
}

void SensitivityPlot::paintGround(QPainter& painter) {
    const Tokens& t = tokens();
    paintValueAxis(painter);
    const QRectF room = area();
    const QColor axis = mix(t.line, t.muted, 0.5);
    paintGridLine(painter, room.bottomLeft(), room.bottomRight(), axis);
    painter.setFont(axisFont(font()));
    const QFontMetricsF metrics(painter.font());
    const int wanted = std::max(2, static_cast<int>(room.width() / tickWidth));
    const std::vector<double> ticks = engine::parameterTicks(panel_, across_, wanted);
    const QStringList texts = parameterTexts(ticks);
    double free = 0; // labels that would run into the one before are left out
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        const double x = across_.at(ticks[i]);
        paintGridLine(painter, {x, room.bottom()}, {x, room.bottom() + tickLength}, axis);
        const QString& words = texts[static_cast<qsizetype>(i)];
        const double half = metrics.horizontalAdvance(words) / 2;
        const double middle = std::min(x, width() - half - 1);
        if (middle - half >= free) {
            painter.setPen(t.muted);
            painter.drawText(
                QRectF(middle - half - 1, room.bottom() + tickLength, 2 * half + 2, lineHeight()),
                Qt::AlignCenter, words);
            free = middle + half + labelsApart;
        }
    }
    painter.setPen(t.text);
    painter.drawText(
        QRectF(room.left(), room.bottom() + tickLength + lineHeight(), room.width(), lineHeight()),
        Qt::AlignCenter, metrics.elidedText(text(panel_.parameter), Qt::ElideRight, room.width()));
}

} // namespace alphascope::ui
