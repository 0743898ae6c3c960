#pragma once
// A small drawing of a method: its networks, what flows between them, and the losses that judge it. The kind
// of a node shows in its shape as well as in its colour: data are boxes, codes are discs, networks are filled
// blocks, losses are hexagons. Scales down to its width, never up beyond its natural size. GUI thread only.

#include <QPainterPath>
#include <QPair>
#include <QPointF>
#include <QString>
#include <QVector>
#include <QWidget>

namespace alphascope::ui {

enum class DiagramKind { Data, Code, Network, Loss };

struct DiagramNode {
    QString name;
    DiagramKind kind = DiagramKind::Data;
    QPointF at; ///< column and row on a grid; halves are allowed
};

class MethodDiagram : public QWidget {
    Q_OBJECT
public:
    explicit MethodDiagram(QWidget* parent = nullptr);

    /// Arrows go between indices of `nodes`; those out of range, and from a node to itself, are left out.
    /// `description` says the same in words, for screen readers.
    void setDiagram(const QVector<DiagramNode>& nodes, const QVector<QPair<int, int>>& arrows,
                    const QString& description);
    bool isEmpty() const { return nodes_.isEmpty(); }

    /// Where a node is drawn, in widget coordinates.
    QRectF nodeRect(int node) const;
    /// The line of an arrow, from the edge of one node to the edge of the other; around nodes in its way.
    QPainterPath arrowPath(int arrow) const;
    int arrowCount() const { return int(arrows_.size()); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    double scaleAt(int width) const;
    QSizeF nodeSize(const DiagramNode& node) const;
    QSizeF gridSize() const;
    int legendHeight() const;
    int nodesHit(const QPainterPath& path, int from, int to) const;
    void paintNode(QPainter& painter, const DiagramNode& node, const QRectF& rect) const;
    void paintArrow(QPainter& painter, const QPainterPath& path) const;
    void paintLegend(QPainter& painter) const;

    QVector<DiagramNode> nodes_;
    QVector<QPair<int, int>> arrows_;
    QPointF origin_;               ///< smallest column and row
    QSizeF span_;                  ///< columns and rows between the outermost nodes
    QVector<QPainterPath> routes_; ///< of the arrows; finding a clear way takes longer than painting it
    int routedFor_ = -1;           ///< the width that they are for; -1: none
};

} // namespace alphascope::ui
