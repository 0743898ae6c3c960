#pragma once
// Settings as lines over their parameters and figures; brushes filter every other view. GUI thread only.

#include "ui/session/study_controller.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QToolButton;

namespace alphascope::ui {

class ParallelAxes;
class StudyActions;

class StudyAxesPanel : public Panel {
    Q_OBJECT
public:
    StudyAxesPanel(StudyController& controller, StudyActions& actions, QWidget* parent = nullptr);
    ParallelAxes* axes() const { return axes_; }
    QComboBox* methods() const { return methods_; }
    const std::vector<SettingKey>& lines() const { return lines_; }

private:
    void refresh();
    void refreshMarks();
    void takeBrushes();
    std::optional<SettingKey> keyAt(int line) const;

    /// What the lines are of.
    struct Content {
        std::array<std::shared_ptr<const engine::StudyFigures>, studySlots> figures{};
        std::size_t data = 0;
        std::optional<std::size_t> method{};
        bool operator==(const Content&) const = default;
    };

    StudyController& controller_;
    StudyActions& actions_;
    Content content_;
    ParallelAxes* axes_;
    QComboBox* methods_;
    QToolButton* clear_;
    std::vector<SettingKey> lines_;
};

} // namespace alphascope::ui
