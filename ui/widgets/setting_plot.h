#pragma once
// What the plots of a study's settings share: dots that one can hover, click and walk through by keys, a card
// beside the dot, dimming of what is not in question, and an axis of values. GUI thread only.
//
// Dots are known by their index into Ranking::settings ("ranked"). New figures rank anew: they drop
// highlights and selection, which would point to other settings.

#include <QPixmap>
#include <QRectF>
#include <QSet>
#include <QString>
#include <QVector>
#include <QWidget>

#include <functional>

#include "engine/api/figure_scale.h"
#include "ui/widgets/scatter_map_overlay.h"

namespace alphascope::ui {

class SettingPlot : public QWidget {
    Q_OBJECT
public:
    void clear(); ///< shows the empty text
    void setEmptyText(const QString& title, const QString& hint = {});

    /// Those not in it are dimmed; empty: none is.
    void setHighlighted(const QSet<int>& ranked);
    /// A ring around it; -1, or one that is not shown: none. Does not emit.
    void setSelected(int ranked);
    int selected() const { return selected_; }
    /// Asked for the card at the hovered dot; without one the card says the value.
    void setDescriber(std::function<ScatterCard(int ranked)> describe);

    /// The middle of its dot in widget coordinates; null where it is not shown.
    QPointF placeOf(int ranked) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void hovered(int ranked); ///< -1: left
    /// By the mouse, or reached by an arrow key; it is selected already. -1: nothing is there, or Escape.
    void clicked(int ranked);
    void activated(int ranked); ///< double click or Enter

protected:
    explicit SettingPlot(QWidget* parent);

    struct Dot {
        int ranked = -1;
        QPointF at;     ///< widget coordinates
        int beyond = 0; ///< 1: its value lies above the axis, -1: below
        bool amongBest = false;
        int series = 0;
        int column = 0; ///< arrows go up and down within one
        double value = 0.0;
    };

    /// The figure's ground (grid, titles, shapes) and its dots in drawing order, both for the area that
    /// plotArea() left.
    virtual bool isEmpty() const = 0;
    virtual void forget() = 0;
    virtual void layOut() = 0; ///< sets the scale and the dots
    virtual void paintGround(QPainter& painter) = 0;
    virtual QString description() const = 0;

    /// To be called with new content.
    void contentChanged();
    /// Within the widget: beside the labels of the value axis, above `below` pixels.
    QRectF plotArea(double above, double below) const;
    void setScale(const engine::FigureScale& scale, const QRectF& area);
    void setDots(QVector<Dot> dots) { dots_ = std::move(dots); }
    const engine::FigureScale& scale() const { return scale_; }
    const QRectF& area() const { return area_; }
    const QVector<Dot>& dots() const { return dots_; }
    void paintValueAxis(QPainter& painter) const;
    QFont labelFont() const;

    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void ensureLayout() const;
    void redraw();
    int dotAt(const QPointF& at) const;
    int dotOf(int ranked) const;
    int neighbour(int dot, int key) const;
    void hover(int dot);
    void choose(int dot);
    void paintDots(QPainter& painter) const;
    void paintMarked(QPainter& painter, const Dot& dot, bool ring) const;
    ScatterCard cardOf(const Dot& dot) const;

    QVector<Dot> dots_;
    engine::FigureScale scale_;
    QRectF area_;
    bool layoutStale_ = true;
    QPixmap layer_; ///< all but rings, card and focus; null: paint it anew
    QSet<int> highlighted_;
    int selected_ = -1;
    int hovered_ = -1;
    bool walked_ = false; ///< the selection was reached by keys: its card shows
    std::function<ScatterCard(int)> describe_;
    QString emptyTitle_;
    QString emptyHint_;
};

} // namespace alphascope::ui
