#include "ui/panels/study_trials_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>
#include <QTableView>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/panels/form.h"
#include "ui/panels/study_actions.h"
#include "ui/panels/study_parts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/series_mark.h"

namespace alphascope::ui {

namespace {

constexpr int rowHeight = 26;
constexpr int markSide = 10;
constexpr int markRoom = 22;  // of the mark before a method's name
constexpr int titleRoom = 26; // padding and the arrow of what is sorted by
constexpr int cellRoom = 24;
constexpr int widestColumn = 240;
constexpr int mostMeasured = 60; // rows

/// Methods are told apart by a shape as well as by colour, as in every plot; settings that went wrong carry a
/// warning instead.
class MarkDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyledItemDelegate::paint(painter, option, index);
        const QVariant method = index.data(StudyTableModel::MethodRole);
        if (!method.isValid())
            return;
        const QRectF box(option.rect.left() + 6, option.rect.center().y() - markSide / 2 + 1, markSide,
                         markSide);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (index.data(StudyTableModel::ReasonRole).toString().isEmpty())
            paintSeriesShape(*painter, seriesShape(method.toInt()), box.center(), markSide,
                             seriesColor(method.toInt()));
        else
            icon(QStringLiteral("warning"), IconColor::Amber)
                .paint(painter, box.adjusted(-2, -2, 2, 2).toRect());
        painter->restore();
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override {
        QStyledItemDelegate::initStyleOption(option, index);
        option->state &= ~QStyle::State_HasFocus; // the whole row shows it
        if (index.data(StudyTableModel::MethodRole).isValid()) {
            option->features |= QStyleOptionViewItem::HasDecoration; // room for the mark
            option->decorationSize = {markSide + 4, markSide};
        }
    }
};

} // namespace

StudyTrialsPanel::StudyTrialsPanel(StudyController& controller, StudyActions& actions, QWidget* parent)
    : Panel(tr("Trials"), parent), controller_(controller), actions_(actions), proxy_(model_),
      view_(new QTableView(this)), filter_(new QLineEdit(this)), methods_(new FormCombo(this)),
      top_(new FormCombo(this)) {
    buildFilters();
    view_->setObjectName(QStringLiteral("studyTable"));
    view_->setAccessibleName(tr("Settings of the study"));
    view_->setModel(&proxy_);
    view_->setItemDelegate(new MarkDelegate(view_));
    view_->setSortingEnabled(true);
    view_->sortByColumn(0, Qt::AscendingOrder);
    view_->setSelectionBehavior(QAbstractItemView::SelectRows);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view_->setShowGrid(false);
    view_->setTabKeyNavigation(false);
    view_->setFrameShape(QFrame::NoFrame);
    view_->setFont(tabularFont(view_->font()));
    view_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view_->verticalHeader()->hide();
    view_->verticalHeader()->setDefaultSectionSize(rowHeight);
    view_->horizontalHeader()->setHighlightSections(false);
    view_->horizontalHeader()->setStretchLastSection(true);
    view_->setContextMenuPolicy(Qt::CustomContextMenu);
    contentLayout()->addWidget(view_, 1);

    connect(view_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                if (const auto key = keyAt(current); key && !following_)
                    controller_.select(key);
            });
    connect(view_, &QTableView::activated, this, [this](const QModelIndex& index) {
        if (const auto key = keyAt(index))
            actions_.explore(*key);
    });
    connect(view_, &QTableView::customContextMenuRequested, this, [this](const QPoint& place) {
        if (const auto key = keyAt(view_->indexAt(place)))
            actions_.makeMenu(*key, this)->popup(view_->viewport()->mapToGlobal(place));
    });
    connect(&model_, &QAbstractItemModel::modelReset, this, &StudyTrialsPanel::fitColumns);
    connect(&controller_, &StudyController::readingChanged, this, &StudyTrialsPanel::refresh);
    connect(&controller_, &StudyController::dataChanged, this, &StudyTrialsPanel::applyFilters);
    connect(&controller_, &StudyController::highlightChanged, this, [this] {
        const QScopedValueRollback following(following_, true);
        proxy_.setBrushed(controller_.brushed());
        refreshCaption();
        refreshSelection();
    });
    connect(&controller_, &StudyController::selectionChanged, this, &StudyTrialsPanel::refreshSelection);
    connect(&controller_, &StudyController::closed, this, &StudyTrialsPanel::refresh);
    refresh();
}

