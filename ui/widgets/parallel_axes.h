#pragma once
// Parallel coordinates: one upright axis per quantity, one line per setting across all of them. Dragging
// along an axis brushes it: only lines through every brush stay coloured. GUI thread only.
//
// Mouse: drag along an axis brushes, a brush is moved by its middle and resized by its ends, a click beside
// it clears it, a double click on an axis clears all; dragging a title reorders the axes. Keys: Left and
// Right choose an axis, Up and Down walk through the lines along it, Enter activates; Shift with Up and Down
// moves the axis' brush (and makes one), Ctrl with them widens and narrows it, Delete clears it, Escape
// clears all; Ctrl with Left and Right moves the axis.

#include <QPen>
#include <QPixmap>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QVector>
#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

#include "engine/api/figure_layout.h"

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
    bool event(QEvent* event) override;

private:
    /// Both in the units of the axis.
    struct Brush {
        double low = 0.0;
        double high = 0.0;
        bool operator==(const Brush&) const = default;
    };
    using MaybeBrush = std::optional<Brush>;
    enum class Gesture { None, PressLines, PressAxis, NewBrush, MoveBrush, LowEnd, HighEnd, Title };
    enum class Part { None, Axis, Brush, LowEnd, HighEnd, Title };
    struct Place {
        int axis = -1;
        Part part = Part::None;
    };

    // parallel_axes.cpp
    bool isEmpty() const { return axes_.isEmpty() || lines_.isEmpty(); }
    void arrange();                                    ///< places of the axes and their scales
    std::pair<double, double> rangeOf(int axis) const; ///< of its values; the first above the second: none
    engine::FigureScale scaleOf(int axis) const;
    bool has(int line, int axis) const;
    double xOf(int axis) const;
    int positionOf(int axis) const { return static_cast<int>(order_.indexOf(axis)); }
    bool isPassing(int line) const; ///< through every brush
    bool isLit(int line) const;     ///< passing, and not dimmed from outside
    bool isDimming() const { return hasBrush() || !highlighted_.isEmpty(); }
    void setBrush(int axis, const MaybeBrush& brush);
    void move(int axis, int position); ///< among the others
    void redraw();                     ///< what is lit has changed
    void redrawAll();
    double labelHeight() const;
    void describe();

    // parallel_axes_input.cpp
    int lineAt(const QPointF& at) const;
    Place placeAt(const QPointF& at) const;
    QRectF brushBox(int axis) const;
    Brush brushBetween(int axis, double y1, double y2) const;
    void dragBrush(const QPointF& at);
    void dragTitle(const QPointF& at);
    void hover(int line);
    void choose(int line); ///< selects and tells
    void showCursor(const Place& place, int line);

    // parallel_axes_keys.cpp
    void walk(int way); ///< to the next line along the current axis
    void nudgeBrush(int up, bool resize);
    bool keyOnAxis(QKeyEvent* event);

    // parallel_axes_painting.cpp
    QPixmap blankLayer() const;
    void paintMuted();
    void paintLayer();
    QPolygonF traceOf(int line, int position, double aside) const;
    void paintThin(QPainter& painter, int line, QColor color, double width) const;
    void paintThick(QPainter& painter, int line, QPen pen) const;
    void paintAxis(QPainter& painter, int axis) const;
    void paintTicks(QPainter& painter, int axis) const;
    void paintTick(QPainter& painter, int axis, double value, const QString& words,
                   QVector<double>& taken) const;
    void paintBrush(QPainter& painter, int axis) const;
    void paintMarked(QPainter& painter, int line, double width, const QColor& rings) const;
    void paintValue(QPainter& painter, int line, int axis) const;

    static constexpr double noneDistance = 16; ///< from an axis' end to its "none" foot

    QVector<ParallelAxis> axes_;
    QVector<ParallelLine> lines_;
    QVector<int> order_; ///< axes from left to right
    QVector<MaybeBrush> brushes_;
    std::vector<engine::FigureScale> scales_; ///< by axis, from foot to top
    QVector<double> xs_;                      ///< by position
    QRectF area_;                             ///< of the axes
    bool anyMissing_ = false;
    QSet<int> highlighted_;
    int selected_ = -1;
    int hovered_ = -1;
    int current_ = 0; ///< position of the axis that keys work on

    Gesture gesture_ = Gesture::None;
    int grabbed_ = -1; ///< axis
    QPointF pressedAt_;
    Brush grabbedBrush_;              ///< as it was when it was grabbed
    std::optional<double> draggedTo_; ///< x of the grabbed axis while its title is dragged

    QPixmap muted_; ///< every line muted; null: paint it anew
    QPixmap layer_; ///< all but marked lines and focus; null: paint it anew
    QString emptyTitle_;
    QString emptyHint_;
};

} // namespace alphascope::ui
