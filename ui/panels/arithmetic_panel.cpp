#include "ui/panels/arithmetic_panel.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidgetAction>

#include "ui/models/code_payload.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/image_view.h"

namespace alphascope::ui {

namespace {

constexpr int targetSide = 56;
const std::array<QString, CodeArithmetic::operandCount> names{QStringLiteral("A"), QStringLiteral("B"),
                                                              QStringLiteral("C")};

} // namespace

ArithmeticPanel::ArithmeticPanel(EngineBridge& bridge, ExploreController& controller, QWidget* parent)
    : Panel(tr("A − B + C"), parent), controller_(controller), arithmetic_(bridge, controller),
      apply_(new QPushButton(tr("Show A − B + C"), this)) {
    setObjectName(QStringLiteral("arithmeticPanel"));
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    for (int index = 0; index < CodeArithmetic::operandCount; ++index) {
        if (index > 0) {
            auto* sign = new QLabel(index == 1 ? QStringLiteral("−") : QStringLiteral("+"), this);
            row->addWidget(sign, 0, Qt::AlignVCenter);
        }
        row->addWidget(buildTarget(index), 1);
    }
    contentLayout()->addLayout(row, 1);
    contentLayout()->addWidget(apply_);
    apply_->setObjectName(QStringLiteral("arithmeticApply"));
    apply_->setToolTip(tr("What makes A differ from B, added to C. The sum keeps the length that codes have; "
                          "Ctrl+Z goes back."));
    connect(apply_, &QPushButton::clicked, &arithmetic_, &CodeArithmetic::apply);
    connect(&arithmetic_, &CodeArithmetic::changed, this, &ArithmeticPanel::refresh);
    connect(&controller_, &ExploreController::modelChanged, this, &ArithmeticPanel::refresh);
    refresh();
}

QWidget* ArithmeticPanel::buildTarget(int index) {
    Target& target = targets_[std::size_t(index)];
    auto* box = new QWidget(this);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    target.picture = new ImageView(box);
    target.picture->setObjectName(QStringLiteral("operand%1").arg(names[std::size_t(index)]));
    target.picture->setAccessibleName(tr("Operand %1").arg(names[std::size_t(index)]));
    target.picture->setMinimumSize(targetSide, targetSide);
    target.picture->setDropEnabled(true);
    target.picture->setEmptyText(names[std::size_t(index)]);
    target.picture->setToolTip(tr("Drop a picture, a file, a keyframe or a sample here"));
    target.label = new ElidedLabel(box);
    target.label->setProperty("role", QStringLiteral("caption"));
    target.menu = new QToolButton(box);
    target.menu->setProperty("flat", true);
    target.menu->setIcon(icon(QStringLiteral("add"), IconColor::Muted));
    target.menu->setToolTip(tr("Take the picture in view, or a seed"));
    target.menu->setAccessibleName(tr("Choose operand %1").arg(names[std::size_t(index)]));
    target.menu->setPopupMode(QToolButton::InstantPopup);
    auto* caption = new QHBoxLayout;
    caption->setSpacing(2);
    caption->addWidget(target.menu);
    caption->addWidget(target.label, 1);
    layout->addWidget(target.picture, 1);
    layout->addLayout(caption);
    buildMenu(index);
    connect(target.picture, &ImageView::imageDropped, this, [this, index](const QImage& image) {
        arithmetic_.setPicture(index, image, tr("dropped picture"));
    });
    connect(target.picture, &ImageView::fileDropped, this,
            [this, index](const QString& path) { arithmetic_.setFile(index, path); });
    connect(target.picture, &ImageView::payloadDropped, this, [this, index](const QByteArray& bytes) {
        const CodePayload payload = unpackCode(bytes);
        if (!payload.empty())
            arithmetic_.setCode(index, payload.code, payload.label);
    });
    return box;
}

void ArithmeticPanel::buildMenu(int index) {
    auto* menu = new QMenu(this);
    menu->addAction(icon(QStringLiteral("image")), tr("The picture in view"), this, [this, index] {
        arithmetic_.setCode(index, decodedCode(controller_.view()), controller_.view().source);
    });
    auto* seed = new QLineEdit(menu);
    seed->setObjectName(QStringLiteral("operandSeed"));
    seed->setPlaceholderText(tr("A seed, then Return"));
    seed->setAccessibleName(tr("Seed of operand %1").arg(names[std::size_t(index)]));
    seed->setValidator(
        new QRegularExpressionValidator(QRegularExpression(QStringLiteral("[0-9]{1,18}")), seed));
    auto* entry = new QWidgetAction(menu);
    entry->setDefaultWidget(seed);
    menu->addAction(entry);
    connect(seed, &QLineEdit::returnPressed, this, [this, index, seed, menu] {
        arithmetic_.setSeed(index, seed->text().toULongLong());
        menu->close();
    });
    menu->addSeparator();
    menu->addAction(icon(QStringLiteral("trash")), tr("Nothing"), this,
                    [this, index] { arithmetic_.clear(index); });
    targets_[std::size_t(index)].menu->setMenu(menu);
}

void ArithmeticPanel::refresh() {
    for (int index = 0; index < CodeArithmetic::operandCount; ++index) {
        const CodeArithmetic::Operand& operand = arithmetic_.operand(index);
        const Target& target = targets_[std::size_t(index)];
        target.picture->setImage(operand.thumbnail);
        target.picture->setOverlayText(operand.busy && operand.code.empty() ? tr("Encoding…") : QString());
        target.picture->setDragPayload(operand.code.empty() ? QByteArray()
                                                            : packCode({operand.code, operand.label}));
        target.label->setText(operand.label);
        target.label->setToolTip(operand.label);
        target.menu->setEnabled(controller_.hasModel());
    }
    apply_->setEnabled(arithmetic_.complete());
}

} // namespace alphascope::ui
