#pragma once
// What the next run is started with: method, data, size, preset, every parameter of the method's schema, and,
// folded, the run's own settings. While a run lives only live parameters and the number of steps can change;
// everything else is greyed and says why. GUI thread only.

#include <optional>

#include "engine/api/data_sets.h"
#include "engine/api/fork.h"
#include "ui/models/parameter_form.h"
#include "ui/session/data_library.h"
#include "ui/widgets/panel.h"

class QComboBox;
class QLineEdit;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace alphascope::ui {

class IDialogs;
class FormGrid;
class DataBox;
class FoldingSection;
class ProgressRow;
class MethodBox;
class MethodCard;
class ParameterEditor;
class FormLabel;

class SetupPanel : public Panel {
    Q_OBJECT
public:
    SetupPanel(EngineBridge& bridge, DataLibrary& library, IDialogs& dialogs, QWidget* parent = nullptr);

    /// runFolder is "" unless the user chose one.
    engine::RunConfig config() const;
    void setConfig(const engine::RunConfig& config);
    /// The next start forks from there: the form shows how the run was set then, what shapes the networks is
    /// greyed, and a bar above says so until the fork has begun or the user would rather begin anew.
    void setFork(const engine::ForkPoint& point);
    void endFork();
    const std::optional<engine::ForkPoint>& fork() const { return fork_; }
    /// A path or a built-in name; looked at in the background.
    void setData(const QString& data);
    void setState(engine::SessionState state);
    const ParameterForm& form() const { return form_; }
    ParameterEditor* editor(const QString& parameter) const;

Q_SIGNALS:
    /// Something that the next start would use changed.
    void configChanged();

private:
    void buildBasics();
    void buildAdvanced();
    void rebuildParameters();
    void addParameter(FormGrid* grid, const models::ParameterSpec& spec);
    ParameterForm::Switch chooseMethod(const std::string& name);
    void switchMethod(const std::string& name);
    void warnOfMissingLabels();
    void choosePreset(const QString& name);
    void chooseData(const QString& entry);
    void pickDataFolder();
    void connectFetching();
    void takeImageShape();
    void takeDataInfo(const QString& data, const engine::DataSetInfo& info);
    void editParameter(const models::ParameterSpec& spec, const QString& text);
    void showValues();
    void applyLocks();
    QString forkLockReason() const; ///< "" when the next run is no fork
    engine::RunConfig forkedConfig() const;
    void restoreDataSelection();
    void setToolTipOf(const QWidget* control, const QString& toolTip);
    static void lock(QWidget* label, QWidget* control, const QString& toolTip, const QString& reason);

    struct Row {
        FormLabel* label;
        QWidget* control;
        QString toolTip;
        bool always = false;   ///< editable while training too
        bool forkable = false; ///< a fork may have its own
    };
    struct ParameterRow {
        FormLabel* label;
        ParameterEditor* editor;
    };

    EngineBridge& bridge_;
    DataLibrary& library_;
    IDialogs& dialogs_;
    ParameterForm form_;
    engine::SessionState state_ = engine::SessionState::Idle;
    engine::DataSetInfo info_;
    QString data_;
    /// That a configuration asked for, until it is known what data_ offers: the side, 0 = its own.
    std::optional<int> awaitedSize_;
    std::optional<engine::ForkPoint> fork_;

    MessageBar* forkBar_ = nullptr;
    QScrollArea* scroll_;
    QVBoxLayout* column_;
    QWidget* parameters_ = nullptr;
    FoldingSection* advanced_ = nullptr;
    MethodBox* method_;
    MethodCard* card_;
    FoldingSection* about_;
    DataBox* dataBox_;
    ProgressRow* fetch_;
    QComboBox* transform_;
    QComboBox* crop_;
    QComboBox* size_;
    QComboBox* preset_;
    QLineEdit* steps_;
    QLineEdit* seed_;
    QLineEdit* checkpointEvery_;
    QLineEdit* metricsEvery_;
    QLineEdit* threads_;
    QComboBox* device_;
    QLineEdit* runFolder_;
    QToolButton* pickFolder_;
    std::vector<Row> rows_;
    std::map<std::string, ParameterRow> editors_;
};

} // namespace alphascope::ui
