#pragma once
// Several models side by side, without widgets: which they are, what they are all asked, their answers, the
// row that is selected, and the two that are looked at closely. GUI thread only; models are read and run on
// the bridge's pool, one after another, quick answers before searches, and every answer is shown as it comes.
//
// What a column shows stays until the answer to a newer question replaces it.

#include <QImage>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "ui/session/engine_bridge.h"

namespace alphascope::ui {

enum class CompareRows { Samples, Inputs };

struct CompareColumn {
    int id = 0;
    QString path;   ///< a checkpoint, or a run folder for its newest
    QString folder; ///< of its run; "" for a file that lies in none
    QString home;   ///< what it was added as
    std::shared_ptr<const engine::ComparedModel> result;
    bool samplesStale = true;
    bool inputsStale = true;
    QString inputsKey; ///< which pictures its reconstructions are of
    QString problem;   ///< one sentence when it could not be read
    bool stale() const { return samplesStale || inputsStale; }
};

/// One row of two models; pictures are null where there are none.
struct ComparePair {
    QImage a;
    QImage b;
    QImage difference; ///< |A - B| as grey, white = the largest possible
    double mean = 0.0; ///< of |A - B|, of a range of 2
    QString titleA;
    QString titleB;
};

class CompareController : public QObject {
    Q_OBJECT
public:
    static constexpr int noColumn = -1;
    static constexpr int original = -2; ///< stands for the pictures that are rebuilt

    explicit CompareController(EngineBridge& bridge, QObject* parent = nullptr);
    ~CompareController() override;

    const std::vector<CompareColumn>& columns() const { return columns_; }
    int indexOf(int id) const; ///< -1 when it is gone
    /// "α-GAN", with its step where another column has the same name, or with its run where that is at the
    /// same step, too.
    QString titleOf(const CompareColumn& column) const;
    bool busy() const { return job_ != nullptr; }

    /// While inactive (another workspace is in front) nothing is computed.
    void setActive(bool active);

    // ---- which models
    /// Refused, with a problem(), when there are twelve or this one is there.
    void add(const QString& path, const QString& folder);
    /// The same for a path of which it is not known yet what it is. Of several the order is that of the
    /// calls, whichever is known first.
    void addPath(const QString& path);
    void remove(int index);
    void clear();
    void move(int from, int to);
    /// The time moved to `step` (nothing: live) of the run in `folder`, shown there as `checkpoint` ("": the
    /// newest). The first column of that run shows the same; the first column of every other run that has
    /// checkpoints its newest one that is not later, and live again what it was added as.
    void follow(const QString& folder, const QString& checkpoint, std::optional<qint64> step);

    // ---- what they are asked
    std::uint64_t seed() const { return seed_; }
    void setSeed(std::uint64_t seed);
    void randomize();
    std::size_t firstInput() const { return firstInput_; }
    void setFirstInput(std::size_t first);
    std::size_t samples() const { return samples_; } ///< codes to decode
    void setSamples(std::size_t samples);
    std::size_t inputs() const { return inputs_; } ///< pictures to rebuild
    void setInputs(std::size_t inputs);
    /// Picture files and folders of them. Empty: held-out pictures of the first model's data.
    const QStringList& pictures() const { return pictures_; }
    /// From the first of them on.
    void setPictures(const QStringList& pictures);
    /// Whether codes are searched for where a method has no encoder.
    bool search() const { return search_; }
    void setSearch(bool search);
    void cancelSearch();

    // ---- what is looked at
    void select(CompareRows rows, int row);
    CompareRows selectedRows() const { return rows_; }
    int selectedRow() const { return row_; } ///< -1 for none
    int rowCount(CompareRows rows) const;
    void setPair(int a, int b); ///< ids of columns, or `original`
    void swapPair() { setPair(b_, a_); }
    int pairA() const { return a_; }
    int pairB() const { return b_; }
    ComparePair pair() const;

    /// Asks for the code of a row to be explored in the column's model.
    void explore(int index, CompareRows rows, int row);
    void exportSheet(const QString& path);

Q_SIGNALS:
    void columnsChanged();         ///< which, or their order
    void columnUpdated(int index); ///< what it shows
    void questionChanged();
    void selectionChanged();
    void pairChanged();
    void busyChanged();
    void searchProgressed(const QString& what, double fraction, double secondsLeft);
    void searchEnded();
    void exploreRequested(const QString& checkpoint, const QString& folder, const std::vector<float>& code,
                          const QString& source);
    void saved(const QString& path);
    void problem(const QString& message, const QString& hint);

private:
    struct Job;
    struct Task;
    QString inputsKey() const;
    engine::CompareQuestion question() const;
    void insert(int id, const QString& path, const QString& folder);
    void changed(); ///< which columns there are
    void show(CompareColumn& column, const QString& path);
    void readSteps(const QString& folder);
    void schedule();
    void start();
    void stop();
    void take(const Task& task, const std::shared_ptr<const engine::ComparedModel>& result);
    void refuse(int index, const QString& message, const QString& hint);
    void refuseInputs(const Task& task, const QString& message, const QString& hint);
    void refreshPair();
    const QImage pictureOf(int id) const;

    EngineBridge& bridge_;
    std::vector<CompareColumn> columns_;
    struct Kept {
        qint64 step;
        QString path;
    };
    std::map<QString, std::vector<Kept>> kept_; ///< checkpoints of the columns' runs, by step
    int nextId_ = 1;
    std::uint64_t seed_ = 1;
    std::size_t samples_ = 24;
    std::size_t inputs_ = 8;
    std::size_t firstInput_ = 0;
    QStringList pictures_;
    bool search_ = true;
    bool active_ = false;
    CompareRows rows_ = CompareRows::Samples;
    int row_ = -1;
    int a_ = noColumn;
    int b_ = noColumn;
    std::shared_ptr<Job> job_; ///< shared with the pool while it works
    QTimer startTimer_;
};

} // namespace alphascope::ui
