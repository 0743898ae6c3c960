#include "ui/panels/compare_pair_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/models/figures.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/split_view.h"

namespace alphascope::ui {

namespace {

QToolButton* flatButton(QWidget* parent, const QString& iconName, const QString& toolTip) {
    auto* button = new QToolButton(parent);
    button->setProperty("flat", true);
    button->setIcon(icon(iconName, IconColor::Muted));
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    return button;
}

} // namespace

ComparePairPanel::ComparePairPanel(CompareController& controller, QWidget* parent)
    : Panel(tr("A | B"), parent), controller_(controller), view_(new SplitView(this)),
      difference_(new QToolButton(this)),
      close_(flatButton(this, QStringLiteral("close"), tr("Close this view"))), figure_(new QLabel(this)) {
    setObjectName(QStringLiteral("comparePair"));
    difference_->setProperty("flat", true);
    difference_->setText(tr("|A − B|"));
    difference_->setCheckable(true);
    difference_->setToolTip(
        tr("How far the two pictures are apart: black where they are equal, white where one is as bright and "
           "the other as dark as can be"));
    addHeaderWidget(difference_);
    addHeaderWidget(close_);
    view_->setEmptyText(tr("Nothing selected"), tr("Click a picture to see it large in two models."));
    figure_->setProperty("role", QStringLiteral("caption"));
    figure_->setFont(tabularFont(figure_->font()));
    contentLayout()->addWidget(buildChoice());
    contentLayout()->addWidget(view_, 1);
    contentLayout()->addWidget(buildRows());

    connect(difference_, &QToolButton::toggled, this, &ComparePairPanel::refresh);
    connect(close_, &QToolButton::clicked, this, &ComparePairPanel::closed);
    connect(view_, &SplitView::rowChangeRequested, this, &ComparePairPanel::step);
    connect(view_, &SplitView::activated, this, [this](bool second) {
        const int id = second ? controller_.pairB() : controller_.pairA();
        controller_.explore(controller_.indexOf(id), controller_.selectedRows(), controller_.selectedRow());
    });
    connect(&controller_, &CompareController::columnsChanged, this, &ComparePairPanel::refreshChoice);
    connect(&controller_, &CompareController::columnUpdated, this, &ComparePairPanel::refreshChoice);
    connect(&controller_, &CompareController::pairChanged, this, &ComparePairPanel::refreshChoice);
    refreshChoice();
}

QWidget* ComparePairPanel::buildChoice() {
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    const auto choice = [&](const QString& name) {
        auto* box = new QComboBox(row);
        box->setAccessibleName(name);
        box->setToolTip(name);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(6);
        connect(box, &QComboBox::activated, this, &ComparePairPanel::choose);
        return box;
    };
    a_ = choice(tr("Model A, left of the divider"));
    b_ = choice(tr("Model B, right of the divider"));
    auto* swap = flatButton(row, QStringLiteral("swap"), tr("Swap A and B (B)"));
    connect(swap, &QToolButton::clicked, &controller_, &CompareController::swapPair);
    layout->addWidget(a_, 1);
    layout->addWidget(swap);
    layout->addWidget(b_, 1);
    return row;
}

QWidget* ComparePairPanel::buildRows() {
    auto* row = new QWidget(this);
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    rows_ = new QComboBox(row);
    rows_->addItem(tr("samples"));
    rows_->addItem(tr("rebuilt"));
    rows_->setAccessibleName(tr("Which pictures"));
    previous_ = flatButton(row, QStringLiteral("chevron-left"), tr("Previous row"));
    next_ = flatButton(row, QStringLiteral("chevron-right"), tr("Next row"));
    row_ = new QLabel(row);
    row_->setFont(tabularFont(row_->font()));
    row_->setProperty("role", QStringLiteral("caption"));
    layout->addWidget(rows_);
    layout->addWidget(previous_);
    layout->addWidget(row_);
    layout->addWidget(next_);
    layout->addStretch(1);
    layout->addWidget(figure_);
    connect(rows_, &QComboBox::activated, this, [this](int which) {
        controller_.select(CompareRows(which), std::max(0, controller_.selectedRow()));
    });
    connect(previous_, &QToolButton::clicked, this, [this] { step(-1); });
    connect(next_, &QToolButton::clicked, this, [this] { step(1); });
    return row;
}

QString ComparePairPanel::figure() const {
    return figure_->text();
}

void ComparePairPanel::setDifferenceShown(bool shown) {
    difference_->setChecked(shown);
}

void ComparePairPanel::setClosable(bool closable) {
    close_->setVisible(closable);
}

void ComparePairPanel::step(int by) {
    const int count = controller_.rowCount(controller_.selectedRows());
    if (count > 0)
        controller_.select(controller_.selectedRows(),
                           std::clamp(controller_.selectedRow() + by, 0, count - 1));
}

void ComparePairPanel::choose() {
    const int a = a_->currentData().toInt();
    const int b = b_->currentData().toInt();
    controller_.setPair(a, b);
}

void ComparePairPanel::refreshChoice() {
    for (const auto& [box, letter, chosen] : {std::tuple{a_, QStringLiteral("A"), controller_.pairA()},
                                              std::tuple{b_, QStringLiteral("B"), controller_.pairB()}}) {
        const QSignalBlocker quiet(box);
        box->clear();
        for (const CompareColumn& column : controller_.columns())
            box->addItem(QStringLiteral("%1  %2").arg(letter, controller_.titleOf(column)), column.id);
        if (controller_.selectedRows() == CompareRows::Inputs || chosen == CompareController::original)
            box->addItem(QStringLiteral("%1  %2").arg(letter, tr("Original")), CompareController::original);
        box->setCurrentIndex(box->findData(chosen));
    }
    refresh();
}

void ComparePairPanel::refresh() {
    const ComparePair pair = controller_.pair();
    const int row = controller_.selectedRow();
    const int count = controller_.rowCount(controller_.selectedRows());
    view_->setLabels(pair.titleA, pair.titleB);
    view_->setPictures(pair.a, pair.b);
    view_->setInstead(difference_->isChecked() ? pair.difference : QImage(),
                      tr("|%1 − %2|").arg(pair.titleA, pair.titleB));
    figure_->setText(pair.difference.isNull() ? QString() : tr("mean |A − B| %1").arg(figureText(pair.mean)));
    figure_->setToolTip(tr("Mean over all pixels and channels, of a range of 2, as L1 is measured"));
    rows_->setCurrentIndex(int(controller_.selectedRows()));
    row_->setText(row < 0 || count == 0 ? tr("no row") : tr("%1 of %2").arg(row + 1).arg(count));
    previous_->setEnabled(row > 0);
    next_->setEnabled(row + 1 < count);
}

} // namespace alphascope::ui
