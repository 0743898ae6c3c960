#pragma once
// A square on which one walks through a plane of the latent space. Drag anywhere, wheel zooms the range,
// arrows nudge (Shift: ten times). Behind the handle lies a field, for instance the code discriminator's
// log-ratio, with its zero contour. With anchors the plane goes through three chosen pictures. GUI thread
// only.

#include <QImage>
#include <QPixmap>
#include <QPointF>
#include <QVector>
#include <QWidget>

namespace alphascope::ui {

class LatentPad : public QWidget {
    Q_OBJECT
public:
    explicit LatentPad(QWidget* parent = nullptr);

    /// Position (u, v): u right, v up, each in [-range, range]; clamped. Does not emit.
    void setPosition(const QPointF& position);
    QPointF position() const { return position_; }

    /// Half the width of the pad in the plane's own units (for two directions: standard deviations of the
    /// prior); 0.5 to 16, 3 by default.
    void setRange(double range);
    double range() const { return range_; }

    /// Field values on an n x n raster over the whole pad: row by row, v from +range down to -range, u from
    /// -range up. Cell centres. Diverging colours about 0 where it has both signs (blue above, orange below)
    /// or sequential ones. An empty vector removes it. NaN is left blank.
    void setField(const QVector<float>& values, int n);
    bool hasField() const { return fieldSize_ > 0; }
    /// Label at the zero contour, for instance "log q/p = 0".
    void setContourLabel(const QString& label);
    /// The last field no longer fits (the plane or the range changed): it is drawn faint until a new one
    /// comes.
    void setFieldStale(bool stale);

    /// Three pictures and where they lie in the plane; empty leaves the anchor mode.
    void setAnchors(const QVector<QPointF>& positions, const QVector<QImage>& thumbnails);
    bool hasAnchors() const { return !anchors_.isEmpty(); }

    /// Names of the two axes ("PC 1", "PC 2"); drawn at the edges.
    void setAxisNames(const QString& u, const QString& v);
    /// A line under the pad; by default the one that explains dragging, wheel and arrows.
    void setHint(const QString& hint);
    /// Greyed, with a reason in place of the hint; an empty reason enables it.
    void setUnavailable(const QString& reason);

    /// The square in widget coordinates, and mapping between both.
    QRectF padRect() const;
    QPointF toWidget(const QPointF& uv) const;
    QPointF fromWidget(const QPointF& point) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

Q_SIGNALS:
    /// While dragging and for every key; at most one per event.
    void moved(const QPointF& position);
    /// The drag ended, or the key came up: a good moment for an undo step.
    void released(const QPointF& position);
    void rangeChanged(double range);
    /// A picture or code was dropped on the pad (near anchor `anchor`, or -1).
    void payloadDropped(const QByteArray& payload, int anchor);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void moveTo(const QPointF& uv);
    void paintPad(QPainter& painter, const QRectF& square);
    void paintContour(QPainter& painter, const QRectF& square);
    void paintAnchors(QPainter& painter);
    void paintHandle(QPainter& painter);
    void paintGround(const QRectF& square);
    void repaintGround();
    QRect handleBox() const; ///< what the handle covers, in widget coordinates
    void describe();

    QPointF position_;
    double range_ = 3.0;
    QVector<float> field_;
    int fieldSize_ = 0;
    bool fieldStale_ = false;
    bool fieldImageStale_ = true;
    QImage fieldImage_;
    QPixmap ground_;                    ///< all but the handle, as painted last; null: paint it anew
    QVector<QVector<QPointF>> contour_; ///< in the unit square, y down
    QString contourLabel_;
    QVector<QPointF> anchors_;
    QVector<QImage> thumbnails_;
    QString uName_;
    QString vName_;
    QString hint_;
    QString unavailable_;
    bool dragging_ = false;
};

} // namespace alphascope::ui
