#include "ui/panels/panel_dock.h"

#include <QPainter>

#include "ui/theme/tokens.h"

namespace alphascope::ui {

namespace {

/// The gap; a short line shows under the mouse that it can be dragged.
class Grip : public QWidget {
public:
    explicit Grip(QWidget* parent) : QWidget(parent) {
        setAttribute(Qt::WA_Hover);
        setCursor(Qt::SizeAllCursor);
    }
    QSize sizeHint() const override { return {40, tokens().gap}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        if (!underMouse())
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(tokens().muted);
        painter.drawRoundedRect(QRectF(width() / 2.0 - 14, height() / 2.0 - 1.5, 28, 3), 1.5, 1.5);
    }
};

} // namespace

PanelDock::PanelDock(const QString& title, QWidget* panel, QWidget* parent) : QDockWidget(title, parent) {
    auto* grip = new Grip(this);
    grip->setToolTip(tr("Drag to move “%1”").arg(title));
    setTitleBarWidget(grip);
    setWidget(panel);
}

} // namespace alphascope::ui
