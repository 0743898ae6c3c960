#pragma once
// Parallel coordinates: one upright axis per quantity, one line per setting across all of them. Dragging
// along an axis brushes it: only lines through every brush stay coloured. GUI thread only.
//
// Mouse: drag along an axis brushes, a brush is moved by its middle and resized by its ends, a click beside
// it clears it, a double click on an axis clears all; dragging a title reorders the axes. Keys: Left and
// Right choose an axis, Up and Down walk through the lines along it, Enter activates; Shift with Up and Down
// moves the axis' brush (and makes one), Ctrl with them widens and narrows it, Delete clears it, Escape
// clears all; Ctrl with Left and Right moves the axis.

#include <QPixmap>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QVector>
#include <QWidget>

#include <optional>

#include "engine/api/figure_scale.h"

namespace alphascope::ui {

struct ParallelAxis {
    QString title;
    bool logarithmic = false; ///< straight all the same where a value is not above 0
    QStringList choices{};    ///< values are indexes into them
};

struct ParallelLine {
    QVector<double> values; ///< one an axis; not finite: it has none
    int series = 0;         ///< colour
};

class ParallelAxes : public QWidget {
    Q_OBJECT
public:
    explicit ParallelAxes(QWidget* parent = nullptr);

    /// Keeps order and brushes of axes whose title is still there; drops highlights and selection.
    void setContent(QVector<ParallelAxis> axes, QVector<ParallelLine> lines);
    void clear() { setContent({}, {}); }
    void setEmptyText(const QString& title, const QString& hint = {});

    /// Lines not in it are muted; empty: none is.
    void setHighlighted(const QSet<int>& lines);
    /// -1: none. Does not emit.
    void setSelected(int line);
    int selected() const { return selected_; }

    /// Lines through every brush; all of them without one.
    QSet<int> brushed() const;
    bool hasBrush() const;
    void clearBrushes();

    /// Titles from left to right.
    QStringList order() const;
    /// Where a line meets an axis (an index of setContent), in widget coordinates; at its "none" foot where
    /// it has no value.
    QPointF placeOf(int line, int axis) const;
    /// Upper and lower end of the axis, and the box of its title.
    QPointF topOf(int axis) const;
    QPointF footOf(int axis) const;
    QRectF titleBox(int axis) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void brushedChanged();  ///< while it is dragged, too
    void hovered(int line); ///< -1: left
    /// By the mouse, or reached by an arrow key; it is selected already. -1: nothing is there.
    void clicked(int line);
    void activated(int line); ///< double click or Enter
    void orderChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
};

} // namespace alphascope::ui
