#pragma once
// What lies over a CurvePlot without being part of it: cross-hair and its box of values, the sentence of a
// mark, the empty text, the unit, the focus ring. Moving the pointer repaints only this, never the curves.

#include "ui/widgets/curve_plot_private.h"

#include <QWidget>

namespace alphascope::ui {

class CurveOverlay : public QWidget {
    Q_OBJECT
public:
    CurveOverlay(CurvePlot::Private* d, QWidget* parent);

    /// Pointer position in widget coordinates, or nothing.
    void setPointer(std::optional<QPointF> position);
    std::optional<QPointF> pointer() const { return pointer_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintInherited(QPainter& painter, const QRectF& area);
    void paintCrossHair(QPainter& painter, const QRectF& area);
    void paintBox(QPainter& painter, const QRectF& area, double x, const QString& title,
                  const std::vector<CurvePlot::Private::Reading>& readings);
    void paintSentence(QPainter& painter, const QRectF& area, const QString& sentence);

    CurvePlot::Private* d_;
    std::optional<QPointF> pointer_;
};

} // namespace alphascope::ui
