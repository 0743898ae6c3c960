#pragma once
// A model of points in the plane, where everything can be seen: real and generated points, originals joined
// to their reconstructions, what the discriminator says of the plane, and where it would push the generated
// points. Each layer has a chip that shows and hides it. GUI thread only.

#include <QImage>
#include <QLineF>
#include <QPointF>
#include <QSet>
#include <QVector>
#include <QWidget>

namespace alphascope::ui {

class LegendBar;

/// x to the right, y up, both in [-range, range]. Points that are not finite are left out, and counted.
struct ScatterContent {
    double range = 1.25;
    QVector<QPointF> real;
    QVector<QPointF> samples;
    QVector<QLineF> pairs; ///< from a real point to its reconstruction
    /// D's verdict at the nodes of a side x side grid over the square, row by row from the bottom up; empty
    /// without one.
    QVector<float> field;
    int fieldSide = 0;
    bool fieldIsEnergy = false; ///< low where D takes a point as real; else high there
    QVector<QLineF> arrows;     ///< from a generated point towards what D takes as real; any length
};

class ScatterView : public QWidget {
    Q_OBJECT
public:
    explicit ScatterView(QWidget* parent = nullptr);

    void setContent(ScatterContent content);
    void clear();
    const ScatterContent& content() const { return content_; }
    void setEmptyText(const QString& title, const QString& hint = {});

    /// "real", "samples", "pairs", "field", "arrows".
    void setLayerVisible(const QString& layer, bool visible);
    bool isLayerVisible(const QString& layer) const { return !hidden_.contains(layer); }
    /// The layers that the content has.
    QStringList layers() const;

    /// The square in widget coordinates, and where a point of the plane lies in it.
    QRectF square() const;
    QPointF toWidget(const QPointF& point) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void layerToggled(const QString& layer, bool visible);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refreshLegend();
    void placeLegend();
    void describe();
    bool shows(const char* layer) const;
    void paintField(QPainter& painter);
    void paintGrid(QPainter& painter);
    void paintPoints(QPainter& painter, const QVector<QPointF>& points, int series, double size);
    void paintPairs(QPainter& painter);
    void paintArrows(QPainter& painter);

    ScatterContent content_;
    int left_ = 0; ///< points that are not finite
    QImage field_;
    bool fieldStale_ = true;
    QSet<QString> hidden_;
    LegendBar* legend_;
    QString emptyTitle_;
    QString emptyHint_;
};

} // namespace alphascope::ui
