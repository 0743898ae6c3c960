#pragma once
// Keyframes and the way between them, played as an animation. GUI thread only.

#include "ui/session/explore_controller.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QToolButton;

namespace alphascope::ui {

class FilmStrip;
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

private:
    void buildHeader();
    void refresh();
    void refreshPlayIcon();

    ExploreController& controller_;
    FilmStrip* strip_;
    QToolButton* play_;
    ProgressRow* progress_;
    QComboBox* path_;
    QComboBox* fps_;
    QComboBox* seconds_;
    QToolButton* loop_;
    QToolButton* export_;
    QVector<QImage> thumbnails_;
};

} // namespace alphascope::ui
