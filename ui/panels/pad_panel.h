#pragma once
// The latent pad with its choice of plane: two dimensions of the code, or three anchors. GUI thread only.

#include "ui/session/explore_controller.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QPushButton;

namespace alphascope::ui {

class ElidedLabel;
class LatentPad;

class PadPanel : public Panel {
    Q_OBJECT
public:
    explicit PadPanel(ExploreController& controller, QWidget* parent = nullptr);
    LatentPad* pad() const { return pad_; }

private:
    void buildControls();
    void refresh();
    void refreshAxes();
    void refreshAnchors();
    void refreshModel();
    void describePoint(const engine::ExploreResult& result);

    ExploreController& controller_;
    LatentPad* pad_;
    QComboBox* mode_;
    QWidget* axesRow_;
    QComboBox* axes_[2];
    QWidget* anchorRow_;
    QPushButton* anchors_[anchorCount];
    ElidedLabel* verdict_;
    QVector<QImage> thumbnails_;
};

} // namespace alphascope::ui
