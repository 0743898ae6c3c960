#pragma once
// Asks a conditional model for a class: which one, how many steps, and go. Shown only for models that can.
// GUI thread only.

#include <QWidget>

class QComboBox;
class QPushButton;
class QSpinBox;

namespace alphascope::ui {

class ExploreController;

class ClassRow : public QWidget {
    Q_OBJECT
public:
    explicit ClassRow(ExploreController& controller, QWidget* parent = nullptr);
    /// While a walk is on its way another one replaces it.
    void setWalking(bool walking);

private:
    void refresh();

    ExploreController& controller_;
    QComboBox* class_;
    QSpinBox* steps_;
    QPushButton* go_;
};

} // namespace alphascope::ui
