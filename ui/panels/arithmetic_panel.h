#pragma once
// A - B + C with pictures: three places to drop a picture, a file, a seed or anything that carries a code,
// and a button that makes the sum the picture in view. GUI thread only.

#include <array>

#include "ui/session/code_arithmetic.h"
#include "ui/widgets/panel.h"

class QPushButton;
class QToolButton;

namespace alphascope::ui {

class ElidedLabel;
class ImageView;

class ArithmeticPanel : public Panel {
    Q_OBJECT
public:
    ArithmeticPanel(EngineBridge& bridge, ExploreController& controller, QWidget* parent = nullptr);

    CodeArithmetic& arithmetic() { return arithmetic_; }
    ImageView* target(int index) const { return targets_[std::size_t(index)].picture; }
    QPushButton* applyButton() const { return apply_; }

private:
    struct Target {
        ImageView* picture = nullptr;
        QToolButton* menu = nullptr;
        ElidedLabel* label = nullptr;
    };

    QWidget* buildTarget(int index);
    void buildMenu(int index);
    void refresh();

    ExploreController& controller_;
    CodeArithmetic arithmetic_;
    std::array<Target, CodeArithmetic::operandCount> targets_;
    QPushButton* apply_;
};

} // namespace alphascope::ui
