#include "ui/panels/decoded_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/code_payload.h"
#include "ui/models/figures.h"
#include "ui/panels/class_row.h"
#include "ui/panels/encoded_view.h"
#include "ui/panels/long_work_view.h"
#include "ui/session/image_conversion.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/error_bars.h"

namespace alphascope::ui {

void TimedImageView::paintEvent(QPaintEvent* event) {
    ImageView::paintEvent(event);
    if (onPainted)
        onPainted();
}

DecodedPanel::DecodedPanel(ExploreController& controller, QWidget* parent)
    : Panel(tr("Decoded"), parent), controller_(controller), picture_(new TimedImageView(this)),
      pull_(new QToolButton(this)), export_(new QToolButton(this)) {
    picture_->setAccessibleName(tr("Decoded picture"));
    picture_->setDropEnabled(true);
    picture_->setLatentDragEnabled(true);
    picture_->setEmptyText(tr("No model yet"), tr("Press Start, or open a checkpoint from Runs."));
    picture_->onPainted = [this] { controller_.latency().painted(monotonicNanoseconds()); };
    pull_->setObjectName(QStringLiteral("pullCode"));
    pull_->setProperty("flat", true);
    pull_->setIcon(icon(QStringLiteral("refine"), IconColor::Muted));
    pull_->setToolTip(tr("Pull to the data: take the code that the encoder gives this picture"));
    pull_->setAccessibleName(tr("Pull to the data"));
    addHeaderWidget(pull_);
    connect(pull_, &QToolButton::clicked, &controller_, &ExploreController::pullCode);
    export_->setProperty("flat", true);
    export_->setIcon(icon(QStringLiteral("export"), IconColor::Muted));
    export_->setToolTip(tr("Save or copy the picture"));
    export_->setAccessibleName(tr("Export picture"));
    export_->setPopupMode(QToolButton::InstantPopup);
    addHeaderWidget(export_);
    contentLayout()->addWidget(picture_, 1);
    contentLayout()->addWidget(buildSources());
    classes_ = new ClassRow(controller_, this);
    walk_ = new LongWorkView(tr("probability of the class"), QString(), this);
    walk_->setObjectName(QStringLiteral("walkView"));
    search_ = new LongWorkView(tr("best L1 so far"), tr("of range 2"), this);
    search_->setObjectName(QStringLiteral("searchView"));
    contentLayout()->addWidget(classes_);
    contentLayout()->addWidget(walk_);
    encoded_ = new EncodedView(controller_, this);
    auto* searchRow = new QHBoxLayout;
    searchRow->setSpacing(8);
    searchRow->addWidget(search_, 5);
    searchRow->addWidget(encoded_->starts(), 4);
    contentLayout()->addLayout(searchRow);
    contentLayout()->addWidget(encoded_);
    encoded_->hide();

    connect(picture_, &ImageView::imageDropped, this,
            [this](const QImage& image) { controller_.encodePicture(image, tr("dropped picture")); });
    connect(picture_, &ImageView::fileDropped, this, &DecodedPanel::fileDropped);
    connect(picture_, &ImageView::payloadDropped, this, [this](const QByteArray& bytes) {
        const CodePayload payload = unpackCode(bytes);
        if (!payload.empty())
            controller_.setCode(payload.code, payload.label);
    });
    connect(picture_, &ImageView::latentDragged, this, [this](const QPointF& fontHeights) {
        // 0.04 standard deviations per tenth of a line of text would crawl; a line of text is a fifth of one.
        controller_.nudge({fontHeights.x() * 0.2, -fontHeights.y() * 0.2});
    });
    connect(picture_, &ImageView::latentDragFinished, &controller_, &ExploreController::endGesture);
    connect(&controller_, &ExploreController::pictureDecoded, this, &DecodedPanel::showDecoded);
    connect(&controller_, &ExploreController::pictureEncoded, this, &DecodedPanel::showEncoded);
    connect(&controller_, &ExploreController::encodingChanged, this, [this](bool busy) {
        // A search shows where it is by itself.
        picture_->setOverlayText(busy && !controller_.searchesCodes() ? tr("Encoding…") : QString());
    });
    connect(&controller_, &ExploreController::liveEncoded, this, &DecodedPanel::showLive);
    connect(&controller_, &ExploreController::searchProgressed, this, &DecodedPanel::showSearch);
    connect(&controller_, &ExploreController::walkProgressed, this, &DecodedPanel::showWalk);
    connect(&controller_, &ExploreController::longWorkEnded, this, [this] {
        search_->close();
        walk_->close();
        classes_->setWalking(false);
    });
    connect(search_, &LongWorkView::cancelRequested, &controller_, &ExploreController::cancelSearch);
    connect(walk_, &LongWorkView::cancelRequested, &controller_, &ExploreController::cancelWalk);
    connect(&controller_, &ExploreController::modelChanged, this, &DecodedPanel::refreshModel);
    connect(&controller_, &ExploreController::viewChanged, this, [this] {
        seed_->setText(QString::number(controller_.view().seed));
        // How a code was found is of interest only while it is the one shown.
        for (LongWorkView* view : {walk_, search_})
            if (!view->isRunning() && view->foundCode() != controller_.view().code)
                view->close();
    });
    refreshModel();
}

QWidget* DecodedPanel::buildSources() {
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    auto* seedLabel = new QLabel(tr("seed"), row);
    seedLabel->setProperty("role", QStringLiteral("caption"));
    seed_ = new QLineEdit(QStringLiteral("1"), row);
    seed_->setFixedWidth(76);
    seed_->setAlignment(Qt::AlignRight);
    seed_->setFont(tabularFont(seed_->font()));
    seed_->setAccessibleName(tr("Seed"));
    seed_->setToolTip(tr("The same seed gives the same code, here and on the command line."));
    seed_->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,18}")), seed_));
    const auto button = [&](const QString& label, const QString& iconName, const QString& toolTip) {
        auto* result = new QPushButton(icon(iconName), label, row);
        result->setToolTip(toolTip);
        return result;
    };
    random_ = button(tr("random"), QStringLiteral("random"), tr("Another code from the prior (R)"));
    keyframe_ = button(tr("keyframe"), QStringLiteral("add"), tr("Put this picture into the film strip (K)"));
    open_ = button(QString(), QStringLiteral("image"),
                   tr("Encode a picture of your own; dropping and pasting (Ctrl+V) work too"));
    open_->setAccessibleName(tr("Open a picture"));
    layout->addWidget(seedLabel);
    layout->addWidget(seed_);
    layout->addWidget(random_);
    layout->addWidget(keyframe_);
    layout->addWidget(open_);
    layout->addStretch(1);
    connect(seed_, &QLineEdit::returnPressed, this,
            [this] { controller_.setSeed(seed_->text().toULongLong()); });
    connect(random_, &QPushButton::clicked, &controller_, &ExploreController::randomize);
    connect(keyframe_, &QPushButton::clicked, &controller_, &ExploreController::addKeyframe);
    auto* menu = new QMenu(open_);
    menu->addAction(icon(QStringLiteral("image")), tr("Picture…"), this, &DecodedPanel::openPictureRequested);
    menu->addAction(icon(QStringLiteral("folder")), tr("Folder of pictures…"), this,
                    &DecodedPanel::openFolderRequested);
    menu->addAction(icon(QStringLiteral("camera")), tr("Camera"), this, &DecodedPanel::cameraRequested);
    open_->setMenu(menu);
    return row;
}

