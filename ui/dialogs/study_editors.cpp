#include "ui/dialogs/study_editors.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QTableWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

#include "ui/models/figures.h"
#include "ui/models/method_text.h"
#include "ui/models/parameter_form.h"
#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

namespace alphascope::ui {

namespace {

enum ParameterColumn { NameColumn, ValuesColumn, PresetColumn, AllowedColumn, parameterColumns };
enum DataColumn { TitleColumn, SetColumn, TransformColumn, dataColumns };

QTableWidgetItem* fixedItem(const QString& words, const QString& toolTip) {
    auto* item = new QTableWidgetItem(words);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
    item->setToolTip(toolTip);
    return item;
}

QTableWidget* plainTable(QWidget* parent, const QStringList& titles) {
    auto* table = new QTableWidget(0, int(titles.size()), parent);
    table->setHorizontalHeaderLabels(titles);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(26);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    return table;
}

} // namespace

// ---- methods ----------------------------------------------------------------------------------------------

StudyMethodsEditor::StudyMethodsEditor(const std::vector<models::MethodTraits>& methods, QWidget* parent)
    : QWidget(parent), traits_(methods), list_(new QListWidget(this)),
      table_(plainTable(this, {tr("parameter"), tr("values or range"), tr("preset's"), tr("allowed")})) {
    list_->setObjectName(QStringLiteral("studyMethods"));
    list_->setAccessibleName(tr("Methods"));
    list_->setFixedWidth(228); // the longest title
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table_->setObjectName(QStringLiteral("studyRanges"));
    table_->setAccessibleName(tr("Values of parameters"));
    table_->setColumnWidth(NameColumn, 146);
    table_->setColumnWidth(PresetColumn, 78);
    table_->setColumnWidth(AllowedColumn, 110);
    table_->horizontalHeader()->setSectionResizeMode(ValuesColumn, QHeaderView::Stretch);
    auto* hint = new QLabel(tr("One value, a list “0.0001, 0.0002”, a range “0.0001 to 0.001, log” or "
                               "“8 to 64, 4 values”, or “as rateEncoder”."),
                            this);
    hint->setProperty("role", QStringLiteral("hint"));
    hint->setWordWrap(true);
    auto* right = new QVBoxLayout;
    right->addWidget(table_, 1);
    right->addWidget(hint);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(list_);
    layout->addLayout(right, 1);
    connect(list_, &QListWidget::currentRowChanged, this, &StudyMethodsEditor::showMethod);
    connect(list_, &QListWidget::itemChanged, this, [this] {
        if (!filling_)
            Q_EMIT changed();
    });
    connect(table_, &QTableWidget::itemChanged, this, &StudyMethodsEditor::take);
}

const models::MethodTraits* StudyMethodsEditor::traitsOf(const std::string& method) const {
    const auto found = std::find_if(traits_.begin(), traits_.end(),
                                    [&](const models::MethodTraits& one) { return one.name == method; });
    return found == traits_.end() ? nullptr : &*found;
}

/// The study's methods first, then the others, which are not ticked.
void StudyMethodsEditor::setStudy(const engine::Study& study) {
    filling_ = true;
    entries_.clear();
    list_->clear();
    const auto add = [this](const engine::StudyMethod& method, bool wanted) {
        entries_.push_back({.method = method});
        auto* item = new QListWidgetItem(text(method.title), list_);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(wanted ? Qt::Checked : Qt::Unchecked);
        if (const models::MethodTraits* traits = traitsOf(method.method))
            item->setToolTip(methodToolTip(*traits));
    };
    for (const engine::StudyMethod& method : study.methods)
        add(method, true);
    for (const models::MethodTraits& traits : traits_)
        if (std::none_of(study.methods.begin(), study.methods.end(),
                         [&](const engine::StudyMethod& one) { return one.method == traits.name; }))
            add({.method = traits.name, .title = traits.title}, false);
    filling_ = false;
    list_->setCurrentRow(0);
    Q_EMIT changed();
}

std::vector<engine::StudyMethod> StudyMethodsEditor::methods() const {
    std::vector<engine::StudyMethod> wanted;
    for (int row = 0; row < list_->count(); ++row)
        if (list_->item(row)->checkState() == Qt::Checked)
            wanted.push_back(entries_[std::size_t(row)].method);
    return wanted;
}

QString StudyMethodsEditor::problem() const {
    for (int row = 0; row < list_->count(); ++row) {
        const Entry& entry = entries_[std::size_t(row)];
        if (list_->item(row)->checkState() == Qt::Checked && !entry.reasons.empty())
            return QStringLiteral("%1: %2").arg(text(entry.method.title), entry.reasons.begin()->second);
    }
    return {};
}

void StudyMethodsEditor::showMethod(int row) {
    filling_ = true;
    table_->setRowCount(0);
    const Entry* entry = row >= 0 ? &entries_[std::size_t(row)] : nullptr;
    const models::MethodTraits* traits = entry ? traitsOf(entry->method.method) : nullptr;
    if (traits) {
        ParameterForm form;
        form.setMethod(*traits);
        form.setPreset(entry->method.preset);
        for (const models::ParameterSpec& spec : traits->schema) {
            const int line = table_->rowCount();
            table_->insertRow(line);
            const QString meaning = QStringLiteral("%1\n%2").arg(text(spec.name), text(spec.meaning));
            table_->setItem(line, NameColumn, fixedItem(text(spec.title), meaning));
            const auto refused = entry->refused.find(spec.name);
            auto* values = new QTableWidgetItem(
                refused != entry->refused.end() ? refused->second : parameterText(entry->method, spec.name));
            values->setData(Qt::UserRole, text(spec.name));
            values->setToolTip(meaning);
            if (refused != entry->refused.end())
                values->setForeground(tokens().red);
            table_->setItem(line, ValuesColumn, values);
            table_->setItem(line, PresetColumn, fixedItem(text(form.defaultText(spec.name)), meaning));
            table_->setItem(line, AllowedColumn, fixedItem(allowedText(spec), meaning));
        }
    }
    filling_ = false;
}

void StudyMethodsEditor::take(QTableWidgetItem* item) {
    const int row = list_->currentRow();
    if (filling_ || item->column() != ValuesColumn || row < 0)
        return;
    Entry& entry = entries_[std::size_t(row)];
    const std::string parameter = item->data(Qt::UserRole).toString().toStdString();
    const models::MethodTraits* traits = traitsOf(entry.method.method);
    const QString reason = setParameterText(entry.method, traits->schema, parameter, item->text());
    entry.refused.erase(parameter);
    entry.reasons.erase(parameter);
    if (!reason.isEmpty()) {
        entry.refused[parameter] = item->text();
        entry.reasons[parameter] = reason;
    } else if (!item->text().trimmed().isEmpty()) {
        list_->item(row)->setCheckState(Qt::Checked); // who gives values wants the method
    }
    filling_ = true;
    item->setForeground(reason.isEmpty() ? QBrush(tokens().text) : QBrush(tokens().red));
    filling_ = false;
    Q_EMIT changed();
}

// ---- sets -------------------------------------------------------------------------------------------------

StudyDataEditor::StudyDataEditor(const QStringList& known, QWidget* parent)
    : QWidget(parent), known_(known),
      table_(plainTable(this, {tr("title"), tr("data: a name, file or folder"), tr("transform")})),
      remove_(new QToolButton(this)) {
    table_->setObjectName(QStringLiteral("studySets"));
    table_->setAccessibleName(tr("Data sets"));
    table_->setColumnWidth(TitleColumn, 146);
    table_->setColumnWidth(TransformColumn, 140);
    table_->horizontalHeader()->setSectionResizeMode(SetColumn, QHeaderView::Stretch);
    table_->verticalHeader()->setDefaultSectionSize(34); // room for choosers
    auto* add = new QToolButton(this);
    add->setIcon(icon(QStringLiteral("add"), IconColor::Muted));
    add->setToolTip(tr("Another set"));
    add->setAccessibleName(tr("Another set"));
    remove_->setIcon(icon(QStringLiteral("remove"), IconColor::Muted));
    remove_->setToolTip(tr("Remove the set"));
    remove_->setAccessibleName(tr("Remove the set"));
    auto* buttons = new QVBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove_);
    buttons->addStretch(1);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(table_, 1);
    layout->addLayout(buttons);
    connect(add, &QToolButton::clicked, this, [this] {
        const std::string name = known_.value(0).toStdString();
        addRow({.title = "Set " + std::to_string(table_->rowCount() + 1), .data = name});
        Q_EMIT changed();
    });
    connect(remove_, &QToolButton::clicked, this, [this] {
        const int row = table_->currentRow() < 0 ? table_->rowCount() - 1 : table_->currentRow();
        if (table_->rowCount() < 2)
            return;
        table_->removeRow(row);
        base_.erase(base_.begin() + row);
        remove_->setEnabled(table_->rowCount() > 1);
        Q_EMIT changed();
    });
    connect(table_, &QTableWidget::itemChanged, this, &StudyDataEditor::changed);
}

