#include "ui/panels/compare_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/figures.h"
#include "ui/models/text.h"
#include "ui/session/image_conversion.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/image_grid.h"

namespace alphascope::ui {

namespace {

constexpr int narrowestColumn = 132;

QString stripDot() {
    return QStringLiteral(" · ");
}

} // namespace

CompareBlock::CompareBlock(CompareController& controller, CompareRows rows, int index, QWidget* parent)
    : QWidget(parent), controller_(controller), rows_(rows), index_(index), grid_(new ImageGrid(this)),
      badge_(new QLabel(this)), title_(new ElidedLabel(this)), caption_(new ElidedLabel(this)),
      menu_(new QToolButton(this)) {
    setMinimumWidth(narrowestColumn);
    QFont bold = font();
    bold.setWeight(QFont::DemiBold);
    badge_->setFont(bold);
    badge_->setObjectName(QStringLiteral("compareBadge"));
    title_->setFont(bold);
    title_->setMuted(false);
    menu_->setProperty("flat", true);
    menu_->setIcon(icon(QStringLiteral("more"), IconColor::Muted));
    menu_->setToolTip(tr("Move, remove or explore this model"));
    menu_->setAccessibleName(tr("Model menu"));
    connect(menu_, &QToolButton::clicked, this, [this] {
        QMenu* menu = makeMenu();
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(menu_->mapToGlobal(QPoint(0, menu_->height())));
    });
    grid_->setSpacing(1);
    grid_->setToolTipProvider([this](int row) {
        return rows_ == CompareRows::Samples
                   ? tr("row %1 of the codes of seed %2").arg(row + 1).arg(controller_.seed())
                   : tr("held-out picture %1").arg(std::size_t(row) + controller_.firstInput());
    });

    auto* heading = new QHBoxLayout;
    heading->setSpacing(6);
    heading->addWidget(badge_);
    heading->addWidget(title_, 1);
    heading->addWidget(menu_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(grid_, 1);
    layout->addSpacing(4);
    layout->addLayout(heading);
    layout->addWidget(caption_);

    connect(grid_, &ImageGrid::cellClicked, this, [this](int row) { controller_.select(rows_, row); });
    connect(grid_, &ImageGrid::cellActivated, this,
            [this](int row) { controller_.explore(index_, rows_, row); });
    connect(grid_, &ImageGrid::contextMenuRequested, this, [this](int row, const QPoint& position) {
        controller_.select(rows_, row);
        QMenu* menu = makeMenu();
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(position);
    });
    connect(&controller_, &CompareController::pairChanged, this, &CompareBlock::refreshSelection);
    connect(&controller_, &CompareController::selectionChanged, this, &CompareBlock::refreshSelection);
    refresh();
}

QString CompareBlock::title() const {
    return title_->text();
}

QString CompareBlock::caption() const {
    return caption_->text();
}

void CompareBlock::refresh() {
    const CompareColumn& shown = column();
    title_->setText(controller_.titleOf(shown));
    caption_->setText(captionText());
    caption_->setToolTip(toolTipText());
    grid_->setAccessibleName(tr("Pictures of %1").arg(title_->text()));
    if (!shown.problem.isEmpty()) {
        grid_->setEmptyText(tr("Cannot be shown"), shown.problem);
        grid_->setCells({});
    } else if (!shown.result) {
        grid_->setEmptyText(tr("Reading the checkpoint…"));
        grid_->setCells({});
    } else if (rows_ == CompareRows::Samples) {
        refreshSamples(*shown.result);
    } else {
        refreshInputs(*shown.result);
    }
    refreshSelection();
}

void CompareBlock::refreshSamples(const engine::ComparedModel& model) {
    grid_->setCells(toQImages(model.samples));
}

void CompareBlock::refreshInputs(const engine::ComparedModel& model) {
    const bool searching = controller_.search() && controller_.busy();
    if (model.reconstructions.empty())
        grid_->setEmptyText(searching ? tr("Searching codes…") : tr("No reconstructions"),
                            searching ? QString() : text(model.whyEmpty));
    if (model.reconstructions.size() == model.originals.size())
        grid_->setCells(toQImages(model.originals), toQImages(model.reconstructions));
    else
        grid_->setCells({});
}

QString CompareBlock::captionText() const {
    const CompareColumn& shown = column();
    if (!shown.result)
        return {};
    const engine::ComparedModel& model = *shown.result;
    if (rows_ == CompareRows::Samples)
        return dataTitle(model.info.data, model.info.transform) + stripDot() +
               tr("step %1").arg(stepText(model.info.step));
    const std::optional<double> mean = model.meanL1();
    if (!mean)
        return {};
    return tr("L1 %1").arg(figureText(*mean)) + (model.searched ? stripDot() + tr("by search") : QString());
}

QString CompareBlock::toolTipText() const {
    const CompareColumn& shown = column();
    if (!shown.result)
        return shown.path;
    const engine::ModelInfo& info = shown.result->info;
    return tr("%1\n%2 latent dimensions, %3 x %3 pixels, checksum %4")
        .arg(text(info.path))
        .arg(info.latentSize)
        .arg(info.size)
        .arg(text(info.checksum.substr(0, 8)));
}

void CompareBlock::refreshSelection() {
    if (std::size_t(index_) >= controller_.columns().size())
        return;
    grid_->setSelected(controller_.selectedRows() == rows_ ? controller_.selectedRow() : -1);
    const int id = column().id;
    const bool a = id == controller_.pairA();
    const bool b = id == controller_.pairB();
    badge_->setVisible(a || b);
    badge_->setText(a ? QStringLiteral("A") : QStringLiteral("B"));
    badge_->setStyleSheet(
        QStringLiteral("color: %1").arg((a ? tokens().accent : tokens().amber).name(QColor::HexRgb)));
}

QMenu* CompareBlock::makeMenu() {
    auto* menu = new QMenu(this);
    const auto add = [&](const QString& iconName, const QString& label, bool enabled,
                         std::function<void()> run) {
        QAction* action = menu->addAction(icon(iconName), label, &controller_, std::move(run));
        action->setEnabled(enabled);
    };
    const int id = column().id;
    CompareController* controller = &controller_;
    const int index = index_;
    add(QStringLiteral("compare"), tr("Look at it as A"), id != controller_.pairA(),
        [controller, id] { controller->setPair(id, controller->pairB()); });
    add(QStringLiteral("compare"), tr("Look at it as B"), id != controller_.pairB(),
        [controller, id] { controller->setPair(controller->pairA(), id); });
    const int row = controller_.selectedRows() == rows_ ? controller_.selectedRow() : -1;
    add(QStringLiteral("pad"), tr("Explore the selected picture's code"), row >= 0 && column().result,
        [controller, index, rows = rows_, row] { controller->explore(index, rows, row); });
    menu->addSeparator();
    add(QStringLiteral("chevron-left"), tr("Move to the left"), index > 0,
        [controller, index] { controller->move(index, index - 1); });
    add(QStringLiteral("chevron-right"), tr("Move to the right"),
        index + 1 < int(controller_.columns().size()),
        [controller, index] { controller->move(index, index + 1); });
    add(QStringLiteral("remove"), tr("Remove from the comparison"), true,
        [controller, index] { controller->remove(index); });
    return menu;
}

CompareStrip::CompareStrip(CompareController& controller, CompareRows rows, QWidget* parent)
    : QScrollArea(parent), controller_(controller), rows_(rows) {
    setObjectName(rows == CompareRows::Samples ? QStringLiteral("compareSamples")
                                               : QStringLiteral("compareInputs"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* content = new QWidget;
    layout_ = new QHBoxLayout(content);
    layout_->setContentsMargins(0, 0, 0, 0);
    layout_->setSpacing(tokens().gap);
    setWidget(content);
    connect(&controller_, &CompareController::columnsChanged, this, &CompareStrip::rebuild);
    connect(&controller_, &CompareController::columnUpdated, this, [this] {
        // All of them: names tell columns apart, and so depend on each other.
        for (CompareBlock* block : blocks_)
            block->refresh();
    });
    connect(&controller_, &CompareController::busyChanged, this, [this] {
        for (CompareBlock* block : blocks_)
            block->refresh();
    });
}

void CompareStrip::rebuild() {
    // Called from a block's own menu at times: it goes when its signal has returned.
    for (CompareBlock* block : blocks_) {
        layout_->removeWidget(block);
        block->disconnect(this);
        block->hide();
        controller_.disconnect(block);
        block->deleteLater();
    }
    blocks_.clear();
    for (int i = 0; i < int(controller_.columns().size()); ++i) {
        auto* block = new CompareBlock(controller_, rows_, i, widget());
        layout_->addWidget(block, 1);
        blocks_.append(block);
        block->show();
    }
}

} // namespace alphascope::ui
