#include "ui/widgets/slider_row.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/paint_help.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double sliderHandleRadius = 6;
constexpr double resetSide = 18;
constexpr double space = 10;

/// A hill over the groove's width that stands on the row's lower edge.
void paintProfile(QPainter& painter, const SliderRowGeometry& geometry, const QVector<float>& profile) {
    const Tokens& t = tokens();
    const QRectF groove = geometry.groove;
    const double room = groove.height() / 2 - 3;
    const double base = groove.bottom() - 1;
    QPolygonF hill;
    hill << QPointF(groove.left(), base);
    for (qsizetype i = 0; i < profile.size(); ++i) {
        const double share = std::clamp(double(profile[i]), 0.0, 1.0);
        hill << QPointF(groove.left() + groove.width() * double(i) / double(profile.size() - 1),
                        base - share * room);
    }
    hill << QPointF(groove.right(), base);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mix(t.panel, t.amber, 0.55));
    painter.drawPolygon(hill);
}

QString labelText(const Direction& direction) {
    return direction.starred ? direction.label + QStringLiteral(" ★") : direction.label;
}

} // namespace

SliderRowGeometry SliderRowGeometry::of(const QRectF& row, double labelWidth, double valueWidth) {
    SliderRowGeometry g;
    g.reset = QRectF(row.right() - resetSide - 2, row.center().y() - resetSide / 2, resetSide, resetSide);
    g.value = QRectF(g.reset.left() - 4 - valueWidth, row.top(), valueWidth, row.height());
    g.label = QRectF(row.left() + 4, row.top(), std::min(labelWidth, row.width() * 0.4), row.height());
    const double left = g.label.right() + space + sliderHandleRadius;
    const double right = std::max(left + 10, g.value.left() - space - sliderHandleRadius);
    g.groove = QRectF(left, row.top(), right - left, row.height());
    return g;
}

double SliderRowGeometry::xOf(const Direction& direction, double value) const {
    const double span = direction.maximum - direction.minimum;
    const double share = span > 0 ? (value - direction.minimum) / span : 0.5;
    return groove.left() + std::clamp(share, 0.0, 1.0) * groove.width();
}

double SliderRowGeometry::valueAt(const Direction& direction, double x) const {
    const double share = std::clamp((x - groove.left()) / std::max(1.0, groove.width()), 0.0, 1.0);
    return direction.minimum + share * (direction.maximum - direction.minimum);
}

bool isDefault(const Direction& direction, double value) {
    return std::abs(value - direction.defaultValue) < 0.5 * std::pow(10.0, -direction.decimals);
}

double sanitized(const Direction& direction, double value) {
    if (std::isnan(value) || direction.maximum < direction.minimum) {
        return direction.defaultValue;
    }
    return std::clamp(value, direction.minimum, direction.maximum);
}

QString valueText(const Direction& direction, double value) {
    return numberText(value, direction.decimals);
}

std::optional<double> parseValue(const QString& text) {
    QString plain = text.trimmed();
    plain.replace(QChar(0x2212), QLatin1Char('-'));
    plain.replace(QLatin1Char(','), QLatin1Char('.'));
    bool ok = false;
    const double value = plain.toDouble(&ok); // QString::toDouble reads the C locale
    return ok && std::isfinite(value) ? std::optional<double>(value) : std::nullopt;
}

std::optional<double> valueAfterKey(const Direction& direction, double value, int key, bool large) {
    const double step = direction.step * (large ? 10 : 1);
    switch (key) {
    case Qt::Key_Left:
        return sanitized(direction, value - step);
    case Qt::Key_Right:
        return sanitized(direction, value + step);
    case Qt::Key_Home:
        return direction.minimum;
    case Qt::Key_End:
        return direction.maximum;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        return direction.defaultValue;
    default:
        return std::nullopt;
    }
}

void paintSliderRow(QPainter& painter, const SliderRowGeometry& geometry, const Direction& direction,
                    const SliderRowState& state, const QFont& font) {
    const Tokens& t = tokens();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool moved = !isDefault(direction, state.value);
    const QColor faint = mix(t.panel, t.muted, 0.5);
    const double y = std::floor(geometry.groove.center().y()) + 0.5;
    const double x = geometry.xOf(direction, state.value);
    const double rest = geometry.xOf(direction, direction.defaultValue);

    painter.setFont(tabularFont(font));
    painter.setPen(!state.enabled ? faint : state.focused || moved ? t.text : t.muted);
    painter.drawText(geometry.label, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(labelText(direction), Qt::ElideRight,
                                                      static_cast<int>(geometry.label.width())));

    if (state.profile.size() > 1) {
        paintProfile(painter, geometry, state.profile);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.line);
    painter.drawRoundedRect(QRectF(geometry.groove.left() - sliderHandleRadius, y - 2,
                                   geometry.groove.width() + 2 * sliderHandleRadius, 4),
                            2, 2);
    if (moved && state.enabled) {
        painter.setBrush(mix(t.line, t.accent, 0.65));
        painter.drawRoundedRect(QRectF(std::min(x, rest), y - 2, std::abs(x - rest), 4), 2, 2);
    }
    if (state.focused) {
        painter.setBrush(mix(QColor(t.accent.red(), t.accent.green(), t.accent.blue(), 0), t.accent, 0.3));
        painter.drawEllipse(QPointF(x, y), sliderHandleRadius + 4, sliderHandleRadius + 4);
    }
    painter.setPen(QPen(state.enabled ? t.accent : t.line, 2));
    painter.setBrush(state.pressed && state.enabled ? t.accent : t.panel);
    painter.drawEllipse(QPointF(x, y), sliderHandleRadius - 0.5, sliderHandleRadius - 0.5);

    painter.setPen(!state.enabled ? faint : moved ? t.text : t.muted);
    painter.drawText(geometry.value, Qt::AlignVCenter | Qt::AlignRight, valueText(direction, state.value));

    const bool canReset = moved && state.enabled;
    if (canReset || state.hovered || state.focused) {
        if (canReset && state.resetHovered) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(mix(t.panel, t.text, 0.1));
            painter.drawRoundedRect(geometry.reset, 4, 4);
        }
        icon(QStringLiteral("reset"), canReset && state.resetHovered ? IconColor::Text : IconColor::Muted)
            .paint(&painter, geometry.reset.adjusted(3, 3, -3, -3).toRect(), Qt::AlignCenter,
                   canReset ? QIcon::Normal : QIcon::Disabled);
    }
}

int sliderRowHeight(const QFont& font) {
    return static_cast<int>(std::ceil(QFontMetricsF(font).height())) + 8;
}

double sliderValueWidth(const Direction& direction, const QFont& font) {
    const QFontMetricsF metrics(tabularFont(font));
    return std::ceil(std::max(metrics.horizontalAdvance(valueText(direction, direction.minimum)),
                              metrics.horizontalAdvance(valueText(direction, direction.maximum)))) +
           2;
}

double sliderLabelWidth(const Direction& direction, const QFont& font) {
    return std::ceil(QFontMetricsF(tabularFont(font)).horizontalAdvance(labelText(direction))) + 2;
}

} // namespace alphascope::ui
