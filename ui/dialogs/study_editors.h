#pragma once
// Parts of the dialog that plans a study: which methods with which values, and which sets. GUI thread only.

#include <QWidget>

#include <map>

#include "ui/models/study_draft.h"

class QLabel;
class QListWidget;
class QTableWidget;
class QTableWidgetItem;
class QToolButton;

namespace alphascope::ui {

/// Methods to tick; beside them what each parameter of the one that is looked at may be.
class StudyMethodsEditor : public QWidget {
    Q_OBJECT
public:
    explicit StudyMethodsEditor(const std::vector<models::MethodTraits>& methods, QWidget* parent = nullptr);
    void setStudy(const engine::Study& study);
    std::vector<engine::StudyMethod> methods() const; ///< those that are ticked
    /// The first text that is none of its parameter's values; "" when all are.
    QString problem() const;
    QListWidget* list() const { return list_; }
    QTableWidget* table() const { return table_; }

Q_SIGNALS:
    void changed();

private:
    struct Entry {
        engine::StudyMethod method;
        std::map<std::string, QString> refused{}; ///< typed texts that are no values, with their parameter
        std::map<std::string, QString> reasons{};
    };
    const models::MethodTraits* traitsOf(const std::string& method) const;
    void showMethod(int row);
    void take(QTableWidgetItem* item);

    const std::vector<models::MethodTraits>& traits_;
    std::vector<Entry> entries_; ///< by row of the list
    QListWidget* list_;
    QTableWidget* table_;
    bool filling_ = false;
};

/// Sets to train on: a title, a name or path, and the transform.
class StudyDataEditor : public QWidget {
    Q_OBJECT
public:
    explicit StudyDataEditor(const QStringList& known, QWidget* parent = nullptr);
    void setStudy(const engine::Study& study);
    std::vector<engine::StudyData> data() const;
    QTableWidget* table() const { return table_; }

Q_SIGNALS:
    void changed();

private:
    void addRow(const engine::StudyData& data);

    QStringList known_;
    std::vector<engine::StudyData> base_; ///< what the table does not show is kept as it came
    QTableWidget* table_;
    QToolButton* remove_;
};

} // namespace alphascope::ui