void StudyTrialsPanel::buildFilters() {
    filter_->setObjectName(QStringLiteral("studyFilter"));
    filter_->setPlaceholderText(tr("filter: alpha rate>0.0002"));
    filter_->setClearButtonEnabled(true);
    filter_->setAccessibleName(tr("Filter settings"));
    filter_->setToolTip(
        tr("Words that must occur (method, state, parameters), and comparisons of parameters\n"
           "or figures: rate>0.0002, critic<=-0.4, lambda=10"));
    methods_->setObjectName(QStringLiteral("studyMethod"));
    methods_->setAccessibleName(tr("Method"));
    methods_->setFixedWidth(132);
    top_->setObjectName(QStringLiteral("studyTop"));
    top_->setAccessibleName(tr("How many of the best"));
    top_->setFixedWidth(96);
    top_->addItem(tr("all"), 0);
    for (const int count : {5, 10, 25, 100})
        top_->addItem(tr("best %1").arg(count), count);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(filter_, 1);
    row->addWidget(methods_);
    row->addWidget(top_);
    contentLayout()->addLayout(row);
    connect(filter_, &QLineEdit::textChanged, this, &StudyTrialsPanel::applyFilters);
    connect(methods_, &QComboBox::currentIndexChanged, this, &StudyTrialsPanel::applyFilters);
    connect(top_, &QComboBox::currentIndexChanged, this, &StudyTrialsPanel::applyFilters);
}

std::optional<SettingKey> StudyTrialsPanel::keyAt(const QModelIndex& index) const {
    const StudySettingRow* row = index.isValid() ? model_.row(proxy_.mapToSource(index).row()) : nullptr;
    return row ? std::optional(row->key) : std::nullopt;
}

void StudyTrialsPanel::refresh() {
    const QScopedValueRollback following(following_, true);
    fillMethodChooser(methods_, controller_);
    model_.setReading(controller_.reading());
    applyFilters();
}

void StudyTrialsPanel::applyFilters() {
    const QScopedValueRollback following(following_, true);
    proxy_.setFilters({filter_->text(), chosenMethod(methods_), controller_.data(),
                       std::size_t(top_->currentData().toInt())});
    controller_.setFiltered(proxy_.filters() ? std::optional(proxy_.filtered()) : std::nullopt);
    refreshCaption();
    refreshSelection();
}

void StudyTrialsPanel::refreshCaption() {
    const auto& reading = controller_.reading();
    QString words = reading ? countsText(reading->trials) : QString();
    if (reading && controller_.highlighted())
        words += QStringLiteral(" · ") + tr("%1 settings left").arg(proxy_.rowCount());
    setCaption(words);
}

void StudyTrialsPanel::refreshSelection() {
    const QScopedValueRollback following(following_, true);
    const int row = controller_.selected() ? model_.rowOf(*controller_.selected()) : -1;
    const QModelIndex index = row < 0 ? QModelIndex() : proxy_.mapFromSource(model_.index(row, 0));
    if (index.isValid()) {
        view_->setCurrentIndex(index);
        view_->selectRow(index.row());
    } else {
        view_->clearSelection();
        view_->setCurrentIndex({});
    }
}

/// As wide as titles and numbers need: the view's own measure adds up the room of a title's lines.
void StudyTrialsPanel::fitColumns() {
    const QFontMetrics metrics(view_->font());
    for (int column = 0; column < model_.columnCount(); ++column) {
        int width = 0;
        const QString title = model_.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        for (const QString& line : title.split(QLatin1Char('\n')))
            width = std::max(width, metrics.horizontalAdvance(line) + titleRoom);
        for (int row = 0; row < std::min(model_.rowCount(), mostMeasured); ++row)
            width = std::max(width, metrics.horizontalAdvance(model_.index(row, column).data().toString()) +
                                        cellRoom);
        if (model_.kind(column) == StudyTableModel::Kind::Method)
            width += markRoom;
        view_->setColumnWidth(column, std::min(width, widestColumn));
    }
}

} // namespace alphascope::ui
