// How the dots of settings and their axis of values are drawn.

#include "ui/widgets/setting_plot.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/figure_axes.h"
#include "ui/widgets/paint_help.h"

#include <QPainter>

namespace alphascope::ui {

namespace {

constexpr double bestRadius = 3.6;    // of the ten best
constexpr double settingRadius = 2.3; // of the others
constexpr double hoveredGrowth = 1.6; // pixels
constexpr double dimmedOpacity = 0.16;
constexpr double settingOpacity = 0.75;

} // namespace

void SettingPlot::paintValueAxis(QPainter& painter) const {
    const Tokens& t = tokens();
    const std::vector<double> values = ticks(scale_, area_.height());
    const QStringList texts = tickTexts(values);
    painter.setFont(axisFont(font()));
    painter.setPen(t.muted);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double y = scale_.at(values[i]);
        paintGridLine(painter, {area_.left(), y}, {area_.right(), y}, t.line);
        painter.drawText(QRectF(0, y - lineHeight() / 2, area_.left() - labelGap, lineHeight()),
                         Qt::AlignRight | Qt::AlignVCenter, texts[static_cast<qsizetype>(i)]);
    }
}

void SettingPlot::paintDot(QPainter& painter, const Dot& dot, double larger) const {
    const Tokens& t = tokens();
    const double radius = (dot.amongBest ? bestRadius : settingRadius) + larger;
    painter.setPen(Qt::NoPen);
    if (dot.beyond != 0) { // it points to where the value would be
        const double tip = -dot.beyond * (radius + 1.5);
        painter.setBrush(dot.amongBest ? t.text : seriesColor(dot.series));
        painter.drawPolygon(QPolygonF({dot.at + QPointF(0, tip), dot.at + QPointF(radius + 1, -tip * 0.6),
                                       dot.at + QPointF(-radius - 1, -tip * 0.6)}));
        return;
    }
    if (dot.amongBest || larger > 0) {
        painter.setBrush(t.panel);
        painter.drawEllipse(dot.at, radius + 0.9, radius + 0.9);
    }
    painter.setBrush(dot.amongBest ? t.text : seriesColor(dot.series));
    painter.drawEllipse(dot.at, radius, radius);
}

void SettingPlot::paintDots(QPainter& painter) const {
    const auto isLit = [this](const Dot& dot) {
        return highlighted_.isEmpty() || highlighted_.contains(dot.ranked);
    };
    for (const bool lit : {false, true}) {
        for (const bool best : {false, true}) {
            for (auto dot = dots_.rbegin(); dot != dots_.rend(); ++dot) { // the best on top
                if (isLit(*dot) == lit && dot->amongBest == best) {
                    painter.setOpacity(!lit ? dimmedOpacity : best ? 1.0 : settingOpacity);
                    paintDot(painter, *dot, 0);
                }
            }
        }
    }
    painter.setOpacity(1.0);
}

void SettingPlot::paintLayer() {
    const double ratio = devicePixelRatioF();
    layer_ = QPixmap((QSizeF(size()) * ratio).toSize());
    layer_.setDevicePixelRatio(ratio);
    layer_.fill(Qt::transparent);
    QPainter painter(&layer_);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGround(painter);
    paintDots(painter);
}

void SettingPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (isEmpty()) {
        paintEmptyGround(painter, rect());
        paintEmptyText(painter, rect(), emptyTitle_, emptyHint_);
    } else {
        if (layer_.isNull() || layer_.devicePixelRatio() != devicePixelRatioF()) {
            paintLayer();
        }
        painter.drawPixmap(0, 0, layer_);
    }
    const int ringed = dotOf(selected_);
    const int pointed = dotOf(hovered_);
    if (pointed >= 0) {
        paintDot(painter, dots_[pointed], hoveredGrowth);
    }
    if (ringed >= 0) {
        const QPointF at = dots_[ringed].at;
        paintScatterMark(painter, rect(), at, at, {{}, {}, ScatterMarkRole::Current});
    }
    if (hasFocus()) {
        paintFocusRing(painter, rect(), tokens().controlRadius);
    }
    if (const int told = pointed >= 0 ? pointed : walked_ ? ringed : -1; told >= 0) {
        const Dot& dot = dots_[told];
        const ScatterCard card = describe_ ? describe_(dot.ranked) : ScatterCard{wordsOf(dot), {}, {}};
        paintScatterCard(painter, rect(), dot.at, card);
    }
}

} // namespace alphascope::ui
