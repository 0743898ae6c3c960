#pragma once
// The bar at the top: start or pause, single steps, stop, checkpoint; what is trained on what; and how it
// goes. GUI thread only. The buttons show actions that the main window owns.

#include <QWidget>

#include "ui/session/engine_bridge.h"

class QAction;
class QLabel;
class QMenu;
class QPushButton;

namespace alphascope::ui {

class StatusPill;

class SessionBar : public QWidget {
    Q_OBJECT
public:
    struct Actions {
        QAction* run; ///< start, pause or resume: its text and icon change
        QAction* step;
        QAction* stop;
        QAction* checkpoint;
    };
    explicit SessionBar(const Actions& actions, QWidget* parent = nullptr);

    /// "iteration" and one entry per part of the method.
    void setParts(const std::vector<models::MethodPart>& parts);
    QMenu* stepMenu() const { return stepMenu_; }

    void setMethod(const QString& title);
    void setData(const QString& title);
    void setDevice(const QString& device);
    /// The two lines at the right.
    void setStatus(const engine::SessionStatus& status);
    /// Steps between the training and the weights that the explorer uses; negative when it follows nothing.
    void setModelAge(qint64 steps);
    void setLatency(double milliseconds);

Q_SIGNALS:
    void stepRequested(const QString& part); ///< "" for a whole iteration

private:
    QPushButton* button(QAction* action, bool primary);
    void refreshLines();

    QMenu* stepMenu_;
    StatusPill* method_;
    StatusPill* data_;
    StatusPill* device_;
    QLabel* first_;
    QLabel* second_;
    engine::SessionStatus status_;
    qint64 age_ = -1;
    double latency_ = -1.0;
};

} // namespace alphascope::ui
