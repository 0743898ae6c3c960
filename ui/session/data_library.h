#pragma once
// The data sets that the program knows: which are here, what is in them, and fetching those that are not.
//
// Threads: lives on the GUI thread and never waits, except in the destructor for a fetch that was told to
// stop. Looking into folders runs on the bridge's pool, fetching on a thread of its own.

#include <QObject>
#include <QThreadPool>
#include <QVector>

#include <atomic>
#include <memory>

#include "engine/api/fetch.h"
#include "ui/session/engine_bridge.h"

namespace alphascope::ui {

/// What a set holds, for a look before training.
struct DataSample {
    engine::DataSetInfo info;
    std::vector<engine::Image> pictures; ///< at its own size
};

class DataLibrary : public QObject {
    Q_OBJECT
public:
    explicit DataLibrary(EngineBridge& bridge, QObject* parent = nullptr);
    ~DataLibrary() override;

    /// What was found last; empty before the first answer.
    const std::vector<engine::KnownDataSet>& sets() const { return sets_; }
    const engine::KnownDataSet* find(const QString& name) const; ///< null when unknown

    void refresh();                  ///< setsChanged() follows
    void look(const QString& name);  ///< sampled() follows, for the newest question only
    void fetch(const QString& name); ///< one at a time; a second one is ignored while the first runs
    void cancelFetch();
    bool fetching() const { return !fetched_.isEmpty(); }
    const QString& fetched() const { return fetched_; } ///< the set on its way; "" for none

Q_SIGNALS:
    void setsChanged();
    void sampled(const QString& name, const std::shared_ptr<const alphascope::ui::DataSample>& sample);
    void sampleFailed(const QString& name, const QString& message);
    void fetchProgressed(const QString& name, const alphascope::engine::FetchProgress& progress);
    /// Ended: `problem` is "" when the set is here now or the fetch was cancelled.
    void fetchEnded(const QString& name, const QString& problem, const QString& hint);

private:
    void finishFetch(const QString& problem, const QString& hint);

    EngineBridge& bridge_;
    std::vector<engine::KnownDataSet> sets_;
    std::shared_ptr<std::atomic<std::uint64_t>> question_ = std::make_shared<std::atomic<std::uint64_t>>(0);
    QThreadPool pool_;
    QString fetched_;
    std::atomic<bool> cancel_{false};
};

} // namespace alphascope::ui
