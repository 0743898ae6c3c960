#pragma once
// The figures in the status bar: device, memory, how evenly the window runs, how fast a slider reaches the
// screen, and what the window costs the training. GUI thread only; refreshes twice a second while shown.

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include "ui/session/explore_controller.h"

class QLabel;

namespace alphascope::ui {

class StatusFigures : public QWidget {
    Q_OBJECT
public:
    StatusFigures(EngineBridge& bridge, ExploreController& controller, FrameMeter& frames,
                  QWidget* parent = nullptr);

    void setDevice(const QString& device);
    /// The method's own figure of how it goes; an empty title hides it.
    void setHealth(const QString& title, const QString& value, const QString& meaning);
    void refresh();

private:
    QLabel* figure(const QString& name, const QString& toolTip);
    double viewerCost();

    EngineBridge& bridge_;
    ExploreController& controller_;
    FrameMeter& frames_;
    QTimer timer_;
    QElapsedTimer since_;
    double cpuBefore_ = 0.0;
    double exploreBefore_ = 0.0;
    double cost_ = 0.0;
    QString deviceName_;
    QLabel* health_;
    QLabel* device_;
    QLabel* memory_;
    QLabel* gap_;
    QLabel* latency_;
    QLabel* costLabel_;
};

} // namespace alphascope::ui
