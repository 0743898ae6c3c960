#pragma once
// The study that the window shows: read in the background, again while trials run or its folder changes, with
// the metrics and the set that are looked at, and what is selected, brushed and filtered. GUI thread only;
// reading, ranking and writing run on the bridge's pool, and what was asked for an earlier study is dropped.

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ui/models/study_reading.h"
#include "ui/session/engine_bridge.h"

namespace alphascope::ui {

using SettingKeys = std::set<SettingKey>;

class StudyController : public QObject {
    Q_OBJECT
public:
    explicit StudyController(EngineBridge& bridge, QObject* parent = nullptr);
    ~StudyController() override;

    /// What lies in `folder`; opened() or openFailed() follows. What was shown before stays until then.
    void open(const QString& folder);
    void close();
    /// Makes the folder with its study, then opens it.
    void create(const engine::Study& study, const QString& folder);
    void refresh(); ///< reads again soon
    /// While inactive (another workspace is in front) a study is read again only where this program runs it.
    void setActive(bool active);
    void setRunning(bool running); ///< this program runs its trials

    const QString& folder() const { return folder_; } ///< that is open or being opened, or ""
    std::shared_ptr<const StudyReading> reading() const { return reading_; } ///< null before the first answer
    bool busy() const { return busy_; }                                      ///< an answer is on its way
    const QString& problem() const { return problem_; } ///< why it cannot be read (any more); "" when it can
    const QString& problemHint() const { return problemHint_; }
    QStringList recent() const { return recent_; } ///< folders, newest first
    void setRecent(const QStringList& folders) { recent_ = folders; }

    // ---- what is looked at
    void setMetric(StudySlot slot, const QString& metric); ///< readingChanged() follows
    QString metric(StudySlot slot) const;                  ///< as chosen; "" = the study's own
    std::size_t data() const { return data_; }             ///< into Study::data
    void setData(std::size_t data);
    const std::optional<SettingKey>& selected() const { return selected_; }
    void select(std::optional<SettingKey> key);
    /// Settings that brushes and filters leave; nothing when they leave all.
    const std::optional<SettingKeys>& highlighted() const { return highlighted_; }
    const std::optional<SettingKeys>& brushed() const { return brushed_; }
    void setBrushed(std::optional<SettingKeys> keys);
    void setFiltered(std::optional<SettingKeys> keys);

    // ---- figures of a slot
    const engine::StudyFigures* figures(StudySlot slot) const;
    std::optional<SettingKey> keyOf(StudySlot slot, int ranked) const; ///< nothing for -1
    int rankedOf(StudySlot slot, const SettingKey& key) const;         ///< -1 when it is not ranked
    const StudySettingRow* row(const SettingKey& key) const;
    /// Of each method on the chosen set, in the study's order, the best setting of those that brushes and
    /// filters leave; methods without one are left out.
    std::vector<SettingKey> bestSettings() const;
    QString trialFolder(std::size_t trial) const;
    QString methodTitle(std::size_t method) const;

    /// What `study figures` writes. exported() or exportFailed() follows.
    void exportFigures(const QString& target);

Q_SIGNALS:
    void opened(const QString& folder); ///< another study is shown
    void openFailed(const QString& message, const QString& hint);
    void closed();
    void readingChanged();
    void problemChanged();
    void dataChanged();
    void selectionChanged();
    void highlightChanged();
    void created(const QString& folder);
    void createFailed(const QString& message, const QString& hint);
    void exported(const QString& target, const QStringList& files);
    void exportFailed(const QString& message, const QString& hint);
    void idle(); ///< the last answer that was asked for is here

private:
    struct Answer;
    void read();
    void take(const Answer& answer);
    void setProblem(const QString& message, const QString& hint);
    void refreshHighlight();
    void watch();
    void scheduleNext(qint64 readMilliseconds);

    EngineBridge& bridge_;
    QString folder_;
    QString openedFolder_; ///< that the reading is of
    std::shared_ptr<const StudyReading> reading_;
    QString problem_;
    QString problemHint_;
    QStringList recent_;
    StudyMetrics wanted_;
    std::size_t data_ = 0;
    std::optional<SettingKey> selected_;
    std::optional<SettingKeys> brushed_;
    std::optional<SettingKeys> filtered_;
    std::optional<SettingKeys> highlighted_; ///< what both leave
    std::uint64_t question_ = 0;
    bool busy_ = false;
    bool again_ = false; ///< something changed since the question was asked
    bool active_ = false;
    bool running_ = false;
    QFileSystemWatcher watcher_;
    QTimer timer_;
};

} // namespace alphascope::ui
