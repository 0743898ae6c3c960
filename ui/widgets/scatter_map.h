#pragma once
// A map of many points in the plane (the codes of a data set): up to 100,000 dots that one can drag and zoom
// without a wait, pictures in place of dots where there is room, a card beside the point under the pointer,
// and selections by a lasso. Knows nothing of what the points are: their pictures come from a provider, at
// once or later. GUI thread only.
//
//     map->setPositions(points);                      // again as often as a layout moves
//     map->setCategories(labels, names, tr("label"));
//     map->setColoring(ScatterColoring::Category);
//     map->setThumbnailProvider([&](int index) { return pictureOf(index); });

#include "ui/widgets/scatter_map_colors.h"
#include "ui/widgets/scatter_map_index.h"
#include "ui/widgets/scatter_map_overlay.h"
#include "ui/widgets/scatter_map_raster.h"
#include "ui/widgets/scatter_map_thumbnails.h"
#include "ui/widgets/scatter_map_view.h"

#include <QPixmap>
#include <QPolygonF>
#include <QVector>
#include <QWidget>

#include <functional>
#include <vector>

namespace alphascope::ui {

/// What dragging does without a key held; Shift always draws a lasso, Shift and Ctrl a rectangle.
enum class ScatterTool { Pan, Lasso, Rectangle };

class ScatterMap : public QWidget {
    Q_OBJECT
public:
    explicit ScatterMap(QWidget* parent = nullptr);

    // ---- the points -------------------------------------------------------------------------------------

    /// x to the right, y up. What is not finite is left out. The view stays where somebody moved it, and else
    /// shows all. Another number of points drops selection, pictures and the point under the pointer.
    void setPositions(const QVector<QPointF>& positions);
    /// x and y in turn.
    void setPositions(const std::vector<float>& coordinates);
    void clear() { setPositions(QVector<QPointF>()); }
    int count() const { return static_cast<int>(positions_.size()); }

    /// categories: for each point an index into names, or -1; title: what the names are, in singular.
    void setCategories(const QVector<int>& categories, const QStringList& names, const QString& title);
    /// One number for each point (not finite: none), with what it is and its unit.
    void setValues(const QVector<float>& values, const QString& title, const QString& unit = {});
    void setColoring(ScatterColoring coloring);
    ScatterColoring coloring() const { return coloring_; }

    /// Called while painting for pictures that are about to be shown, a few each frame. A null picture means
    /// "later": deliver it by setThumbnail(). No provider: thumbnailsWanted() asks instead, if anybody
    /// listens.
    void setThumbnailProvider(std::function<QImage(int index)> provider);
    void setThumbnail(int index, const QImage& picture);
    /// Forgets all pictures, for instance when what is rebuilt has changed.
    void clearThumbnails();
    void setThumbnailsVisible(bool visible);
    /// The points that show their picture now.
    QVector<int> thumbnailIndices() const;

    // ---- what lies over and under them ------------------------------------------------------------------

    /// The card beside the point under the pointer; ignored if that is no longer `index`. Until it is set the
    /// card says what the map itself knows.
    void setHoverCard(int index, const ScatterCard& card);
    void setMarks(const QVector<ScatterMark>& marks);
    /// A line through points, for instance those of a film strip; map coordinates.
    void setPath(const QVector<QPointF>& points);
    /// Empty: none.
    void setCloud(const ScatterCloud& cloud);
    const ScatterCloud& cloud() const { return cloud_; }
    const QVector<ScatterMark>& marks() const { return marks_; }
    /// n x n values over `rectangle` (least x, least y, width, height), row by row from the highest y down;
    /// not finite: unknown. Blue where positive, orange where negative, dashed where 0.
    void setField(const QVector<float>& values, int n, const QRectF& rectangle, const QString& caption);
    void clearField() { setField({}, 0, {}, {}); }
    bool hasField() const { return fieldSide_ > 0; }
    /// Work under way; an empty caption ends it. fraction below 0: not known.
    void setBusy(const QString& caption, double fraction = -1);
    void setEmptyText(const QString& title, const QString& hint = {});

    // ---- selection --------------------------------------------------------------------------------------

    /// From outside: does not emit. What is no index of a point is left out.
    void setSelection(const QVector<int>& indices);
    /// In rising order.
    const QVector<int>& selection() const { return selection_; }
    void setTool(ScatterTool tool);
    ScatterTool tool() const { return tool_; }

    // ---- the view ---------------------------------------------------------------------------------------

    void fit();
    const MapView& view() const { return view_; }
    void setView(const QPointF& centre, double scale);
    /// The point at a place of the widget, at most a few pixels away; else -1.
    int pointAt(const QPointF& at) const;
    /// The numbered mark at a place of the widget; else -1.
    int markAt(const QPointF& at) const;
    /// Where each of marks() is drawn in the widget.
    QVector<QPointF> shownMarks() const { return shownMarks(view_); }
    int hoveredPoint() const { return hovered_; }

