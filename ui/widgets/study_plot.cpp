#include "ui/widgets/study_plot.h"

#include "ui/models/text.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/figure_axes.h"
#include "ui/widgets/paint_help.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double roomAbove = 18;          // for the words of a line at the very top
constexpr double widestViolin = 34;       // half of it
constexpr double violinShare = 0.36;      // of a column, half a violin
constexpr double circlesApart = 3.9;      // half the distance of circles side by side
constexpr double scatterShare = 0.85;     // of the violin, over which dots are spread
constexpr double spreadOpacity = 0.38;    // of the violin
constexpr int violinRows = 72;            // points of its outline on each side
constexpr std::size_t fewestForShape = 5; // settings; fewer are shown by their dots alone

/// How many settings have a value near by, 1 where most have: a Gaussian kernel of Silverman's width
/// (Silverman 1986, "Density Estimation", eq. 3.31).
class Density {
public:
    explicit Density(const engine::StudyColumn& column) : points_(column.points) {
        const double n = static_cast<double>(points_.size());
        double mean = 0;
        for (const engine::StudyPoint& point : points_) {
            mean += point.value / n;
        }
        double square = 0;
        for (const engine::StudyPoint& point : points_) {
            square += (point.value - mean) * (point.value - mean) / std::max(1.0, n - 1);
        }
        const double quartiles = (column.thirdQuartile - column.firstQuartile) / 1.34;
        const double spread = quartiles > 0 ? std::min(std::sqrt(square), quartiles) : std::sqrt(square);
        width_ = 0.9 * spread * std::pow(n, -0.2);
        if (hasShape()) {
            for (const engine::StudyPoint& point : points_) {
                highest_ = std::max(highest_, sum(point.value));
            }
        }
    }

    bool hasShape() const { return points_.size() >= fewestForShape && width_ > 0; }
    double at(double value) const { return hasShape() ? std::min(1.0, sum(value) / highest_) : 1.0; }

private:
    double sum(double value) const {
        double total = 0;
        for (const engine::StudyPoint& point : points_) {
            const double distance = (point.value - value) / width_;
            total += std::exp(-0.5 * distance * distance);
        }
        return total;
    }

    const std::vector<engine::StudyPoint>& points_;
    double width_ = 0;
    double highest_ = 0;
};

} // namespace

StudyPlot::StudyPlot(QWidget* parent) : SettingPlot(parent) {
    setObjectName(QStringLiteral("studyPlot"));
    setAccessibleName(tr("Best values and spread of the methods"));
}

void StudyPlot::show(const engine::StudyFigures& figures, std::size_t panel) {
    panel_ = panel < figures.panels.size() ? figures.panels[panel] : engine::StudyPanel{};
    aim_ = figures.aim;
    metric_ = text(figures.metricTitle);
    contentChanged();
}

// ---- layout ---------------------------------------------------------------------------------------------

void StudyPlot::layOut() {
    const bool failures = std::any_of(panel_.columns.begin(), panel_.columns.end(),
                                      [](const engine::StudyColumn& column) { return column.failed > 0; });
    const double names = QFontMetricsF(font()).height() + (failures ? lineHeight() : 0);
    const QRectF room = areaBeside(engine::valueScale(panel_, 1, 0, false), roomAbove, names + 10);
    setScale(engine::valueScale(panel_, room.bottom(), room.top(), false), room);
    QVector<Dot> dots;
    for (std::size_t column = 0; column < panel_.columns.size(); ++column) {
        const engine::StudyColumn& settings = panel_.columns[column];
        const QRectF slot = slotOf(column);
        const double middle = slot.center().x();
        const Density density(settings);
        std::vector<std::pair<double, double>> circles;
        for (const engine::StudyPoint& point : settings.points) {
            Dot dot = dotFor(point, settings.method);
            dot.column = static_cast<int>(column);
            if (dot.amongBest) {
                const double x = engine::placeBeside(circles, middle, dot.at.y(), circlesApart);
                dot.at.setX(std::clamp(x, slot.left() + circlesApart, slot.right() - circlesApart));
                circles.emplace_back(dot.at.x(), dot.at.y());
            } else { // scattered as wide as the violin is there, the same each time
                const double reach = scatterShare * halfWidth() * density.at(point.value);
                dot.at.setX(middle + reach * scattered(dots.size()));
            }
            dots.append(dot);
        }
    }
    setDots(std::move(dots));
}

QRectF StudyPlot::slotOf(std::size_t column) const {
    const double step = area().width() / static_cast<double>(panel_.columns.size());
    return {area().left() + static_cast<double>(column) * step, area().top(), step, area().height()};
}

double StudyPlot::halfWidth() const {
    return std::min(widestViolin, violinShare * slotOf(0).width());
}

// ---- words ----------------------------------------------------------------------------------------------

QString StudyPlot::summaryOf(const engine::StudyColumn& column) const {
    QString words =
        tr("%1: best %2, median %3, %n setting(s)", nullptr, static_cast<int>(column.points.size()))
            .arg(text(column.title), settingText(column.best), settingText(column.median));
    if (column.failed > 0) {
        words += tr(", %n trial(s) diverged or failed", nullptr, static_cast<int>(column.failed));
    }
    return words;
}

QStringList StudyPlot::wordsOf(const Dot& dot) const {
    return {text(panel_.columns[static_cast<std::size_t>(dot.column)].title),
            QStringLiteral("%1  %2").arg(metric_, settingText(dot.value))};
}

QString StudyPlot::tipAt(const QPointF& at) const {
    for (std::size_t i = 0; i < panel_.columns.size() && at.y() > area().bottom(); ++i) {
        const QRectF slot = slotOf(i);
        if (at.x() >= slot.left() && at.x() < slot.right()) {
            return summaryOf(panel_.columns[i]);
        }
    }
    return {};
}

