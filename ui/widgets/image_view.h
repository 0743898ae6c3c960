#pragma once
// One picture, as large as a whole-number zoom allows, nearest neighbour, centred on a dark ground. Text
// takes its place where there is no picture. Pictures and files may be dropped on it, and dragging on it
// moves the latent code. GUI thread only. Drawing costs one scaled copy per new picture or size.

#include <QImage>
#include <QPixmap>
#include <QWidget>

namespace alphascope::ui {

class ImageView : public QWidget {
    Q_OBJECT
public:
    explicit ImageView(QWidget* parent = nullptr);

    /// A null image shows the empty text.
    void setImage(const QImage& image);
    QImage image() const { return image_; }

    /// What to do to get a picture ("Drop a picture here").
    void setEmptyText(const QString& title, const QString& hint = {});

    /// A line over the picture, such as "Loading ..."; empty removes it.
    void setOverlayText(const QString& text);

    /// Whether drops are taken; off by default.
    void setDropEnabled(bool enabled);
    /// Whether dragging emits latentDragged(); off by default.
    void setLatentDragEnabled(bool enabled);
    /// With a payload, dragging the picture carries it to another widget (not together with latent drags).
    void setDragPayload(const QByteArray& payload);

    /// Whole number of screen pixels per picture pixel (0 when empty or larger than the widget).
    int zoom() const;
    /// Where the picture lies, in widget coordinates.
    QRectF imageRect() const;
    /// The picture's pixel under a widget position, or (-1, -1).
    QPoint pixelAt(const QPointF& position) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void imageDropped(const QImage& image);
    void fileDropped(const QString& path);
    void payloadDropped(const QByteArray& payload);
    /// Movement since the last signal, in heights of the widget's font, x right and y down: the same gesture
    /// means the same on every screen.
    void latentDragged(const QPointF& fontHeights);
    void latentDragFinished();
    void clicked();
    void activated(); ///< double click or Return

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    double pictureScale() const;

    QImage image_;
    QString emptyTitle_;
    QString emptyHint_;
    QString overlay_;
    QByteArray payload_;
    bool latentDrag_ = false;
    bool dropHover_ = false;
    bool pressed_ = false;
    bool moved_ = false;
    QPointF last_;
    QPointF pressedAt_;
};

} // namespace alphascope::ui
