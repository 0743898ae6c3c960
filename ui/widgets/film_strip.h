#pragma once
// Keyframes and the frames between them, as one strip. Keyframes are chosen, removed, and put in another
// order by dragging; a marker shows where playing stands and can be dragged. GUI thread only; it neither
// plays nor computes: the panel moves the position by its own clock.

#include <QImage>
#include <QVector>
#include <QWidget>

#include <functional>

class QMimeData;

namespace alphascope::ui {

struct Keyframe {
    int id = 0; ///< chosen by the caller, unique
    QImage thumbnail;
    QString label; ///< "seed 7"; may be empty
};

class FilmStrip : public QWidget {
    Q_OBJECT
public:
    explicit FilmStrip(QWidget* parent = nullptr);

    void setKeyframes(const QVector<Keyframe>& keyframes);
    const QVector<Keyframe>& keyframes() const { return keyframes_; }

    /// Frames evenly spread over the whole path, first and last included (for a loop the last one leads back
    /// to the first keyframe). Those that fit between the keyframes are shown. Empty shows keyframes only.
    void setFrames(const QVector<QImage>& frames);
    /// Whether the path returns to the first keyframe.
    void setLoop(bool loop);
    bool loop() const { return loop_; }

    /// t in [0, 1] over the whole path. Does not emit.
    void setPosition(double t);
    double position() const { return position_; }
    /// Whether the marker is shown as running.
    void setPlaying(bool playing);

    /// By id; -1 for none. Does not emit.
    void setSelected(int id);
    int selected() const { return selected_; }

    void setEmptyText(const QString& title, const QString& hint = {});

    /// With a provider, a keyframe dragged out of the strip travels to other widgets.
    void setDragPayloadProvider(std::function<QByteArray(int id)> provider);

    /// Where a keyframe is drawn, in widget coordinates.
    QRectF keyframeRect(int id) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// The user put the keyframes in this order; the strip shows it already.
    void keyframesReordered(const QVector<int>& ids);
    void removeRequested(int id);
    void selectionChanged(int id);
    void keyframeActivated(int id); ///< double click or Return: load it into the view
    /// The user moved the marker.
    void positionChanged(double t);
    void playToggled();
    /// Something was dropped before the keyframe at `index` (count: at the end).
    void payloadDropped(const QByteArray& payload, int index);
    void imageDropped(const QImage& image, int index);
    void fileDropped(const QString& path, int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void changeEvent(QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    /// One square of the strip: a keyframe or a frame between.
    struct Tile {
        QRectF rect;
        int keyframe = -1; ///< index, or -1 for a frame between
        int frame = -1;    ///< index into frames_
        double t = 0;
    };
    enum class Drag { None, Pending, Keyframe, Marker };

    void layoutTiles();
    QRectF stripRect() const;
    int segments() const;
    int indexOf(int id) const;
    int keyframeAt(const QPointF& point) const;
    QRectF removeRect(const QRectF& tile) const;
    int insertionIndex(double x) const;
    double xOf(double t) const;
    double tAt(double x) const;
    void select(int id);
    void moveKeyframe(int from, int to);
    int betweenPerSegment() const;
    void paintTile(QPainter& painter, const Tile& tile);
    void paintMarker(QPainter& painter);
    void paintInsertion(QPainter& painter, int index);
    void ensureVisible(int index);
    void setScroll(double scroll);
    void moveMarker(double x);
    void dropOn(const QMimeData* mime, int index);
    void describe();

    QVector<Keyframe> keyframes_;
    QVector<QImage> frames_;
    QVector<Tile> tiles_;
    QString emptyTitle_;
    QString emptyHint_;
    std::function<QByteArray(int)> dragPayload_;
    bool loop_ = false;
    bool playing_ = false;
    double position_ = 0;
    double scroll_ = 0;
    double contentWidth_ = 0;
    double pitch_ = 0; ///< from one tile to the next
    int selected_ = -1;
    int hovered_ = -1; ///< keyframe index
    Drag drag_ = Drag::None;
    int dragged_ = -1; ///< keyframe index
    int dropIndex_ = -1;
    QPointF pressedAt_;
    QPointF pointer_;
};

} // namespace alphascope::ui
