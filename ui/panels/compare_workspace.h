#pragma once
// Two to twelve models side by side: samples of the same codes, reconstructions of the same pictures, and two
// of them in one view with a divider. GUI thread only.

#include <QWidget>

#include "ui/session/compare_controller.h"

class QAction;
class QButtonGroup;
class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace alphascope::ui {

class ComparePairPanel;
class CompareStrip;
class EmptyState;
class IDialogs;
class Panel;
class ProgressRow;

enum class CompareMode { Both, Samples, Inputs, Pair };

class CompareWorkspace : public QWidget {
    Q_OBJECT
public:
    CompareWorkspace(EngineBridge& bridge, CompareController& controller, IDialogs& dialogs,
                     QWidget* parent = nullptr);

    CompareStrip* samples() const { return samples_; }
    CompareStrip* inputs() const { return inputs_; }
    ComparePairPanel* pairPanel() const { return pair_; }
    ProgressRow* progress() const { return progress_; }
    /// The panel that shows this workspace's messages: one that is seen.
    Panel* messagePanel() const;

    void setMode(CompareMode mode);
    CompareMode mode() const { return mode_; }
    void exportSheet();

    QByteArray saveLayout() const;
    void restoreLayout(const QByteArray& layout);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* buildBar();
    QWidget* buildBody();
    void buildAddMenu();
    void addFromDisk(bool folder);
    void refresh();
    void refreshTitles();
    void refreshQuestion();
    QToolButton* buildPicturesMenu();
    void takePictures(const QString& path);
    void showProblem(const QString& message, const QString& hint);

    EngineBridge& bridge_;
    CompareController& controller_;
    IDialogs& dialogs_;
    CompareMode mode_ = CompareMode::Both;
    bool pairWanted_ = false; ///< beside the columns, since a picture was clicked

    QButtonGroup* modes_ = nullptr;
    QToolButton* add_ = nullptr;
    QToolButton* export_ = nullptr;
    QLineEdit* seed_ = nullptr;
    QComboBox* sampleCount_ = nullptr;
    QComboBox* inputCount_ = nullptr;
    QToolButton* pictures_ = nullptr;
    QAction* heldOut_ = nullptr;
    QSpinBox* first_ = nullptr;
    QCheckBox* search_ = nullptr;
    ProgressRow* progress_ = nullptr;
    QStackedWidget* pages_ = nullptr;
    EmptyState* empty_ = nullptr;
    Panel* emptyPanel_ = nullptr;
    Panel* samplesPanel_ = nullptr;
    Panel* inputsPanel_ = nullptr;
    CompareStrip* samples_ = nullptr;
    CompareStrip* inputs_ = nullptr;
    ComparePairPanel* pair_ = nullptr;
    QSplitter* strips_ = nullptr;
    QSplitter* columns_ = nullptr;
};

} // namespace alphascope::ui
