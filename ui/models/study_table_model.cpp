#include "ui/models/study_table_model.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

#include "ui/models/figures.h"
#include "ui/models/text.h"

namespace alphascope::ui {

namespace {

QString dash() {
    return QStringLiteral("–");
}

bool isNumeric(StudyTableModel::Kind kind) {
    using Kind = StudyTableModel::Kind;
    return kind != Kind::Method && kind != Kind::State;
}

QString withMinus(QString number) {
    return number.replace(QLatin1Char('-'), QChar(0x2212));
}

} // namespace

// ---- the table --------------------------------------------------------------------------------------------

StudyTableModel::StudyTableModel(QObject* parent) : QAbstractTableModel(parent) {}

std::vector<StudyTableModel::Column> StudyTableModel::columnsFor(const StudyReading& reading) const {
    std::vector<Column> columns{{Kind::Rank}, {Kind::Method}};
    const std::size_t figures = reading.table.metrics.size();
    // What ranks stands beside what is ranked.
    columns.push_back(figures > 0 ? Column{Kind::Figure, 0} : Column{Kind::State});
    for (std::size_t i = 0; i < reading.table.parameters.size(); ++i)
        columns.push_back({Kind::Parameter, i});
    for (std::size_t i = 1; i < figures; ++i)
        columns.push_back({Kind::Figure, i});
    if (reading.study().seeds > 1)
        columns.push_back({Kind::Seeds});
    columns.push_back({Kind::Seconds});
    if (figures > 0)
        columns.push_back({Kind::State});
    return columns;
}

void StudyTableModel::setReading(std::shared_ptr<const StudyReading> reading) {
    const std::vector<Column> columns = reading ? columnsFor(*reading) : std::vector<Column>();
    const bool sameShape =
        reading && reading_ && columns == columns_ && reading->table.metrics == reading_->table.metrics &&
        std::equal(reading->table.rows.begin(), reading->table.rows.end(), reading_->table.rows.begin(),
                   reading_->table.rows.end(),
                   [](const StudySettingRow& a, const StudySettingRow& b) { return a.key == b.key; });
    if (sameShape) {
        reading_ = std::move(reading);
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    reading_ = std::move(reading);
    columns_ = columns;
    endResetModel();
}

const StudySettingRow* StudyTableModel::row(int row) const {
    return reading_ && row >= 0 && row < rowCount() ? &reading_->table.rows[std::size_t(row)] : nullptr;
}

int StudyTableModel::rowOf(const SettingKey& key) const {
    const std::size_t found = reading_ ? reading_->table.findRow(key) : 0;
    return reading_ && found < reading_->table.rows.size() ? int(found) : -1;
}

int StudyTableModel::columnOf(Kind kind, std::size_t index) const {
    const auto found = std::find(columns_.begin(), columns_.end(), Column{kind, index});
    return found == columns_.end() ? -1 : int(found - columns_.begin());
}

int StudyTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !reading_ ? 0 : int(reading_->table.rows.size());
}

int StudyTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(columns_.size());
}

QVariant StudyTableModel::shown(const StudySettingRow& row, const Column& column) const {
    switch (column.kind) {
    case Kind::Rank:
        return row.rank > 0 ? QVariant(qulonglong(row.rank)) : QVariant(dash());
    case Kind::Method:
        return text(reading_->study().methods[row.key.method].title);
    case Kind::Parameter: {
        const auto found = row.settings.find(reading_->table.parameters[column.index].name);
        return found == row.settings.end() ? QString() : withMinus(text(found->second));
    }
    case Kind::Figure:
        if (row.figures[column.index])
            return meanText(*row.figures[column.index]);
        return column.index == 0 ? stateText(row) : dash(); // why there is none
    case Kind::Seeds:
        return tr("%1 of %2").arg(row.over).arg(row.trials.size());
    case Kind::Seconds:
        return row.seconds > 0.0 ? QStringLiteral("%1 s").arg(figureText(row.seconds)) : dash();
    case Kind::State:
        break;
    }
    return stateText(row);
}

