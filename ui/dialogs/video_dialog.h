#pragma once
// How large a film is to be and how fast: asked after its name, since a GIF can do less than a video.

#include <QDialog>

#include "ui/session/engine_interface.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QSpinBox;

namespace alphascope::ui {

class VideoDialog : public QDialog {
    Q_OBJECT
public:
    /// Of frames of `side` pixels, for `path`.
    VideoDialog(const QString& path, int side, const VideoChoice& usual, QWidget* parent = nullptr);
    VideoChoice choice() const;

private:
    void refresh();

    int side_;
    QComboBox* by_;
    QSpinBox* scale_;
    QSpinBox* pixels_;
    QDoubleSpinBox* rate_;
    QCheckBox* loop_;
    QLabel* size_;
};

} // namespace alphascope::ui