    /// The map as a picture of `size` times `scale` pixels, without card and focus.
    QImage renderTo(const QSize& size, double scale = 1);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void pointHovered(int index); ///< -1: none
    void pointActivated(int index);
    void pointOpened(int index);
    void markClicked(int index); ///< of marks()
    /// By the user, or because the points are others.
    void selectionChanged(const QVector<int>& indices);
    void viewChanged();
    /// Pictures about to be shown that nobody delivered yet; each is asked for once while it is shown.
    void thumbnailsWanted(const QVector<int>& indices);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    enum class Gesture { None, Press, Pan, Lasso, Rectangle };

    // scatter_map.cpp
    void ensureIndex() const;
    void redraw(); ///< the dots have to be drawn anew
    void recolor();
    MapView fittedView() const;
    void moveView(const MapView& next);
    double allowedZoom(double factor) const;
    QRectF mapArea() const;
    void chooseSelection(const QVector<int>& indices); ///< emits where it changes
    void applySelection(const QVector<int>& indices);
    void hover(int index);
    void describe();

    // scatter_map_input.cpp
    ScatterTool toolFor(Qt::KeyboardModifiers modifiers) const;
    void extendLasso(const QPointF& at);
    void endLasso(bool add);
    void click(const QPointF& at, bool add);
    void dropLasso();

    // scatter_map_painting.cpp
    void paintMap(QPainter& painter, const MapView& view, double ratio);
    void paintLayer(QPainter& painter, const MapView& view, double ratio);
    void paintPart(QImage& image, const QRect& part, const DotGrid& grid);
    void paintFieldPart(QImage& image, const QRect& part, const DotGrid& grid);
    void paintFieldLines(QPainter& painter, const MapView& view);
    void paintThumbnails(QPainter& painter, const MapView& view, double ratio);
    void paintHovered(QPainter& painter);
    void paintPath(QPainter& painter, const MapView& view);
    void paintMarks(QPainter& painter, const MapView& view);
    QVector<QPointF> shownMarks(const MapView& view) const;
    void paintCloud(QPainter& painter, const MapView& view);
    void paintLasso(QPainter& painter, const MapView& view);
    void paintLegend(QPainter& painter, const QRectF& area, double ratio);
    void paintHint(QPainter& painter, const QRectF& below);
    void ensureSprites(double scale, double ratio);
    void ensureColors();
    void chooseShown(const MapView& view);
    void fetchThumbnails(const MapView& view);
    bool anybodyHasPictures() const;
    /// How many points there would be if all lay as sparsely as the view shows them.
    double shownCount(double scale) const;
    double thumbnailSide(double scale) const;

    QVector<QPointF> positions_;
    mutable PointIndex index_;
    mutable bool indexStale_ = false;
    ScatterPointData data_;
    ScatterColoring coloring_ = ScatterColoring::Plain;
    ScatterColors colors_;
    bool colorsStale_ = true;

    MapView view_;
    bool viewMoved_ = false; ///< by somebody: new points leave it
    double fitScale_ = 1;

    QVector<int> selection_;
    std::vector<quint8> selected_; ///< 1 for each selected point; empty without any
    ScatterTool tool_ = ScatterTool::Pan;
    QPolygonF lasso_; ///< map coordinates; stays as long as what it selected
    Gesture gesture_ = Gesture::None;
    QPointF pressedAt_;
    QPointF draggedTo_;
    int hovered_ = -1;
    ScatterCard card_;

    std::function<QImage(int)> provider_;
    ThumbnailStore store_;
    bool thumbnailsVisible_ = true;
    QVector<ThumbnailPlace> shown_; ///< what could show a picture, in and about the view
    QRectF shownBox_;               ///< map coordinates for which shown_ holds
    double shownScale_ = 0;

    QVector<ScatterMark> marks_;
    QVector<QPointF> path_;
    ScatterCloud cloud_;
    QVector<float> field_;
    int fieldSide_ = 0;
    QRectF fieldBox_;
    QString fieldCaption_;
    QImage fieldPicture_;
    QVector<QVector<QPointF>> fieldLines_; ///< map coordinates
    QString busy_;
    double busyFraction_ = -1;
    QString emptyTitle_;
    QString emptyHint_;

    ScrolledLayer layer_;
    double layerScale_ = 0; ///< at which it was drawn, device pixels a unit
    DotSprites plainDots_;
    DotSprites fadedDots_;
    DotSprites selectedDots_;
    double spriteRadius_ = 0;
    QPixmap legend_;
    QRectF legendBox_;
    QSizeF legendArea_; ///< for which it was drawn; empty: stale
};

} // namespace alphascope::ui
