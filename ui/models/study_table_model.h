#pragma once
// The settings of a study as a table: method, varied parameters, figures, seeds, time, state; and a proxy
// that filters and sorts it. No widgets. GUI thread only.

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "ui/models/study_reading.h"

namespace alphascope::ui {

class StudyTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        SortRole = Qt::UserRole, ///< a number, a text, or nothing
        MethodRole,              ///< index of the method, in its column only: for its mark
        ReasonRole,              ///< why a trial went wrong, or ""
    };
    enum class Kind { Rank, Method, Parameter, Figure, Seeds, Seconds, State };

    explicit StudyTableModel(QObject* parent = nullptr);
    /// Rows keep their places, with selections, where only what they say has changed.
    void setReading(std::shared_ptr<const StudyReading> reading);
    const StudySettingRow* row(int row) const; ///< null beyond the last
    int rowOf(const SettingKey& key) const;    ///< -1 when it is not there
    Kind kind(int column) const { return columns_[std::size_t(column)].kind; }
    int columnOf(Kind kind, std::size_t index = 0) const; ///< -1 when there is none
    /// The number of a setting in the parameter or figure whose name or title contains `name`.
    std::optional<double> number(int row, const QString& name) const;
    /// Method, set, parameters and state of a setting, to be searched.
    QString words(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Column {
        Kind kind;
        std::size_t index = 0; ///< of the parameter or figure
        bool operator==(const Column&) const = default;
    };
    std::vector<Column> columnsFor(const StudyReading& reading) const;
    QVariant shown(const StudySettingRow& row, const Column& column) const;
    QVariant sortValue(const StudySettingRow& row, const Column& column) const;
    QString toolTip(const StudySettingRow& row, const Column& column) const;

    std::shared_ptr<const StudyReading> reading_;
    std::vector<Column> columns_;
};

/// What a person types to filter: words that must occur, and comparisons such as "rate>0.0002".
struct StudyFilter {
    struct Comparison {
        QString name;
        QString sign; ///< "<", "<=", "=", ">=", ">"
        double value = 0.0;
    };
    QStringList words;
    std::vector<Comparison> comparisons;
    static StudyFilter parse(const QString& text);
    bool accepts(const StudyTableModel& model, int row) const;
};

class StudyTableProxy : public QSortFilterProxyModel {
    Q_OBJECT
public:
    explicit StudyTableProxy(StudyTableModel& model, QObject* parent = nullptr);

    struct Filters {
        QString text{};
        std::optional<std::size_t> method{};
        std::optional<std::size_t> data{};
        std::size_t top = 0; ///< only so many of the best of each set; 0 = all
    };
    void setFilters(const Filters& filters);
    /// Settings that brushes leave; nothing: all.
    void setBrushed(std::optional<std::set<SettingKey>> keys);
    /// Whether text, method or top leave something out (the set and brushes aside).
    bool filters() const;
    /// Settings that text, method and top leave, whatever is brushed.
    std::set<SettingKey> filtered() const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

private:
    bool passes(int row) const;

    StudyTableModel& model_;
    Filters filters_;
    StudyFilter words_; ///< of filters_.text
    std::optional<std::set<SettingKey>> brushed_;
};

} // namespace alphascope::ui
