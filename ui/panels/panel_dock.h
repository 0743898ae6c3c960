#pragma once
// A dock whose panel draws its own title: what is left of the title bar is the gap above the panel, by which
// the dock can be dragged. GUI thread only.

#include <QDockWidget>

namespace alphascope::ui {

class PanelDock : public QDockWidget {
    Q_OBJECT
public:
    PanelDock(const QString& title, QWidget* panel, QWidget* parent);

Q_SIGNALS:
    /// Shown, hidden, or moved to another side.
    void placed();

private:
    void refreshMargins(Qt::DockWidgetArea area);
};

} // namespace alphascope::ui