QString StudyPlot::description() const {
    if (isEmpty()) {
        return {};
    }
    QStringList parts{tr("%1 on %2, %3").arg(metric_, text(panel_.title), aimText(aim_))};
    for (const engine::StudyColumn& column : panel_.columns) {
        parts << summaryOf(column);
    }
    if (panel_.reference) {
        parts << tr("data against itself: %1").arg(settingText(*panel_.reference));
    }
    if (panel_.floor) {
        parts << tr("floor: %1").arg(settingText(*panel_.floor));
    }
    return parts.join(QStringLiteral(". "));
}

// ---- painting -------------------------------------------------------------------------------------------

void StudyPlot::paintGround(QPainter& painter) {
    paintValueAxis(painter);
    for (std::size_t i = 0; i < panel_.columns.size(); ++i) {
        paintSpread(painter, panel_.columns[i], slotOf(i).center().x());
        paintNames(painter, i);
    }
    paintLine(painter, panel_.floor, tr("floor"), tokens().muted, true);
    paintLine(painter, panel_.reference, tr("data against itself"), tokens().green, false);
    for (std::size_t i = 0; i < panel_.columns.size(); ++i) {
        paintBest(painter, panel_.columns[i], slotOf(i).center().x());
    }
}

void StudyPlot::paintSpread(QPainter& painter, const engine::StudyColumn& column, double middle) const {
    const Density density(column);
    if (!density.hasShape()) {
        return;
    }
    const double low = std::max(column.low, scale().low());
    const double high = std::min(column.high, scale().high());
    QPolygonF right;
    QPolygonF left;
    for (int row = 0; row <= violinRows; ++row) {
        const double value = low + (high - low) * row / violinRows;
        const double half = std::max(0.5, halfWidth() * density.at(value));
        right.append({middle + half, scale().at(value)});
        left.prepend({middle - half, scale().at(value)});
    }
    QPainterPath shape;
    shape.addPolygon(right + left);
    shape.closeSubpath();
    QColor color = seriesColor(static_cast<int>(column.method));
    color.setAlphaF(static_cast<float>(isDimming() ? spreadOpacity / 2 : spreadOpacity));
    paintInStrips(painter, shape.boundingRect().adjusted(-1, -1, 1, 1),
                  [&] { painter.fillPath(shape, color); });
}

void StudyPlot::paintBest(QPainter& painter, const engine::StudyColumn& column, double middle) const {
    const Tokens& t = tokens();
    const double y = std::round(scale().at(column.best));
    const double half = std::round(1.12 * halfWidth());
    painter.fillRect(QRectF(std::round(middle) - half, y - 1, 2 * half, 3),
                     seriesColor(static_cast<int>(column.method)));
    // The number keeps off the circles, which gather on the bar's worse side.
    const bool above = aim_ != engine::FigureAim::Lower;
    QFont bold = axisFont(font());
    bold.setWeight(QFont::DemiBold);
    painter.setFont(bold);
    const QString number = shortText(column.best);
    const double wide = std::ceil(QFontMetricsF(bold).horizontalAdvance(number)) + 6;
    const QRectF words(std::round(middle - wide / 2), above ? y - 2 - lineHeight() : y + 3, wide,
                       lineHeight());
    QColor ground = t.panel; // a line of the data may pass behind
    ground.setAlphaF(0.8F);
    painter.fillRect(words, ground);
    painter.setPen(t.text);
    painter.drawText(words, Qt::AlignCenter, number);
}

void StudyPlot::paintNames(QPainter& painter, std::size_t column) const {
    const Tokens& t = tokens();
    const engine::StudyColumn& settings = panel_.columns[column];
    const QRectF slot = slotOf(column);
    QRectF row(slot.left() + 2, area().bottom() + 7, slot.width() - 4, QFontMetricsF(font()).height());
    const auto write = [&](const QString& words) {
        const QFontMetricsF metrics(painter.font());
        painter.drawText(row, Qt::AlignCenter, metrics.elidedText(words, Qt::ElideRight, row.width()));
    };
    const auto fits = [&](const engine::StudyColumn& each) {
        return QFontMetricsF(font()).horizontalAdvance(text(each.title)) <= row.width();
    };
    const bool all = std::all_of(panel_.columns.begin(), panel_.columns.end(), fits);
    painter.setFont(all ? font() : axisFont(font()));
    painter.setPen(t.text);
    write(text(settings.title));
    if (settings.failed > 0) {
        row.moveTop(row.bottom());
        row.setHeight(lineHeight());
        painter.setFont(axisFont(font()));
        painter.setPen(t.muted);
        write(tr("%n failed", nullptr, static_cast<int>(settings.failed)));
    }
}

// The words stand at the end whose column reaches less near to the line.
void StudyPlot::paintLine(QPainter& painter, std::optional<double> value, const QString& words,
                          const QColor& color, bool below) const {
    if (!value || !scale().holds(*value)) {
        return;
    }
    const double y = std::round(scale().at(*value)) + 0.5;
    QPen pen(color, 1.4);
    pen.setDashPattern({4, 3});
    painter.setPen(pen);
    painter.drawLine(QPointF(area().left(), y), QPointF(area().right(), y));
    const auto distance = [&](const engine::StudyColumn& column) {
        return std::min(std::abs(column.best - *value),
                        std::abs((below ? column.low : column.high) - *value));
    };
    const bool left = distance(panel_.columns.front()) > distance(panel_.columns.back());
    painter.setFont(axisFont(font()));
    painter.drawText(
        QRectF(area().left() + 2, below ? y + 2 : y - 2 - lineHeight(), area().width() - 2, lineHeight()),
        (left ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, words);
}

} // namespace alphascope::ui
