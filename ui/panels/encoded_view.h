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

class EncodedView : public QWidget {
    Q_OBJECT
public:
    explicit EncodedView(ExploreController& controller, QWidget* parent = nullptr);

    /// The best until now of a search that goes on.
    void showStep(const engine::ExploreResult& result);
    void showEncoded(const engine::ExploreResult& result);
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
    void refreshActions();

    ExploreController& controller_;
    ImageView* original_ = nullptr;
    ImageView* rebuilt_ = nullptr;
    ImageView* error_ = nullptr;
    ImageView* deviation_ = nullptr;
    QWidget* deviationBox_ = nullptr;
    QLabel* figures_ = nullptr;
    QLabel* rank_ = nullptr;
    QLabel* deviationNote_ = nullptr;
    ErrorBars* starts_ = nullptr;
    QPushButton* refine_ = nullptr;
    QPushButton* crop_ = nullptr;
    QPushButton* vary_ = nullptr;
    QFrame* cropPopup_ = nullptr;
    CropView* cropView_ = nullptr;
    engine::ExploreResult encoded_;
};

} // namespace alphascope::ui
