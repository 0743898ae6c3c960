#pragma once
// The picture under the sliders, where its code came from, and an encoded picture's view below it. Without an
// encoder the search for the code is shown as it goes on; conditional models are asked for a class here. GUI
// thread only.

#include <functional>

#include "ui/session/explore_controller.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/panel.h"

class QLineEdit;
class QPushButton;
class QToolButton;

namespace alphascope::ui {

class ClassRow;
class EncodedView;
class LongWorkView;

/// An ImageView that says when it was painted, to measure how long the pixels took.
class TimedImageView : public ImageView {
public:
    using ImageView::ImageView;
    std::function<void()> onPainted;

protected:
    void paintEvent(QPaintEvent* event) override;
};

class DecodedPanel : public Panel {
    Q_OBJECT
public:
    explicit DecodedPanel(ExploreController& controller, QWidget* parent = nullptr);

    ImageView* picture() const { return picture_; }
    /// "Save picture…" and its companions; the workspace fills it.
    QToolButton* exportButton() const { return export_; }
    /// Where pictures come from, above the encoded one.
    void addSourceRow(QWidget* row);
    EncodedView* encoded() const { return encoded_; }
    /// The live view of a camera ended: what was encoded before is shown again.
    void endLive();
    /// A picture of a camera whose code would have to be searched for.
    void showFrame(const QImage& frame);
    LongWorkView* search() const { return search_; }
    LongWorkView* walk() const { return walk_; }

Q_SIGNALS:
    void openPictureRequested();
    void openFolderRequested();
    void cameraRequested();
    void fileDropped(const QString& path);

private:
    QWidget* buildSources();
    void showDecoded(const QImage& picture, const engine::ExploreResult& result);
    void showEncoded(const engine::ExploreResult& result);
    void showLive(const engine::ExploreResult& result);
    void showSearch(const engine::ExploreResult& result);
    void showWalk(const engine::ExploreResult& result);
    void refreshModel();

    ExploreController& controller_;
    TimedImageView* picture_;
    QToolButton* pull_;
    QToolButton* export_;
    QLineEdit* seed_;
    QPushButton* random_;
    QPushButton* keyframe_;
    QPushButton* open_;
    ClassRow* classes_;
    LongWorkView* walk_;
    LongWorkView* search_;
    EncodedView* encoded_;
};

} // namespace alphascope::ui
