#pragma once
// Keyframes and the way between them, played as an animation: its kind, its length, and the search for
// geodesics. GUI thread only.

#include "ui/session/explore_controller.h"
#include "ui/widgets/panel.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace alphascope::ui {

class FilmStrip;
class LongWorkView;
class ProgressRow;

class FilmPanel : public Panel {
    Q_OBJECT
public:
    explicit FilmPanel(ExploreController& controller, QWidget* parent = nullptr);
    FilmStrip* strip() const { return strip_; }
    QToolButton* playButton() const { return play_; }
    QToolButton* exportButton() const { return export_; }
    /// Of a video that is being saved; hidden otherwise.
    ProgressRow* progress() const { return progress_; }
    /// The search for geodesics; hidden unless one goes on.
    LongWorkView* search() const { return search_; }

private:
    void buildHeader();
    void refresh();
    void refreshPlayIcon();
    QWidget* buildPathRow();
    void refreshPathRow();
    void showSearch(const engine::ExploreResult& result);

    ExploreController& controller_;
    FilmStrip* strip_;
    QToolButton* play_;
    ProgressRow* progress_;
    QComboBox* path_;
    QComboBox* fps_;
    QComboBox* seconds_;
    QToolButton* loop_;
    QToolButton* export_;
    LongWorkView* search_;
    QLabel* length_ = nullptr;
    QCheckBox* evenSpeed_ = nullptr;
    QSpinBox* pull_ = nullptr;
    QLabel* ways_ = nullptr;
    QPushButton* find_ = nullptr;
    QVector<QImage> thumbnails_;
};

} // namespace alphascope::ui
