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
#include <optional>

#include "engine/api/figure_layout.h"
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

    QSize sizeHint() const override { return {360, 240}; }
    QSize minimumSizeHint() const override { return {140, 110}; }

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
        int column = 0; ///< Up and Down stay within one
        double value = 0.0;
    };

    virtual bool isEmpty() const = 0;
    virtual void forget() = 0;
    /// Calls setScale() and setDots(), best first, for the present size.
    virtual void layOut() = 0;
    /// All but the dots.
    virtual void paintGround(QPainter& painter) = 0;
    virtual QStringList wordsOf(const Dot& dot) const = 0; ///< for the card
    virtual QString tipAt(const QPointF& at) const = 0;    ///< what labels say in full; empty: nothing
    virtual QString description() const = 0;

    void contentChanged(); ///< to be called with new content

    /// What remains beside the labels of an axis of values.
    QRectF areaBeside(const engine::FigureScale& scale, double above, double below) const;
    void setScale(const engine::FigureScale& scale, const QRectF& area);
    void setDots(QVector<Dot> dots) { dots_ = std::move(dots); }
    Dot dotFor(const engine::StudyPoint& point, std::size_t method) const; ///< at its height; x is 0
    const engine::FigureScale& scale() const { return scale_; }
    const QRectF& area() const { return area_; }
    /// From -1 to 1: places for dots side by side, even and the same each time.
    static double scattered(qsizetype index);
    void paintValueAxis(QPainter& painter) const;
    bool isDimming() const { return !highlighted_.isEmpty(); }
    double lineHeight() const; ///< of the labels

    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void arrange();
    void redraw();
    std::vector<double> ticks(const engine::FigureScale& scale, double height) const;
    int dotAt(const QPointF& at) const;       ///< an index of dots_, or -1
    int dotOf(int ranked) const;              ///< likewise
    int neighbour(int from, int arrow) const; ///< likewise
    void hover(int dot);
    void choose(int dot); ///< selects and tells
    void paintDot(QPainter& painter, const Dot& dot, double larger) const;
    void paintDots(QPainter& painter) const;
    void paintLayer();

    static constexpr double labelGap = 7; ///< between the labels of values and the area

    QVector<Dot> dots_;
    engine::FigureScale scale_;
    QRectF area_;
    QPixmap layer_; ///< all but marked dots, card and focus; null: paint it anew
    QSet<int> highlighted_;
    int selected_ = -1;
    int hovered_ = -1; ///< ranked
    std::optional<QPointF> pointer_;
    bool walked_ = false; ///< the selection was reached by keys: its card shows
    std::function<ScatterCard(int)> describe_;
    QString emptyTitle_;
    QString emptyHint_;
};

} // namespace alphascope::ui
