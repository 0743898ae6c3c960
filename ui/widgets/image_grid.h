#pragma once
// Many small pictures in one widget and one paint: the largest whole-number zoom at which all fit, nearest
// neighbour, or pairs (original | rebuilt) side by side. Hover, selection, keyboard. GUI thread only.

#include "ui/widgets/grid_geometry.h"

#include <QImage>
#include <QPixmap>
#include <QVector>
#include <QWidget>

#include <functional>

namespace alphascope::ui {

enum class PairMode { None, Pairs };

class ImageGrid : public QWidget {
    Q_OBJECT
public:
    explicit ImageGrid(QWidget* parent = nullptr);

    /// Replaces the pictures; all of one size (others are scaled to the first one's). With partners, of the
    /// same number, each cell shows a picture and its partner. The selection stays where it was.
    void setCells(const QVector<QImage>& cells, const QVector<QImage>& partners = {});
    int count() const { return static_cast<int>(cells_.size()); }
    PairMode pairMode() const { return partners_.isEmpty() ? PairMode::None : PairMode::Pairs; }
    QImage cell(int index) const;
    QImage partner(int index) const;

    void setEmptyText(const QString& title, const QString& hint = {});

    /// -1 for none. Emits selectionChanged when it changes.
    void setSelected(int index);
    int selected() const { return selected_; }
    int hovered() const { return hovered_; }

    /// Text of the tool tip of a cell; empty for none.
    void setToolTipProvider(std::function<QString(int)> provider);
    /// With a provider, cells can be dragged to other widgets.
    void setDragPayloadProvider(std::function<QByteArray(int)> provider);
    void setSpacing(int pixels);
    void setMaximumZoom(int zoom);
    /// Larger pictures instead of all of them: the zoom may grow as long as at least so many cells fit. 0
    /// (the default) shows all.
    void setMinimumShown(int cells);

    /// In screen pixels; use cellRect() for widget coordinates.
    const GridGeometry& geometryInPixels() const { return grid_; }
    QRectF cellRect(int index) const;
    int cellAt(const QPointF& position) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void cellClicked(int index);
    void cellActivated(int index); ///< double click or Return
    void cellHovered(int index);   ///< -1 when the pointer leaves
    void selectionChanged(int index);
    void contextMenuRequested(int index, const QPoint& globalPosition);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;

private:
    /// The dark ground behind the cells.
    QRectF blockRect() const;
    void layoutGrid();
    void renderAtlas();
    void setHovered(int index);

    QVector<QImage> cells_;
    QVector<QImage> partners_;
    GridGeometry grid_;
    QPixmap atlas_; ///< the whole grid at screen resolution, redrawn on new pictures or a new size only
    double atlasRatio_ = 0;
    bool atlasStale_ = true;
    QString emptyTitle_;
    QString emptyHint_;
    std::function<QString(int)> toolTip_;
    std::function<QByteArray(int)> dragPayload_;
    int spacing_ = 2;
    int maximumZoom_ = 8;
    int minimumShown_ = 0;
    int selected_ = -1;
    int hovered_ = -1;
    int pressed_ = -1;
    QPointF pressedAt_;
};

} // namespace alphascope::ui