void StudyDataEditor::setStudy(const engine::Study& study) {
    base_.clear();
    table_->setRowCount(0);
    for (const engine::StudyData& data : study.data)
        addRow(data);
    Q_EMIT changed();
}

void StudyDataEditor::addRow(const engine::StudyData& data) {
    const int row = table_->rowCount();
    base_.push_back(data);
    table_->insertRow(row);
    table_->setItem(row, TitleColumn, new QTableWidgetItem(text(data.title)));
    auto* set = new QComboBox(table_);
    set->setEditable(true);
    set->addItems(known_);
    set->setCurrentText(text(data.data));
    set->setAccessibleName(tr("Data"));
    auto* transform = new QComboBox(table_);
    transform->addItem(tr("as it is"), QString());
    transform->addItem(tr("ColorMNIST"), QStringLiteral("color"));
    transform->addItem(tr("stacked"), QStringLiteral("stacked"));
    transform->setCurrentIndex(std::max(0, transform->findData(text(data.transform))));
    transform->setAccessibleName(tr("Transform"));
    table_->setCellWidget(row, SetColumn, set);
    table_->setCellWidget(row, TransformColumn, transform);
    connect(set, &QComboBox::currentTextChanged, this, &StudyDataEditor::changed);
    connect(transform, &QComboBox::currentIndexChanged, this, &StudyDataEditor::changed);
    remove_->setEnabled(table_->rowCount() > 1);
}

std::vector<engine::StudyData> StudyDataEditor::data() const {
    std::vector<engine::StudyData> all = base_;
    for (int row = 0; row < int(all.size()); ++row) {
        engine::StudyData& data = all[std::size_t(row)];
        data.title = table_->item(row, TitleColumn)->text().trimmed().toStdString();
        data.data = static_cast<QComboBox*>(table_->cellWidget(row, SetColumn))
                        ->currentText()
                        .trimmed()
                        .toStdString();
        data.transform = static_cast<QComboBox*>(table_->cellWidget(row, TransformColumn))
                             ->currentData()
                             .toString()
                             .toStdString();
    }
    return all;
}

} // namespace alphascope::ui
