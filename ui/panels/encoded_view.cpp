#include "ui/panels/encoded_view.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/models/figures.h"
#include "ui/session/image_conversion.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/crop_view.h"
#include "ui/widgets/error_bars.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/progress_row.h"

namespace alphascope::ui {

namespace {

constexpr int pictureHeight = 72;
constexpr int cropSide = 320;
const QString separator = QStringLiteral(" · ");

QLabel* captionLabel(const char* name, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setProperty("role", QStringLiteral("caption"));
    label->setWordWrap(true);
    return label;
}

/// A captioned picture, as a column of `row`.
QWidget* addColumn(QHBoxLayout* row, const QString& title, ImageView** view, QWidget* parent) {
    auto* box = new QWidget(parent);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* caption = new QLabel(titleText(title), box);
    caption->setProperty("role", QStringLiteral("title"));
    *view = new ImageView(box);
    (*view)->setAccessibleName(title);
    (*view)->setFixedHeight(pictureHeight);
    column->addWidget(caption);
    column->addWidget(*view);
    row->addWidget(box, 1);
    return box;
}

} // namespace

EncodedView::EncodedView(ExploreController& controller, QWidget* parent)
    : QWidget(parent), controller_(controller) {
    setObjectName(QStringLiteral("encodedView"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(buildPictures());
    figures_ = captionLabel("encodedFigures", this);
    figures_->setToolTip(tr(
        "L1: mean absolute difference between original and rebuilt, where black is −1 and white is 1.\n"
        "PSNR: peak signal to noise ratio of the 8-bit pictures; more is better.\n"
        "1 − SSIM: structural error after Wang and others (2004), 0 for equal pictures; a Gaussian window of "
        "11 pixels, or as many as a smaller picture has."));
    rank_ = captionLabel("heldOutRank", this);
    searching_ = new ProgressRow(this);
    searching_->setObjectName(QStringLiteral("heldOutSearch"));
    searching_->hide();
    deviationNote_ = captionLabel("deviationNote", this);
    starts_ = new ErrorBars(this);
    layout->addWidget(figures_);
    layout->addWidget(rank_);
    layout->addWidget(searching_);
    layout->addWidget(deviationNote_);
    layout->addWidget(buildActions());
    starts_->hide();
    deviationBox_->hide();
    deviationNote_->hide();
    buildCropPopup();
    connect(&controller_, &ExploreController::variationComputed, this, &EncodedView::showVariation);
    connect(&controller_, &ExploreController::heldOutChanged, this, [this] {
        searching_->finish();
        showHeldOut(live_ ? *live_ : encoded_);
    });
    connect(&controller_, &ExploreController::searchedHeldOutProgressed, this, [this](double fraction) {
        searching_->setText(tr("Searching held-out pictures' codes"));
        searching_->setProgress(qint64(fraction * 1000), 1000);
        searching_->show();
        rankBySearch_->hide();
    });
    connect(rankBySearch_, &QPushButton::clicked, &controller_, &ExploreController::searchHeldOut);
    connect(searching_, &ProgressRow::cancelRequested, &controller_,
            &ExploreController::cancelSearchedHeldOut);
    connect(&controller_, &ExploreController::modelChanged, this, &EncodedView::refreshActions);
    connect(&controller_, &ExploreController::longWorkEnded, this, &EncodedView::refreshActions);
}

QWidget* EncodedView::buildPictures() {
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    addColumn(row, tr("Original"), &original_, box);
    addColumn(row, tr("Rebuilt"), &rebuilt_, box);
    addColumn(row, tr("Error"), &error_, box);
    deviationBox_ = addColumn(row, tr("Deviation"), &deviation_, box);
    error_->setToolTip(
        tr("Blue: the rebuilt picture is too dark there. Orange: too bright. Black: they are equal; "
           "full colour: they differ by half the range or more."));
    return box;
}

QWidget* EncodedView::buildActions() {
    auto* box = new QWidget(this);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    notes_ = captionLabel("encodedNotes", box);
    notes_->setText(tr("error: blue too dark, orange too bright"));
    row->addWidget(notes_, 1);
    const auto button = [&](const char* name, const char* iconName, const QString& label) {
        auto* result = new QPushButton(icon(QLatin1String(iconName)), label, box);
        result->setObjectName(QLatin1String(name));
        row->addWidget(result);
        return result;
    };
    rankBySearch_ = button("rankBySearch", "chart", tr("Compare"));
    rankBySearch_->setToolTip(
        tr("This code was searched for, which gives smaller errors than an encoder does: it can be compared "
           "only with held-out pictures that are searched for in the same way. That takes a while, in the "
           "background, once for this model."));
    rankBySearch_->hide();
    row->addStretch();
    refine_ = button("refinePicture", "refine", tr("Refine"));
    crop_ = button("cropPicture", "fit", QString());
    crop_->setAccessibleName(tr("Crop"));
    vary_ = button("varyPicture", "swap", QString());
    vary_->setAccessibleName(tr("Variation"));
    vary_->setCheckable(true);
    vary_->setToolTip(
        tr("Decodes 32 codes of this picture and shows how much they differ per pixel: codes drawn "
           "from a stochastic encoder, or, where the encoder gives only one, that one perturbed by a "
           "radius of 0.25 σ of the prior. The map shows them too."));
    connect(refine_, &QPushButton::clicked, this, [this] {
        refine_->setEnabled(false);
        controller_.refine();
    });
    connect(crop_, &QPushButton::clicked, this, &EncodedView::openCrop);
    connect(vary_, &QPushButton::toggled, this, [this](bool on) {
        deviationBox_->setVisible(on);
        deviation_->setImage({});
        deviationNote_->hide();
        if (on)
            controller_.varyPicture(encoded_);
    });
    return box;
}

void EncodedView::buildCropPopup() {
    cropPopup_ = new QFrame(this, Qt::Popup);
    cropPopup_->setProperty("ground", QStringLiteral("popup"));
    cropView_ = new CropView(cropPopup_);
    cropView_->setFixedSize(cropSide, cropSide);
    auto* hint = captionLabel("cropHint", cropPopup_);
    hint->setText(tr("Drag the square or its corners. Keys: arrows move it, + and − resize it."));
    auto* layout = new QVBoxLayout(cropPopup_);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->setSpacing(6);
    layout->addWidget(cropView_);
    layout->addWidget(hint);
    connect(cropView_, &CropView::squareChanged, this, [this](const QRect& square) {
        controller_.setCrop({square.left(), square.top(), square.width()});
    });
    connect(cropView_, &CropView::gestureFinished, &controller_, &ExploreController::endGesture);
}

void EncodedView::openCrop() {
    const engine::PictureSource& source = this->source();
    if (!source.crop)
        return;
    // Now and not with every answer: those to older squares come while the hand is farther on.
    cropView_->setPicture(toQImage(source.picture), {source.width, source.height});
    cropView_->setSquare({source.crop->left, source.crop->top, source.crop->side, source.crop->side});
    cropPopup_->adjustSize();
    const QPoint above = crop_->mapToGlobal(QPoint(0, 0)) - QPoint(0, cropPopup_->height() + 4);
    cropPopup_->move(above.x(), std::max(0, above.y()));
    cropPopup_->show();
    cropView_->setFocus();
}

void EncodedView::refreshActions() {
    const auto* model = controller_.modelInfo();
    const bool search = controller_.searchesCodes();
    refine_->setEnabled(model && !live_ && !encoded_.original.empty());
    refine_->setToolTip(
        search ? tr("Searches for this picture's code again, from random codes.")
               : tr("Searches on from the encoder's code, and from random ones beside it; the best "
                    "code found becomes the code."));
    const bool preset = model && !model->crop.empty();
    crop_->setEnabled(model && source().crop.has_value());
    crop_->setToolTip(
        preset ? tr("This model's data was cut by the preset %1, and your pictures are cut the same "
                    "way.")
                     .arg(QString::fromStdString(model->crop))
               : tr("Choose which square of the picture is encoded."));
    vary_->setEnabled(model && !live_ && encoded_.codes.count == 1);
}

void EncodedView::showStep(const engine::ExploreResult& result) {
    showPictures(result);
    showFigures(result);
    showStarts(result);
    refine_->setEnabled(false);
}

void EncodedView::showEncoded(const engine::ExploreResult& result) {
    encoded_ = result;
    deviationNote_->hide();
    showPictures(result);
    showFigures(result);
    showStarts(result);
    refreshActions();
    if (vary_->isChecked())
        controller_.varyPicture(result);
}

void EncodedView::showLive(const engine::ExploreResult& result) {
    live_ = result;
    deviationNote_->hide();
    deviation_->setImage({});
    showPictures(result);
    showFigures(result);
    showStarts(result);
    refreshActions();
}

void EncodedView::showFrame(const QImage& frame) {
    const int side = std::min(frame.width(), frame.height());
    live_.emplace();
    original_->setImage(frame.copy((frame.width() - side) / 2, (frame.height() - side) / 2, side, side));
    for (ImageView* view : {rebuilt_, error_, deviation_})
        view->setImage({});
    figures_->setText(tr("Take a picture: its code is then searched for."));
    showHeldOut(*live_);
    deviationNote_->hide();
    starts_->hide();
    refreshActions();
}

void EncodedView::endLive() {
    if (!live_)
        return;
    live_.reset();
    if (!encoded_.original.empty())
        showEncoded(encoded_);
}

void EncodedView::showPictures(const engine::ExploreResult& result) {
    original_->setImage(toQImage(result.original));
    original_->setToolTip(QString::fromStdString(result.name));
    rebuilt_->setImage(result.images.empty() ? QImage() : toQImage(result.images.front()));
    error_->setImage(toQImage(result.errorMap));
}

void EncodedView::showFigures(const engine::ExploreResult& result) {
    QStringList parts{tr("L1 %1").arg(figureText(double(result.l1)))};
    parts += std::isinf(result.psnr) ? tr("equal") : tr("PSNR %1 dB").arg(result.psnr, 0, 'f', 1);
    parts += tr("1 − SSIM %1").arg(figureText(result.ssimError));
    figures_->setText(parts.join(separator));

    showHeldOut(result);
}

void EncodedView::showHeldOut(const engine::ExploreResult& result) {
    const auto rank = controller_.heldOutRank(result);
    rank_->setVisible(rank.has_value());
    const bool canRank =
        !rank && result.searched && result.finished && !live_ && !controller_.searchesHeldOut();
    rankBySearch_->setVisible(canRank);
    notes_->setVisible(!canRank); // the same stands in the error's tool tip
    if (!rank)
        return;
    rank_->setText(tr("L1 higher than of %1 % of held-out pictures").arg(std::lround(rank->share * 100.0)));
    const QString tip = result.searched
                            ? tr("Of %1 held-out pictures of the model's own data, whose codes were searched "
                                 "for in the same way at step %2.")
                            : tr("Of %1 held-out pictures of the model's own data, rebuilt by its encoder at "
                                 "step %2.");
    rank_->setToolTip(tip.arg(rank->count).arg(stepText(rank->step)));
}

void EncodedView::showStarts(const engine::ExploreResult& result) {
    const auto& errors = result.searchErrors;
    starts_->setVisible(errors.has_value());
    if (!errors)
        return;
    if (errors->encoder && errors->refined)
        starts_->setBars({{tr("random"), double(errors->randomFound),
                           tr("L1 of the best code found from random starts alone.")},
                          {tr("encoder"), double(*errors->encoder), tr("L1 of the encoder's own code.")},
                          {tr("refined"), double(*errors->refined),
                           tr("L1 of the best code found from the encoder's code.")}});
    else
        starts_->setBars(
            {{tr("start"), double(errors->randomStart), tr("L1 of the best random code, as drawn.")},
             {tr("found"), double(errors->randomFound),
              tr("L1 of the best code found from random starts.")}});
}

void EncodedView::showVariation(const engine::ExploreResult& result) {
    if (!vary_->isChecked())
        return;
    deviation_->setImage(toQImage(result.deviationMap));
    const QString how = ExploreController::spreadText(result.spread);
    deviationNote_->setText(tr("deviation %1 over 32 %2").arg(figureText(double(result.deviation)), how));
    deviationNote_->show();
    deviation_->setToolTip(
        tr("Standard deviation per pixel of the decodings of 32 %1: black none, then red and "
           "yellow, white half the range and more.")
            .arg(how));
}

} // namespace alphascope::ui
