#pragma once
// Sliders along the directions of a set: the code's own dimensions, components, local axes, factors, or the
// user's own; the chosen one as a strip of pictures, with how far its edits leave what the encoder knows; and
// truncation. GUI thread only.

#include "ui/session/direction_controller.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace alphascope::ui {

class AttributeMaker;
class AttributeSets;
class DirectionSlider;
class ElidedLabel;
class IDialogs;
class ImageGrid;
class ProgressRow;
class SliderList;

class DirectionsPanel : public Panel {
    Q_OBJECT
public:
    DirectionsPanel(DirectionController& controller, AttributeSets& sets, IDialogs& dialogs,
                    QWidget* parent = nullptr);
    SliderList* sliders() const { return sliders_; }
    DirectionSlider* truncation() const { return truncation_; }
    QComboBox* setChoice() const { return choice_; }
    ImageGrid* strip() const { return strip_; }
    QPushButton* encodeButton() const { return encode_; }
    AttributeMaker* attributeMaker() const { return maker_; }
    QString facts() const;

private:
    void buildHeader();
    void buildTruncation();
    void connectController();
    void refreshRows();
    void refreshValues();
    void refreshFacts();
    void refreshAtlas();
    void showFidelity(const std::vector<float>& distances);
    void showMenu(int index, const QPoint& at);
    void keepCurrent();

    DirectionController& controller_;
    IDialogs& dialogs_;
    QComboBox* choice_;
    QLineEdit* filter_;
    QToolButton* keep_;
    QToolButton* resetAll_;
    SliderList* sliders_;
    QPushButton* encode_;
    ProgressRow* progress_;
    ImageGrid* strip_;
    ElidedLabel* facts_;
    AttributeMaker* maker_;
    DirectionSlider* truncation_;
    std::vector<std::string> shownNames_; ///< of the rows, to tell new ones from moved ones
};

} // namespace alphascope::ui
