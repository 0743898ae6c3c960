#include "ui/panels/class_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

#include "ui/panels/form.h"
#include "ui/session/explore_controller.h"
#include "ui/theme/icons.h"

namespace alphascope::ui {

namespace {

constexpr int mostSteps = 2000;
constexpr int usualSteps = 100;

} // namespace

ClassRow::ClassRow(ExploreController& controller, QWidget* parent)
    : QWidget(parent), controller_(controller), class_(new FormCombo(this)), steps_(new QSpinBox(this)),
      go_(new QPushButton(icon(QStringLiteral("play")), tr("Sample"), this)) {
    setObjectName(QStringLiteral("classRow"));
    class_->setObjectName(QStringLiteral("classBox"));
    class_->setMinimumWidth(72);
    class_->setAccessibleName(tr("Class"));
    class_->setToolTip(
        tr("What the picture shall show; the classes are those of the data it was trained on."));
    steps_->setObjectName(QStringLiteral("classSteps"));
    steps_->setAccessibleName(tr("Steps"));
    steps_->setRange(1, mostSteps);
    steps_->setValue(usualSteps);
    steps_->setSuffix(tr(" steps"));
    steps_->setToolTip(tr("How far to walk from the seed's code towards the class."));
    go_->setObjectName(QStringLiteral("classGo"));
    go_->setToolTip(tr("Walk to a picture of this class, step by step, beginning at the seed's code"));
    auto* label = new QLabel(tr("class"), this);
    label->setProperty("role", QStringLiteral("caption"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(label);
    layout->addWidget(class_, 1);
    layout->addWidget(steps_);
    layout->addWidget(go_);
    connect(go_, &QPushButton::clicked, this, [this] {
        controller_.sampleClass(class_->currentIndex(), steps_->value(), controller_.view().seed);
    });
    connect(&controller_, &ExploreController::modelChanged, this, &ClassRow::refresh);
    refresh();
}

void ClassRow::setWalking(bool walking) {
    go_->setText(walking ? tr("Again") : tr("Sample"));
}

void ClassRow::refresh() {
    const QString before = class_->currentText();
    class_->clear();
    for (const std::string& name : controller_.classes())
        class_->addItem(QString::fromStdString(name));
    class_->setCurrentIndex(std::max(0, class_->findText(before)));
    setVisible(class_->count() > 0);
}

} // namespace alphascope::ui
