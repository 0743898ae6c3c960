#pragma once
// Is it memory, is it collapse: the training pictures nearest to what is decoded now, in pixels, codes or the
// discriminator's features, and what 256 samples say about the model. Works only while it is seen. GUI thread
// only.

#include "ui/session/neighbour_controller.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace alphascope::ui {

class JudgementView;
class PictureRow;
class ProgressRow;

class NeighboursPanel : public Panel {
    Q_OBJECT
public:
    NeighboursPanel(NeighbourController& controller, ExploreController& explore, QWidget* parent = nullptr);

    QComboBox* spaceChoice() const { return space_; }
    PictureRow* row() const { return row_; }
    QPushButton* judgeButton() const { return judge_; }
    QPushButton* searchButton() const { return search_; }
    QToolButton* refreshButton() const { return refresh_; }
    ProgressRow* progress() const { return progress_; }
    JudgementView* judgement() const { return judgement_; }
    QString verdict() const;
    QString facts() const;

Q_SIGNALS:
    void seen(bool visible);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildHeader();
    void refreshSpaces();
    void refreshState();
    void refreshRow();
    QString emptyReason() const;
    void offer(int index);

    NeighbourController& controller_;
    ExploreController& explore_;
    QComboBox* space_;
    QToolButton* refresh_;
    QLabel* reason_; ///< why there is nothing to see
    QPushButton* search_;
    PictureRow* row_;
    QLabel* verdict_;
    QLabel* facts_;
    QPushButton* judge_;
    QLabel* work_; ///< what goes on: the progress row has no room for words here
    ProgressRow* progress_;
    JudgementView* judgement_;
    QLabel* notes_;
};

} // namespace alphascope::ui
