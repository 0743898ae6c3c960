#pragma once
// A slider for every dimension of the code, truncation, and a filter. GUI thread only.

#include "ui/session/explore_controller.h"
#include "ui/widgets/panel.h"

class QLineEdit;
class QToolButton;

namespace alphascope::ui {

class DirectionSlider;
class SliderList;

class DirectionsPanel : public Panel {
    Q_OBJECT
public:
    explicit DirectionsPanel(ExploreController& controller, QWidget* parent = nullptr);
    SliderList* sliders() const { return sliders_; }
    DirectionSlider* truncation() const { return truncation_; }

private:
    void refreshModel();
    void refresh();

    ExploreController& controller_;
    QLineEdit* filter_;
    SliderList* sliders_;
    DirectionSlider* truncation_;
    QToolButton* resetAll_;
};

} // namespace alphascope::ui
