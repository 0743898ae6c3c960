#include "ui/panels/directions_panel.h"

#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme/icons.h"
#include "ui/widgets/direction_slider.h"
#include "ui/widgets/slider_list.h"

namespace alphascope::ui {

DirectionsPanel::DirectionsPanel(ExploreController& controller, QWidget* parent)
    : Panel(tr("Directions"), parent), controller_(controller), filter_(new QLineEdit(this)),
      sliders_(new SliderList(this)), resetAll_(new QToolButton(this)) {
    filter_->setPlaceholderText(tr("filter"));
    filter_->setClearButtonEnabled(true);
    filter_->setFixedWidth(84);
    filter_->setAccessibleName(tr("Filter the sliders"));
    addHeaderWidget(filter_);
    resetAll_->setProperty("flat", true);
    resetAll_->setIcon(icon(QStringLiteral("reset"), IconColor::Muted));
    resetAll_->setAccessibleName(tr("Reset all sliders"));
    addHeaderWidget(resetAll_);
    sliders_->setAccessibleName(tr("Latent dimensions"));
    sliders_->setEmptyText(tr("One slider per latent dimension appears here."));
    Direction truncation;
    truncation.id = QStringLiteral("truncation");
    truncation.label = tr("Truncation");
    truncation.toolTip =
        tr("Multiplies the code before it is decoded: below 1 pictures come closer to the average.");
    truncation.minimum = 0.0;
    truncation.maximum = 2.0;
    truncation.defaultValue = 1.0;
    truncation.step = 0.05;
    truncation_ = new DirectionSlider(truncation, this);
    truncation_->setToolTip(truncation.toolTip);
    resetAll_->setToolTip(tr("All sliders to 0, truncation to 1"));
    contentLayout()->addWidget(sliders_, 1);
    contentLayout()->addWidget(truncation_);

    connect(filter_, &QLineEdit::textChanged, sliders_,
            [this](const QString& text) { sliders_->setFilter(text); });
    connect(sliders_, &SliderList::valueChanged, &controller_, &ExploreController::setDimension);
    connect(sliders_, &SliderList::editingFinished, &controller_, &ExploreController::endGesture);
    connect(truncation_, &DirectionSlider::valueChanged, &controller_, &ExploreController::setTruncation);
    connect(truncation_, &DirectionSlider::editingFinished, &controller_, &ExploreController::endGesture);
    connect(resetAll_, &QToolButton::clicked, &controller_, &ExploreController::resetCode);
    connect(&controller_, &ExploreController::viewChanged, this, &DirectionsPanel::refresh);
    connect(&controller_, &ExploreController::modelChanged, this, &DirectionsPanel::refreshModel);
    refreshModel();
}

void DirectionsPanel::refreshModel() {
    const int size = int(controller_.view().code.size());
    truncation_->setEnabled(size > 0);
    resetAll_->setEnabled(size > 0);
    if (sliders_->count() != size) {
        QVector<Direction> directions;
        directions.reserve(size);
        for (int i = 0; i < size; ++i) {
            Direction direction;
            direction.id = QStringLiteral("raw:%1").arg(i);
            direction.label = tr("z %1").arg(i + 1);
            direction.group = QStringLiteral("raw");
            direction.toolTip =
                tr("Dimension %1 of the code, in standard deviations of the prior.").arg(i + 1);
            direction.minimum = -codeRange;
            direction.maximum = codeRange;
            directions.append(direction);
        }
        sliders_->setDirections(directions);
    }
    refresh();
}

void DirectionsPanel::refresh() {
    const ExploreView& view = controller_.view();
    if (int(view.code.size()) != sliders_->count()) {
        refreshModel();
        return;
    }
    sliders_->setValues(QVector<double>(view.code.begin(), view.code.end()));
    truncation_->setValue(view.truncation);
}

} // namespace alphascope::ui
