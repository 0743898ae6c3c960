#include "ui/dialogs/video_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace alphascope::ui {

namespace {

constexpr int smallestFilm = 8;
constexpr int largestFilm = 4096;
constexpr double highestRate = 120.0;
constexpr double highestGifRate = 50.0;

enum By { ByScale, ByPixels };

} // namespace

VideoDialog::VideoDialog(const QString& path, int side, const VideoChoice& usual, QWidget* parent)
    : QDialog(parent), side_(std::max(1, side)), by_(new QComboBox(this)), scale_(new QSpinBox(this)),
      pixels_(new QSpinBox(this)), rate_(new QDoubleSpinBox(this)),
      loop_(new QCheckBox(tr("again and again"), this)), size_(new QLabel(this)) {
    const bool gif = path.endsWith(QLatin1String(".gif"), Qt::CaseInsensitive);
    setWindowTitle(tr("Save %1").arg(QFileInfo(path).fileName()));
    by_->setObjectName(QStringLiteral("videoBy"));
    by_->addItem(tr("by a whole factor"));
    by_->addItem(tr("to a size in pixels"));
    by_->setCurrentIndex(usual.side > 0 ? ByPixels : ByScale);
    by_->setToolTip(tr("A whole factor keeps every pixel sharp; any other size is resampled."));
    scale_->setObjectName(QStringLiteral("videoScale"));
    scale_->setRange(1, std::max(1, largestFilm / side_));
    scale_->setValue(usual.scale);
    scale_->setPrefix(QStringLiteral("× "));
    pixels_->setObjectName(QStringLiteral("videoPixels"));
    pixels_->setRange(smallestFilm, largestFilm);
    pixels_->setValue(usual.side > 0 ? usual.side : side_ * usual.scale);
    pixels_->setSuffix(tr(" px"));
    rate_->setObjectName(QStringLiteral("videoRate"));
    rate_->setDecimals(1);
    rate_->setRange(1.0, gif ? highestGifRate : highestRate);
    rate_->setValue(usual.framesPerSecond);
    rate_->setToolTip(gif ? tr("Players show at most %1 frames per second of a GIF.").arg(highestGifRate)
                          : tr("The film lasts as long at any rate."));
    loop_->setObjectName(QStringLiteral("videoLoop"));
    loop_->setChecked(usual.loop);
    size_->setProperty("role", QStringLiteral("caption"));
    auto* form = new QFormLayout;
    form->addRow(tr("Enlarge"), by_);
    form->addRow(tr("Factor"), scale_);
    form->addRow(tr("Size"), pixels_);
    form->addRow(QString(), size_);
    form->addRow(tr("Frames per second"), rate_);
    form->addRow(tr("Play"), loop_);
    form->setRowVisible(loop_, gif);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(buttons);
    const auto showRow = [this, form] {
        form->setRowVisible(scale_, by_->currentIndex() == ByScale);
        form->setRowVisible(pixels_, by_->currentIndex() == ByPixels);
        refresh();
    };
    connect(by_, &QComboBox::currentIndexChanged, this, showRow);
    connect(scale_, &QSpinBox::valueChanged, this, &VideoDialog::refresh);
    connect(pixels_, &QSpinBox::valueChanged, this, &VideoDialog::refresh);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    showRow();
}

void VideoDialog::refresh() {
    const VideoChoice now = choice();
    const int pixels = now.side > 0 ? now.side : side_ * now.scale;
    size_->setText(tr("%1 × %1 pixels, from %2 × %2").arg(pixels).arg(side_));
}

VideoChoice VideoDialog::choice() const {
    VideoChoice chosen;
    chosen.scale = scale_->value();
    chosen.side = by_->currentIndex() == ByPixels ? pixels_->value() : 0;
    chosen.framesPerSecond = rate_->value();
    chosen.loop = loop_->isChecked();
    return chosen;
}

} // namespace alphascope::ui
