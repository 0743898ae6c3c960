#pragma once
// An encoded picture under the decoded one: original, rebuilt, where and how much they differ, and what can
// be done with it: refine its code, take another square of it, look at many codes of it. GUI thread only.

#include <QWidget>

#include "ui/session/explore_controller.h"

class QFrame;
class QLabel;
class QPushButton;

namespace alphascope::ui {

class CropView;
class ErrorBars;
class ImageView;
class ProgressRow;

class EncodedView : public QWidget {
    Q_OBJECT
public:
    explicit EncodedView(ExploreController& controller, QWidget* parent = nullptr);

    /// The best until now of a search that goes on.
    void showStep(const engine::ExploreResult& result);
    void showEncoded(const engine::ExploreResult& result);
    /// Of a camera, until endLive(): encoded and rebuilt, or as it comes where that takes a search.
    void showLive(const engine::ExploreResult& result);
    void showFrame(const QImage& frame);
    void endLive();
    const engine::ExploreResult& encoded() const { return encoded_; } ///< finished; empty before the first
    /// The errors of a search's starts; its owner puts it beside the search's curve. Hidden without a search.
    ErrorBars* starts() const { return starts_; }

private:
    QWidget* buildPictures();
    QWidget* buildActions();
    void buildCropPopup();
    void openCrop();
    void showPictures(const engine::ExploreResult& result);
    void showFigures(const engine::ExploreResult& result);
    void showStarts(const engine::ExploreResult& result);
    void showVariation(const engine::ExploreResult& result);
    void showHeldOut(const engine::ExploreResult& result);
    void refreshActions();
    const engine::PictureSource& source() const { return live_ ? live_->source : encoded_.source; }

    ExploreController& controller_;
    ImageView* original_ = nullptr;
    ImageView* rebuilt_ = nullptr;
    ImageView* error_ = nullptr;
    ImageView* deviation_ = nullptr;
    QWidget* deviationBox_ = nullptr;
    QLabel* figures_ = nullptr;
    QLabel* rank_ = nullptr;
    QPushButton* rankBySearch_ = nullptr;
    ProgressRow* searching_ = nullptr; ///< held-out pictures' codes
    QLabel* deviationNote_ = nullptr;
    QLabel* notes_ = nullptr;
    ErrorBars* starts_ = nullptr;
    QPushButton* refine_ = nullptr;
    QPushButton* crop_ = nullptr;
    QPushButton* vary_ = nullptr;
    QFrame* cropPopup_ = nullptr;
    CropView* cropView_ = nullptr;
    engine::ExploreResult encoded_;
    std::optional<engine::ExploreResult> live_; ///< of a camera, while it runs
};

} // namespace alphascope::ui
