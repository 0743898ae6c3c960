#pragma once
// One row of two models in one place: a divider between A and B, or their difference; which two, which row.
// GUI thread only.

#include "ui/session/compare_controller.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QLabel;
class QToolButton;

namespace alphascope::ui {

class SplitView;

class ComparePairPanel : public Panel {
    Q_OBJECT
public:
    explicit ComparePairPanel(CompareController& controller, QWidget* parent = nullptr);

    SplitView* view() const { return view_; }
    QString figure() const;
    void setDifferenceShown(bool shown);
    /// Beside the columns it can be closed.
    void setClosable(bool closable);

Q_SIGNALS:
    void closed();

private:
    QWidget* buildChoice();
    QWidget* buildRows();
    void refreshChoice();
    void refresh();
    void step(int by);
    void choose();

    CompareController& controller_;
    SplitView* view_;
    QComboBox* a_ = nullptr;
    QComboBox* b_ = nullptr;
    QToolButton* difference_;
    QToolButton* close_;
    QToolButton* previous_ = nullptr;
    QToolButton* next_ = nullptr;
    QComboBox* rows_ = nullptr;
    QLabel* row_ = nullptr;
    QLabel* figure_;
};

} // namespace alphascope::ui