QVariant StudyTableModel::sortValue(const StudySettingRow& row, const Column& column) const {
    const auto orNothing = [](const std::optional<double>& number) {
        return number ? QVariant(*number) : QVariant();
    };
    switch (column.kind) {
    case Kind::Rank:
        return row.rank > 0 ? QVariant(double(row.rank)) : QVariant();
    case Kind::Parameter:
        return orNothing(parameterNumber(reading_->table.parameters[column.index], row));
    case Kind::Figure:
        return row.figures[column.index] ? QVariant(row.figures[column.index]->mean) : QVariant();
    case Kind::Seeds:
        return double(row.over);
    case Kind::Seconds:
        return row.seconds > 0.0 ? QVariant(row.seconds) : QVariant();
    case Kind::State:
        return double(row.state) + (row.steps > 0 ? 0.5 * double(row.step) / double(row.steps) : 0.0);
    case Kind::Method:
        break;
    }
    return shown(row, column);
}

QString StudyTableModel::toolTip(const StudySettingRow& row, const Column& column) const {
    if (column.kind == Kind::Figure && row.figures[column.index])
        return tr("%1, in the mean over %2 of %3 seeds")
            .arg(text(engine::figureTitle(reading_->table.metrics[column.index])))
            .arg(row.figures[column.index]->seeds)
            .arg(row.trials.size());
    return text(row.reason);
}