void DecodedPanel::refreshModel() {
    const bool model = controller_.hasModel();
    for (QWidget* control : {static_cast<QWidget*>(seed_), static_cast<QWidget*>(random_),
                             static_cast<QWidget*>(keyframe_), static_cast<QWidget*>(export_)})
        control->setEnabled(model);
    pull_->setEnabled(controller_.canEncode());
    const bool search = controller_.searchesCodes();
    open_->setEnabled(controller_.canEncode() || search);
    const QString use = tr("Encode a picture of your own; dropping and pasting (Ctrl+V) work too");
    if (search)
        open_->setToolTip(use + QLatin1Char('\n') +
                          tr("%1 has no encoder: the code is found by optimisation, which takes a while.")
                              .arg(QString::fromStdString(controller_.modelInfo()->methodTitle)));
    else
        open_->setToolTip(model && !controller_.canEncode()
                              ? tr("This model makes points in the plane: there is no picture to encode.")
                              : use);
}

void DecodedPanel::showDecoded(const QImage& picture, const engine::ExploreResult& result) {
    picture_->setImage(picture);
    const QString dot = QStringLiteral(" · ");
    setCaption(tr("%1×%2").arg(picture.width()).arg(picture.height()) + dot + controller_.view().source +
               dot + millisecondsText(result.milliseconds) + dot +
               tr("step %1").arg(stepText(result.modelStep)));
}

void DecodedPanel::addSourceRow(QWidget* row) {
    contentLayout()->insertWidget(contentLayout()->indexOf(encoded_), row);
}

void DecodedPanel::showLive(const engine::ExploreResult& result) {
    search_->close();
    encoded_->showLive(result);
    encoded_->show();
}

void DecodedPanel::showFrame(const QImage& frame) {
    encoded_->showFrame(frame);
    encoded_->show();
}

void DecodedPanel::endLive() {
    encoded_->endLive();
    encoded_->setVisible(!encoded_->encoded().original.empty());
}

void DecodedPanel::showSearch(const engine::ExploreResult& result) {
    search_->showStep(
        result, tr("Searching for the code of %1")
                    .arg(result.name.empty() ? tr("the picture") : QString::fromStdString(result.name)));
    if (!result.finished && !result.images.empty()) {
        encoded_->showStep(result);
        encoded_->show();
    }
}

void DecodedPanel::showWalk(const engine::ExploreResult& result) {
    const QString probability =
        result.curve.empty() ? QString() : tr(" · %1 %").arg(double(result.curve.back()) * 100.0, 0, 'f', 0);
    walk_->showStep(result, tr("Walking towards the class") + probability);
    classes_->setWalking(!result.finished);
    // The end arrives as the code, and with it as any other picture.
    if (!result.finished && !result.images.empty())
        picture_->setImage(toQImage(result.images.front()));
}

void DecodedPanel::showEncoded(const engine::ExploreResult& result) {
    if (!result.searched)
        search_->close();
    encoded_->showEncoded(result);
    encoded_->show();
}

} // namespace alphascope::ui
