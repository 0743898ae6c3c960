#include "ui/widgets/progress_row.h"

#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

ProgressRow::ProgressRow(QWidget* parent)
    : QWidget(parent), text_(new ElidedLabel(this)), bar_(new QProgressBar(this)), left_(new QLabel(this)),
      cancel_(new QPushButton(tr("Cancel"), this)) {
    setObjectName(QStringLiteral("progressRow"));
    bar_->setTextVisible(false);
    bar_->setRange(0, 1000);
    bar_->setAccessibleName(tr("Progress"));
    left_->setProperty("role", QStringLiteral("caption"));
    cancel_->setObjectName(QStringLiteral("progressCancel"));
    cancel_->setProperty("link", true);
    text_->setMuted(false);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(10);
    line->addWidget(text_, 2);
    line->addWidget(bar_, 3);
    line->addWidget(left_);
    line->addWidget(cancel_);
    left_->hide();
    connect(cancel_, &QPushButton::clicked, this, [this] {
        cancel_->setEnabled(false);
        cancel_->setText(tr("Cancelling…"));
        Q_EMIT cancelRequested();
    });
}

void ProgressRow::setText(const QString& what) {
    text_->setText(what);
    setAccessibleName(what);
}

void ProgressRow::setProgress(qint64 done, qint64 total) {
    if (total <= 0) {
        bar_->setRange(0, 0);
        return;
    }
    bar_->setRange(0, 1000);
    bar_->setValue(static_cast<int>(1000.0 * static_cast<double>(std::clamp<qint64>(done, 0, total)) /
                                    static_cast<double>(total)));
}

void ProgressRow::setSecondsLeft(double seconds) {
    const QString text = durationText(seconds);
    left_->setText(text.isEmpty() ? QString() : tr("%1 left").arg(text));
    left_->setVisible(!text.isEmpty());
}

void ProgressRow::setCancellable(bool cancellable) {
    cancel_->setVisible(cancellable);
}

void ProgressRow::finish() {
    cancel_->setEnabled(true);
    cancel_->setText(tr("Cancel"));
    setSecondsLeft(-1);
    bar_->setRange(0, 1000);
    bar_->setValue(0);
    hide();
}

QString durationText(double seconds) {
    if (!std::isfinite(seconds) || seconds < 0 || seconds > 1e9) {
        return {};
    }
    const qint64 whole = std::llround(seconds);
    const auto two = [](qint64 value) { return QStringLiteral("%1").arg(value, 2, 10, QLatin1Char('0')); };
    if (whole < 60) {
        return ProgressRow::tr("%1 s").arg(whole);
    }
    if (whole < 3600) {
        return ProgressRow::tr("%1 min %2").arg(whole / 60).arg(two(whole % 60));
    }
    return ProgressRow::tr("%1 h %2").arg(whole / 3600).arg(two(whole / 60 % 60));
}

} // namespace alphascope::ui
