#pragma once
// Samples of each method's best setting side by side, in the study's order, and of the selected one beside
// them; of those that brushes and filters leave, where some do. GUI thread only.

#include "ui/session/study_controller.h"
#include "ui/widgets/panel.h"

class QHBoxLayout;
class QStackedWidget;

namespace alphascope::ui {

class EmptyState;
class StudyActions;
class StudyPictures;

/// One setting: title, figure, pictures.
class StudySheet : public QWidget {
    Q_OBJECT
public:
    StudySheet(StudyController& controller, StudyActions& actions, StudyPictures& pictures,
               QWidget* parent = nullptr);
    using QWidget::show;
    void show(const SettingKey& key);
    const std::optional<SettingKey>& key() const { return key_; }
    int count() const; ///< pictures that are shown
    QString title() const;

private:
    void refreshPictures();

    StudyController& controller_;
    StudyPictures& pictures_;
    std::optional<SettingKey> key_;
    class ImageGrid* grid_;
    class ElidedLabel* title_;
    class ElidedLabel* figure_;
};

class StudySheetsPanel : public Panel {
    Q_OBJECT
public:
    StudySheetsPanel(StudyController& controller, StudyActions& actions, StudyPictures& pictures,
                     QWidget* parent = nullptr);
    QList<StudySheet*> sheets() const; ///< those that are shown, from left to right

private:
    void refresh();

    StudyController& controller_;
    StudyActions& actions_;
    StudyPictures& pictures_;
    QStackedWidget* pages_;
    EmptyState* empty_;
    QHBoxLayout* row_;
    QList<StudySheet*> sheets_; ///< as many as were ever needed
    int shown_ = 0;
};

} // namespace alphascope::ui
