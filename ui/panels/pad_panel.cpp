#include "ui/panels/pad_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/models/code_payload.h"
#include "ui/models/figures.h"
#include "ui/panels/form.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/latent_pad.h"

namespace alphascope::ui {

namespace {

// Below a twentieth of the prior's density a point is worth a warning.
constexpr double holeRatio = 0.05;

/// Gives the pad all the room there is. A layout would rather squeeze the panel's header than the square that
/// the pad asks for.
class PadFrame : public QWidget {
public:
    PadFrame(LatentPad* pad, QWidget* parent) : QWidget(parent), pad_(pad) { pad->setParent(this); }
    QSize minimumSizeHint() const override { return pad_->minimumSizeHint(); }
    QSize sizeHint() const override { return pad_->sizeHint(); }

protected:
    void resizeEvent(QResizeEvent*) override { pad_->setGeometry(rect()); }

private:
    LatentPad* pad_;
};

} // namespace

PadPanel::PadPanel(ExploreController& controller, QWidget* parent)
    : Panel(tr("Latent pad"), parent), controller_(controller), pad_(new LatentPad(this)),
      mode_(new FormCombo(this)) {
    pad_->setAccessibleName(tr("Latent pad"));
    pad_->setContourLabel(tr("log q/p = 0"));
    mode_->addItem(tr("two directions"));
    mode_->addItem(tr("three anchors"));
    mode_->setAccessibleName(tr("Plane of the pad"));
    mode_->setToolTip(tr("Walk along two dimensions of the code, or between three pictures."));
    mode_->setFixedWidth(146);
    addHeaderWidget(mode_);
    contentLayout()->addWidget(new PadFrame(pad_, this), 1);
    buildControls();
    verdict_ = new ElidedLabel(this);
    verdict_->setToolTip(
        tr("q is where the encoder puts the data, p the prior. The code discriminator's answer is "
           "their ratio only where it is near its optimum."));
    contentLayout()->addWidget(verdict_);

    connect(mode_, &QComboBox::activated, this, [this](int index) {
        controller_.setPadMode(index == 1 ? PadMode::Anchors : PadMode::Directions);
    });
    connect(pad_, &LatentPad::moved, &controller_, &ExploreController::movePad);
    connect(pad_, &LatentPad::released, &controller_, &ExploreController::endGesture);
    connect(pad_, &LatentPad::rangeChanged, &controller_, &ExploreController::setPadRange);
    connect(pad_, &LatentPad::payloadDropped, this, [this](const QByteArray& bytes, int anchor) {
        const CodePayload payload = unpackCode(bytes);
        if (payload.empty())
            return;
        if (anchor >= 0)
            controller_.setAnchorCode(anchor, payload.code, payload.label);
        else
            controller_.setCode(payload.code, payload.label);
    });
    connect(&controller_, &ExploreController::viewChanged, this, &PadPanel::refresh);
    connect(&controller_, &ExploreController::modelChanged, this, &PadPanel::refreshModel);
    connect(&controller_, &ExploreController::fieldOutdated, this, [this] { pad_->setFieldStale(true); });
    connect(
        &controller_, &ExploreController::fieldComputed, this, [this](const QVector<float>& logits, int n) {
            // The critic answers log p/q; the pad shows where the data's codes are, so q over p.
            QVector<float> field(logits.size());
            std::transform(logits.begin(), logits.end(), field.begin(), [](float logit) { return -logit; });
            pad_->setField(field, n);
            pad_->setFieldStale(false);
        });
    connect(&controller_, &ExploreController::anchorsDecoded, this,
            [this](const QVector<QImage>& thumbnails) {
                thumbnails_ = thumbnails;
                refreshAnchors();
            });
    connect(&controller_, &ExploreController::pictureDecoded, this,
            [this](const QImage&, const engine::ExploreResult& result) { describePoint(result); });
    refreshModel();
}

void PadPanel::buildControls() {
    axesRow_ = new QWidget(this);
    auto* layout = new QHBoxLayout(axesRow_);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    const QString names[2] = {tr("across"), tr("up")};
    for (int k = 0; k < 2; ++k) {
        auto* label = new QLabel(names[k], axesRow_);
        label->setProperty("role", QStringLiteral("caption"));
        axes_[k] = new FormCombo(axesRow_);
        axes_[k]->setAccessibleName(tr("Dimension %1").arg(names[k]));
        axes_[k]->setMinimumWidth(84); // reads "z 128"; the window has to fit 1280 pixels
        layout->addWidget(label);
        layout->addWidget(axes_[k], 1);
        connect(axes_[k], &QComboBox::activated, this,
                [this] { controller_.setAxes(axes_[0]->currentIndex(), axes_[1]->currentIndex()); });
    }
    contentLayout()->addWidget(axesRow_);

    anchorRow_ = new QWidget(this);
    auto* anchorLayout = new QHBoxLayout(anchorRow_);
    anchorLayout->setContentsMargins(0, 0, 0, 0);
    anchorLayout->setSpacing(6);
    const QString letters[] = {tr("A"), tr("B"), tr("C")};
    for (std::size_t a = 0; a < anchorCount; ++a) {
        anchors_[a] = new QPushButton(tr("set %1").arg(letters[a]), anchorRow_);
        anchors_[a]->setToolTip(tr("Take the present picture as anchor %1. Pictures from the strip or the "
                                   "samples can be dropped on an "
                                   "anchor, too.")
                                    .arg(letters[a]));
        anchorLayout->addWidget(anchors_[a], 1);
        connect(anchors_[a], &QPushButton::clicked, this, [this, a] { controller_.setAnchor(int(a)); });
    }
    contentLayout()->addWidget(anchorRow_);
}

void PadPanel::refreshModel() {
    refreshAxes();
    if (!controller_.hasModel())
        pad_->setUnavailable(tr("Press Start or open a checkpoint to walk through its codes."));
    else
        pad_->setUnavailable({});
    if (!controller_.hasCodeCritic()) {
        pad_->setField({}, 0);
        verdict_->setText(controller_.hasModel()
                              ? tr("%1 has no code discriminator, so the pad has no background.")
                                    .arg(QString::fromStdString(controller_.modelInfo()->methodTitle))
                              : QString());
    }
    refresh();
}

void PadPanel::refreshAxes() {
    const int size = int(controller_.view().code.size());
    for (QComboBox* box : axes_) {
        if (box->count() == size)
            continue;
        box->clear();
        for (int i = 0; i < size; ++i)
            box->addItem(tr("z %1").arg(i + 1));
    }
}

void PadPanel::refresh() {
    const ExploreView& view = controller_.view();
    const bool anchors = view.padMode == PadMode::Anchors;
    mode_->setCurrentIndex(anchors ? 1 : 0);
    mode_->setEnabled(controller_.hasModel());
    axesRow_->setVisible(!anchors);
    anchorRow_->setVisible(anchors);
    refreshAxes();
    axesRow_->setEnabled(controller_.hasModel());
    for (int k = 0; k < 2; ++k)
        axes_[k]->setCurrentIndex(view.axes[std::size_t(k)]);
    if (anchors)
        pad_->setAxisNames({}, {});
    else
        pad_->setAxisNames(tr("z %1").arg(view.axes[0] + 1), tr("z %1").arg(view.axes[1] + 1));
    refreshAnchors();
    pad_->setPosition(padPosition(view));
}

void PadPanel::refreshAnchors() {
    if (controller_.view().padMode == PadMode::Anchors && thumbnails_.size() == qsizetype(anchorCount))
        pad_->setAnchors(anchorPositions(), thumbnails_);
    else if (controller_.view().padMode == PadMode::Directions && pad_->hasAnchors())
        pad_->setAnchors({}, {});
}

void PadPanel::describePoint(const engine::ExploreResult& result) {
    if (!controller_.hasCodeCritic() || result.logits.empty())
        return;
    const double density = std::exp(-double(result.logits.front()));
    if (density < holeRatio)
        verdict_->setText(
            tr("⚠ a hole: %1 of the prior's density (code critic)").arg(figureText(density, 2)));
    else
        verdict_->setText(tr("%1 × the prior's density (code critic)").arg(figureText(density, 2)));
}

} // namespace alphascope::ui
