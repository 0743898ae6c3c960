#pragma once
// The settings of a study as a table that sorts, filters and takes part in the linked selection. GUI thread
// only.

#include "ui/models/study_table_model.h"
#include "ui/session/study_controller.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QLineEdit;
class QTableView;

namespace alphascope::ui {

class StudyActions;

class StudyTrialsPanel : public Panel {
    Q_OBJECT
public:
    StudyTrialsPanel(StudyController& controller, StudyActions& actions, QWidget* parent = nullptr);
    QTableView* view() const { return view_; }
    StudyTableModel& model() { return model_; }
    StudyTableProxy& proxy() { return proxy_; }
    QLineEdit* filter() const { return filter_; }
    QComboBox* methods() const { return methods_; }
    QComboBox* top() const { return top_; }

private:
    void buildFilters();
    void refresh();
    void refreshCaption();
    void refreshSelection();
    void applyFilters();
    void fitColumns();
    std::optional<SettingKey> keyAt(const QModelIndex& index) const; ///< of the proxy

    StudyController& controller_;
    StudyActions& actions_;
    StudyTableModel model_;
    StudyTableProxy proxy_;
    QTableView* view_;
    QLineEdit* filter_;
    QComboBox* methods_;
    QComboBox* top_;
    bool following_ = false; ///< the table's current row changes because of something else than the table
};

} // namespace alphascope::ui
