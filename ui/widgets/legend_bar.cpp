#include "ui/widgets/legend_bar.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/paint_help.h"
#include "ui/widgets/series_mark.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

void paintSeriesShape(QPainter& painter, SeriesShape shape, const QPointF& centre, double size,
                      const QColor& color) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const double r = size / 2;
    switch (shape) {
    case SeriesShape::Disc:
        painter.drawEllipse(centre, r, r);
        break;
    case SeriesShape::Square:
        painter.drawRect(QRectF(centre.x() - r * 0.9, centre.y() - r * 0.9, r * 1.8, r * 1.8));
        break;
    case SeriesShape::Triangle:
        painter.drawPolygon(QPolygonF({{centre.x(), centre.y() - r * 1.15},
                                       {centre.x() + r * 1.1, centre.y() + r * 0.8},
                                       {centre.x() - r * 1.1, centre.y() + r * 0.8}}));
        break;
    case SeriesShape::Diamond:
        painter.drawPolygon(QPolygonF({{centre.x(), centre.y() - r * 1.2},
                                       {centre.x() + r * 1.2, centre.y()},
                                       {centre.x(), centre.y() + r * 1.2},
                                       {centre.x() - r * 1.2, centre.y()}}));
        break;
    }
}

LegendChip::LegendChip(const QString& text, int seriesIndex, QWidget* parent)
    : QAbstractButton(parent), index_(seriesIndex) {
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Show curve %1").arg(text));
}

void LegendChip::setBanded(bool banded) {
    if (banded != banded_) {
        banded_ = banded;
        update();
    }
}

QSize LegendChip::sizeHint() const {
    const QFontMetricsF metrics(font());
    return {static_cast<int>(std::ceil(metrics.horizontalAdvance(text()))) + 29,
            static_cast<int>(std::ceil(metrics.height())) + 4};
}

void LegendChip::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(mix(t.panel, t.text, 0.07));
        painter.drawRoundedRect(QRectF(rect()), 4, 4);
    }
    const QColor color = isChecked() ? seriesColor(index_) : mix(t.panel, t.muted, 0.45);
    const bool tight =
        width() < sizeHint().width(); // then letters are worth more than the mark and the margins
    const double y = height() / 2.0, markLeft = tight ? 5 : 6, markRight = tight ? 12 : 18;
    if (banded_) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(mix(t.panel, color, 0.25));
        painter.drawRect(QRectF(markLeft - 1, y - 5, markRight - markLeft + 2, 10));
    }
    painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(markLeft, y), QPointF(markRight, y));
    if (isChecked()) {
        paintSeriesShape(painter, seriesShape(index_), {(markLeft + markRight) / 2, y}, 7, color);
    }
    painter.setPen(isChecked() ? mix(t.muted, t.text, 0.35) : mix(t.panel, t.muted, 0.55));
    painter.setFont(font());
    const QRectF place = QRectF(rect()).adjusted(markRight + (tight ? 4 : 5), 0, tight ? 0 : -4, 0);
    painter.drawText(place, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetricsF(font()).elidedText(text(), Qt::ElideRight, place.width() + 1));
    if (hasFocus()) {
        paintFocusRing(painter, rect(), 4);
    }
}

void LegendChip::enterEvent(QEnterEvent* event) {
    QAbstractButton::enterEvent(event);
    update();
    Q_EMIT hovered(true);
}

void LegendChip::leaveEvent(QEvent* event) {
    QAbstractButton::leaveEvent(event);
    update();
    Q_EMIT hovered(false);
}

void LegendChip::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

LegendBar::LegendBar(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("legendBar"));
    // Not Fixed: a layout would hold it to its hint of one line when narrow plots need several.
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void LegendBar::setEntries(const QVector<Entry>& entries) {
    const bool same =
        entries.size() == entries_.size() &&
        std::equal(entries.cbegin(), entries.cend(), entries_.cbegin(), [](const Entry& a, const Entry& b) {
            return a.name == b.name && a.label == b.label && a.colorIndex == b.colorIndex;
        });
    entries_ = entries;
    if (!same) {
        qDeleteAll(chips_);
        chips_.clear();
        for (const Entry& entry : entries_) {
            auto* chip = new LegendChip(entry.label, entry.colorIndex, this);
            chip->setObjectName(QStringLiteral("legend:") + entry.name);
            const QString name = entry.name;
            connect(chip, &QAbstractButton::clicked, this,
                    [this, name](bool on) { Q_EMIT toggled(name, on); });
            connect(chip, &LegendChip::hovered, this,
                    [this, name](bool inside) { Q_EMIT highlighted(inside ? name : QString()); });
            chips_.append(chip);
        }
        updateGeometry();
        place(width(), true);
    }
    for (int i = 0; i < chips_.size(); ++i) {
        chips_[i]->setChecked(entries_[i].visible);
        chips_[i]->setBanded(entries_[i].banded);
        const QString& meaning = entries_[i].meaning;
        const QString use = tr("Click shows or hides this curve");
        chips_[i]->setToolTip(meaning.isEmpty() ? use : meaning + QLatin1Char('\n') + use);
        chips_[i]->setAccessibleDescription(meaning);
    }
}

// Fills lines from the right, so that short legends end where the panel's caption ends; what would be cut
// below is left out. Returns the height of all.
int LegendBar::place(int width, bool apply) const {
    int y = 0;
    int lineHeight = 0;
    qsizetype first = 0;
    while (first < chips_.size()) {
        int used = 0;
        qsizetype end = first;
        while (end < chips_.size() && (end == first || used + chips_[end]->sizeHint().width() <= width)) {
            used += chips_[end]->sizeHint().width();
            lineHeight = std::max(lineHeight, chips_[end]->sizeHint().height());
            ++end;
        }
        int x = std::max(0, width - used);
        for (; apply && first < end; ++first) {
            const QSize size = chips_[first]->sizeHint();
            chips_[first]->setGeometry(x, y, std::min(size.width(), width), size.height());
            chips_[first]->setVisible(y == 0 || y + size.height() <= height());
            x += size.width();
        }
        first = end;
        y += lineHeight;
    }
    return y;
}

QSize LegendBar::sizeHint() const {
    int width = 0;
    for (const LegendChip* chip : chips_) {
        width += chip->sizeHint().width();
    }
    return {width, heightForWidth(std::max(width, 1))};
}

QSize LegendBar::minimumSizeHint() const {
    return {60, chips_.isEmpty() ? 0 : chips_.first()->sizeHint().height()};
}

int LegendBar::heightForWidth(int width) const {
    return place(width, false);
}

void LegendBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    place(width(), true);
}

void LegendBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        updateGeometry();
        place(width(), true);
    }
}

} // namespace alphascope::ui