QVariant StudyTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const StudySettingRow& one = reading_->table.rows[std::size_t(index.row())];
    const Column& column = columns_[std::size_t(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return shown(one, column);
    case SortRole:
        return sortValue(one, column);
    case ReasonRole:
        return text(one.reason);
    case MethodRole:
        return column.kind == Kind::Method ? QVariant(qulonglong(one.key.method)) : QVariant();
    case Qt::TextAlignmentRole:
        return int((isNumeric(column.kind) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return toolTip(one, column);
    default:
        return {};
    }
}

QVariant StudyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const Column& column = columns_[std::size_t(section)];
    if (role == Qt::TextAlignmentRole)
        return int((isNumeric(column.kind) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (column.kind) {
    case Kind::Rank:
        return role == Qt::ToolTipRole ? tr("Place among the settings of its set") : QStringLiteral("#");
    case Kind::Method:
        return tr("method");
    case Kind::Parameter: {
        const QString title = text(reading_->table.parameters[column.index].title);
        // In two lines, where the numbers need less room than the title.
        return role == Qt::ToolTipRole ? title
                                       : QString(title).replace(QStringLiteral(", "), QStringLiteral("\n"));
    }
    case Kind::Figure: {
        const std::string& metric = reading_->table.metrics[column.index];
        return text(role == Qt::ToolTipRole ? engine::figureTitle(metric) : metric);
    }
    case Kind::Seeds:
        return role == Qt::ToolTipRole ? tr("Trials of the setting that are done, one a seed") : tr("seeds");
    case Kind::Seconds:
        return role == Qt::ToolTipRole ? tr("Time of one training") : tr("time");
    case Kind::State:
        break;
    }
    return tr("state");
}

std::optional<double> StudyTableModel::number(int row, const QString& name) const {
    for (int column = 0; column < columnCount(); ++column) {
        const Kind which = kind(column);
        if (which != Kind::Parameter && which != Kind::Figure && which != Kind::Seconds &&
            which != Kind::Rank)
            continue;
        QString known = headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        if (which == Kind::Parameter)
            known +=
                QLatin1Char(' ') + text(reading_->table.parameters[columns_[std::size_t(column)].index].name);
        if (!known.contains(name, Qt::CaseInsensitive))
            continue;
        const QVariant value = index(row, column).data(SortRole);
        if (value.isValid())
            return value.toDouble();
    }
    return std::nullopt;
}

QString StudyTableModel::words(int row) const {
    const StudySettingRow& one = reading_->table.rows[std::size_t(row)];
    QStringList all{text(reading_->study().methods[one.key.method].title),
                    text(reading_->study().methods[one.key.method].method),
                    text(reading_->study().data[one.key.data].title), stateText(one)};
    for (const auto& [name, value] : one.settings)
        all << text(name) + QLatin1Char('=') + text(value);
    return all.join(QLatin1Char(' '));
}

// ---- the filter -------------------------------------------------------------------------------------------

StudyFilter StudyFilter::parse(const QString& text) {
    static const QRegularExpression comparison(QStringLiteral(R"(^([^<>=]+)(<=|>=|<|>|=)([-+0-9.eE]+)$)"));
    StudyFilter filter;
    for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = comparison.match(word);
        bool number = false;
        const double value = match.captured(3).toDouble(&number);
        if (match.hasMatch() && number)
            filter.comparisons.push_back({match.captured(1), match.captured(2), value});
        else
            filter.words << word;
    }
    return filter;
}

bool StudyFilter::accepts(const StudyTableModel& model, int row) const {
    const QString all = words.isEmpty() ? QString() : model.words(row);
    for (const QString& word : words)
        if (!all.contains(word, Qt::CaseInsensitive))
            return false;
    for (const Comparison& one : comparisons) {
        const std::optional<double> value = model.number(row, one.name);
        if (!value)
            return false;
        const bool equal = std::abs(*value - one.value) <= 1e-6 * std::abs(one.value);
        const bool holds = one.sign == QStringLiteral("=")    ? equal
                           : one.sign == QStringLiteral("<=") ? *value <= one.value || equal
                           : one.sign == QStringLiteral(">=") ? *value >= one.value || equal
                           : one.sign == QStringLiteral("<")  ? *value < one.value && !equal
                                                              : *value > one.value && !equal;
        if (!holds)
            return false;
    }
    return true;
}

StudyTableProxy::StudyTableProxy(StudyTableModel& model, QObject* parent)
    : QSortFilterProxyModel(parent), model_(model) {
    setSourceModel(&model_);
    setDynamicSortFilter(true);
}

void StudyTableProxy::setFilters(const Filters& filters) {
    filters_ = filters;
    words_ = StudyFilter::parse(filters.text);
    invalidateFilter();
}

void StudyTableProxy::setBrushed(std::optional<std::set<SettingKey>> keys) {
    brushed_ = std::move(keys);
    invalidateFilter();
}

bool StudyTableProxy::filters() const {
    return !filters_.text.trimmed().isEmpty() || filters_.method || filters_.top > 0;
}

std::set<SettingKey> StudyTableProxy::filtered() const {
    std::set<SettingKey> keys;
    for (int row = 0; row < model_.rowCount(); ++row)
        if (passes(row))
            keys.insert(model_.row(row)->key);
    return keys;
}

bool StudyTableProxy::passes(int row) const {
    const StudySettingRow& one = *model_.row(row);
    return (!filters_.data || one.key.data == *filters_.data) &&
           (!filters_.method || one.key.method == *filters_.method) &&
           (filters_.top == 0 || (one.rank > 0 && one.rank <= filters_.top)) && words_.accepts(model_, row);
}

bool StudyTableProxy::filterAcceptsRow(int row, const QModelIndex&) const {
    return passes(row) && (!brushed_ || brushed_->count(model_.row(row)->key) > 0);
}

/// What has no value comes last, whichever way is sorted.
bool StudyTableProxy::lessThan(const QModelIndex& left, const QModelIndex& right) const {
    const QVariant a = left.data(StudyTableModel::SortRole);
    const QVariant b = right.data(StudyTableModel::SortRole);
    if (!a.isValid() || !b.isValid()) {
        if (a.isValid() == b.isValid())
            return left.row() < right.row();
        return a.isValid() == (sortOrder() == Qt::AscendingOrder);
    }
    if (a.typeId() == QMetaType::Double && a.toDouble() != b.toDouble())
        return a.toDouble() < b.toDouble();
    if (a.typeId() == QMetaType::QString && a.toString() != b.toString())
        return a.toString().localeAwareCompare(b.toString()) < 0;
    return left.row() < right.row();
}

} // namespace alphascope::ui
