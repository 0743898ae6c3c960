#pragma once
// A scrolling list of up to some hundreds of direction sliders, painted in one go. Up/Down choose a row,
// Left/Right move it (Shift: ten steps), Home/End go to the ends, Delete resets, F2 or a digit types a value.
// The wheel scrolls; with Ctrl it moves the current row. GUI thread only.

#include "ui/widgets/slider_row_input.h"

#include <QAbstractScrollArea>
#include <QVector>

namespace alphascope::ui {

class ValueEditor;

class SliderList : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit SliderList(QWidget* parent = nullptr);

    /// Replaces the rows; values start at the defaults.
    void setDirections(const QVector<Direction>& directions);
    const QVector<Direction>& directions() const { return directions_; }
    int count() const { return static_cast<int>(directions_.size()); }

    /// None of these emits. Index counts all rows, filtered or not.
    void setValue(int index, double value);
    void setValues(const QVector<double>& values);
    double value(int index) const { return values_.value(index); }
    const QVector<double>& values() const { return values_; }

    /// Rows whose label, id or group contains the text; and, unless empty, only rows of this group.
    void setFilter(const QString& text, const QString& group = {});
    /// Rows that the filter lets through, in order.
    const QVector<int>& visibleRows() const { return rows_; }

    void resetRow(int index);
    /// Every row back to its default: one valuesReset(), not one signal per row.
    void resetAll();
    bool allAtDefault() const;

    void setCurrentRow(int index);
    /// Drawn under one row's slider (SliderRowState::profile); -1 or an empty one for none.
    void setProfile(int index, const QVector<float>& shares);
    const QVector<float>& profile() const { return profile_; }
    int profileRow() const { return profileRow_; }
    int currentRow() const { return current_; }
    void setEmptyText(const QString& text);
    /// Shown (greyed) with the reason as tool tip; empty enables.
    void setUnavailable(const QString& reason);

    /// Rectangle of a row's parts in viewport coordinates (null when filtered out); for tests and drags.
    SliderRowGeometry rowGeometry(int index) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void valueChanged(int index, double value);
    void editingFinished(int index);
    void valuesReset();
    void currentRowChanged(int index);
    void contextMenuRequested(int index, const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void measure();
    void applyFilter();
    int rowAt(const QPoint& position) const;
    QRect rowRect(int position) const;
    void change(int index, double value);
    void edit(const QString& typed);
    void commit(int index, double value);
    void moveCurrent(int by);
    void describe();

    QVector<Direction> directions_;
    QVector<double> values_;
    QVector<int> rows_;
    QString filterText_;
    QString filterGroup_;
    QString emptyText_;
    QString unavailable_;
    int rowHeight_ = 25;
    double labelWidth_ = 60;
    double valueWidth_ = 44;
    int current_ = -1;
    int hovered_ = -1;
    int dragged_ = -1;
    bool resetHovered_ = false;
    QVector<float> profile_;
    int profileRow_ = -1;
    SliderRowInput input_;
    ValueEditor* editor_;
};

} // namespace alphascope::ui
