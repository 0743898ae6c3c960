#include "ui/panels/panel_dock.h"

#include <QAction>
#include <QPainter>
#include <QVBoxLayout>

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
    // The gap to the window's edge belongs to the dock, since the main window has no margins of its own.
    auto* frame = new QWidget(this);
    auto* layout = new QVBoxLayout(frame);
    layout->addWidget(panel);
    setWidget(frame);
    refreshMargins(Qt::LeftDockWidgetArea);
    connect(this, &QDockWidget::dockLocationChanged, this, [this](Qt::DockWidgetArea area) {
        refreshMargins(area);
        Q_EMIT placed();
    });
    connect(this, &QDockWidget::topLevelChanged, this, [this] { Q_EMIT placed(); });
    connect(toggleViewAction(), &QAction::toggled, this, [this] { Q_EMIT placed(); });
}

void PanelDock::refreshMargins(Qt::DockWidgetArea area) {
    const int gap = tokens().gap;
    widget()->layout()->setContentsMargins(area == Qt::RightDockWidgetArea ? 0 : gap, 0,
                                           area == Qt::LeftDockWidgetArea ? 0 : gap, 0);
}

} // namespace alphascope::ui
