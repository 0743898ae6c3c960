#include "ui/session/compare_controller.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QRandomGenerator>

#include <algorithm>
#include <deque>
#include <utility>

#include "ui/models/figures.h"
#include "ui/models/text.h"

namespace alphascope::ui {

namespace {

constexpr int searchNewsMilliseconds = 100;
constexpr double earliestShare = 0.05; // of the work: before, the time left would jump about

bool needsSearch(const engine::ComparedModel& model) {
    return !model.info.isPoints() && model.reconstructions.empty() && !model.originals.empty();
}

} // namespace

struct CompareController::Task {
    int id = 0;
    std::string path;
    bool samples = false;
    bool inputs = false;
    bool search = false;
};

/// What the pool works on. Its own but for `cancelled`; the controller may be gone before it ends, so it is
/// reached through post() alone.
struct CompareController::Job : std::enable_shared_from_this<Job> {
    Job(CompareController& owner, EngineBridge& toAsk) : controller(&owner), bridge(toAsk) {}

    void run();

    const QPointer<CompareController> controller; ///< looked at on the GUI thread only
    EngineBridge& bridge;                         ///< waits for its pool, so it lives
    engine::CompareQuestion question; ///< what all are asked; `pictures` is filled in by the first answer
    bool search = false;
    std::deque<Task> quick;
    std::deque<Task> searches;
    std::atomic<bool> cancelled{false};

private:
    using Then = std::function<void(CompareController&)>;

    void answer(const Task& task);
    void fail(const Task& task, const engine::Error& error);
    bool progress(const Task& task, const engine::CompareProgress& progress);
    void post(Then then);

    std::size_t searchesDone_ = 0;
    QElapsedTimer searching_;
    QElapsedTimer told_;
};

CompareController::CompareController(EngineBridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge) {
    startTimer_.setSingleShot(true);
    startTimer_.setInterval(0);
    connect(&startTimer_, &QTimer::timeout, this, &CompareController::start);
    connect(&bridge_, &EngineBridge::checkpointSaved, this, [this] {
        const QString folder = text(bridge_.status().runFolder);
        for (CompareColumn& column : columns_)
            if (column.path == folder)
                column.samplesStale = column.inputsStale = true;
        if (kept_.contains(folder))
            readSteps(folder);
        schedule();
    });
}

CompareController::~CompareController() {
    stop();
}

int CompareController::indexOf(int id) const {
    const auto found = std::find_if(columns_.begin(), columns_.end(),
                                    [id](const CompareColumn& column) { return column.id == id; });
    return found == columns_.end() ? -1 : int(found - columns_.begin());
}

QString CompareController::titleOf(const CompareColumn& column) const {
    if (!column.result)
        return column.path.section(QLatin1Char('/'), -1);
    const engine::ComparedModel& model = *column.result;
    const QString run = column.folder.section(QLatin1Char('/'), -1, -1, QString::SectionSkipEmpty);
    bool alone = true;
    bool sameStep = false;
    for (const CompareColumn& other : columns_) {
        if (other.id == column.id || !other.result || other.result->name != model.name)
            continue;
        alone = false;
        sameStep = sameStep || (other.result->info.step == model.info.step && other.folder != column.folder);
    }
    const QString title = text(model.name);
    if (alone)
        return title;
    return sameStep && !run.isEmpty() ? tr("%1 in %2").arg(title, run)
                                      : tr("%1 at %2").arg(title, stepText(model.info.step));
}

void CompareController::setActive(bool active) {
    active_ = active;
    schedule();
}

// ---- which models -----------------------------------------------------------------------------------------

void CompareController::add(const QString& path, const QString& folder) {
    insert(nextId_++, path, folder);
}

/// Before those that were asked for later and were known sooner.
void CompareController::insert(int id, const QString& path, const QString& folder) {
    if (columns_.size() >= engine::mostCompared) {
        Q_EMIT problem(tr("At most %1 models fit side by side.").arg(engine::mostCompared),
                       tr("Remove one first."));
        return;
    }
    const bool there = std::any_of(columns_.begin(), columns_.end(),
                                   [&](const CompareColumn& column) { return column.path == path; });
    if (there) {
        Q_EMIT problem(tr("%1 is in the comparison already.").arg(path.section(QLatin1Char('/'), -1)),
                       tr("Another checkpoint of its run can be added beside it."));
        return;
    }
    CompareColumn column;
    column.id = id;
    column.path = column.home = path;
    column.folder = folder;
    readSteps(folder);
    const auto later = std::find_if(columns_.begin(), columns_.end(),
                                    [id](const CompareColumn& other) { return other.id > id; });
    if (later != columns_.end())
        a_ = b_ = noColumn; // the first two in order are looked at closely until somebody chooses others
    columns_.insert(later, std::move(column));
    changed();
}

void CompareController::addPath(const QString& path) {
    bridge_.classifyPath(path.toStdString(), [guard = QPointer<CompareController>(this), id = nextId_++,
                                              path](const PathContent& content) {
        if (!guard)
            return;
        if (content.holdsRuns)
            Q_EMIT guard->problem(tr("%1 is a folder of runs.").arg(path),
                                  tr("Choose one of the runs in it."));
        else
            guard->insert(id, path, text(content.runFolder));
    });
}

void CompareController::remove(int index) {
    if (index < 0 || index >= int(columns_.size()))
        return;
    columns_.erase(columns_.begin() + index);
    changed();
}

void CompareController::clear() {
    columns_.clear();
    changed();
}

void CompareController::move(int from, int to) {
    const int count = int(columns_.size());
    if (from < 0 || from >= count || to < 0 || to >= count || from == to)
        return;
    CompareColumn column = std::move(columns_[std::size_t(from)]);
    columns_.erase(columns_.begin() + from);
    columns_.insert(columns_.begin() + to, std::move(column));
    changed();
}

void CompareController::show(CompareColumn& column, const QString& path) {
    if (column.path == path)
        return;
    column.path = path;
    column.samplesStale = column.inputsStale = true;
    schedule();
}

void CompareController::follow(const QString& folder, const QString& checkpoint, std::optional<qint64> step) {
    if (folder.isEmpty())
        return;
    QStringList moved; // two checkpoints of one run side by side are to stay two
    for (CompareColumn& column : columns_) {
        if (column.folder.isEmpty() || moved.contains(column.folder))
            continue;
        moved.append(column.folder);
        if (column.folder == folder) {
            show(column, checkpoint.isEmpty() ? folder : checkpoint);
            continue;
        }
        if (!step) {
            show(column, column.home);
            continue;
        }
        const auto& kept = kept_[column.folder];
        const auto later =
            std::find_if(kept.begin(), kept.end(), [step](const Kept& entry) { return entry.step > *step; });
        if (later != kept.begin()) // else it had none that early, and stays where it is
            show(column, std::prev(later)->path);
    }
}

void CompareController::readSteps(const QString& folder) {
    if (folder.isEmpty())
        return;
    bridge_.runJob(
        Area::Compare,
        [guard = QPointer<CompareController>(this), &bridge = bridge_, folder]() -> std::function<void()> {
            std::vector<Kept> kept;
            for (const engine::RunEntry& run : bridge.engine().listRuns(folder.toStdString()))
                if (text(run.folder) == folder)
                    for (const engine::CheckpointEntry& checkpoint : run.checkpoints)
                        kept.push_back({checkpoint.step, text(checkpoint.path)});
            return [guard, folder, kept] {
                if (guard)
                    guard->kept_[folder] = kept;
            };
        });
}

void CompareController::changed() {
    const auto missing = [this](int id) { return id != original && indexOf(id) < 0; };
    const auto firstBut = [this](int other) {
        for (const CompareColumn& column : columns_)
            if (column.id != other)
                return column.id;
        return noColumn;
    };
    if (missing(a_))
        a_ = firstBut(b_);
    if (missing(b_))
        b_ = firstBut(a_);
    Q_EMIT columnsChanged();
    Q_EMIT pairChanged();
    schedule();
}

// ---- what they are asked ----------------------------------------------------------------------------------

void CompareController::setSeed(std::uint64_t seed) {
    if (seed == seed_)
        return;
    seed_ = seed;
    for (CompareColumn& column : columns_)
        column.samplesStale = true;
    Q_EMIT questionChanged();
    schedule();
}

void CompareController::randomize() {
    setSeed(QRandomGenerator::global()->bounded(1'000'000));
}

void CompareController::setSamples(std::size_t samples) {
    if (samples == samples_)
        return;
    samples_ = samples;
    for (CompareColumn& column : columns_)
        column.samplesStale = true;
    Q_EMIT questionChanged();
    schedule();
}

void CompareController::setInputs(std::size_t inputs) {
    if (inputs == inputs_)
        return;
    inputs_ = inputs;
    Q_EMIT questionChanged();
    schedule();
}

void CompareController::setPictures(const QStringList& pictures) {
    if (pictures == pictures_)
        return;
    pictures_ = pictures;
    firstInput_ = 0;
    Q_EMIT questionChanged();
    schedule();
}

void CompareController::setFirstInput(std::size_t first) {
    if (first == firstInput_)
        return;
    firstInput_ = first;
    Q_EMIT questionChanged();
    schedule();
}

void CompareController::setSearch(bool search) {
    if (search == search_)
        return;
    search_ = search;
    Q_EMIT questionChanged();
    schedule();
}

void CompareController::cancelSearch() {
    // Unticked, or the next change would begin it anew.
    setSearch(false);
}

/// Which pictures are rebuilt: the person's own or of the first model's data, from the first one wanted on.
/// "" while unknown.
QString CompareController::inputsKey() const {
    if (columns_.empty() || !columns_.front().result)
        return {};
    const engine::ModelInfo& info = columns_.front().result->info;
    QStringList parts = pictures_.isEmpty() ? QStringList{text(info.data)} : pictures_;
    parts += {QString::number(info.seed), QString::number(firstInput_), QString::number(inputs_)};
    return parts.join(QLatin1Char('|'));
}

engine::CompareQuestion CompareController::question() const {
    engine::CompareQuestion question;
    question.seed = seed_;
    question.samples = samples_;
    question.inputs = inputs_;
    question.firstInput = firstInput_;
    for (const QString& picture : pictures_)
        question.pictures.push_back(picture.toStdString());
    question.search = search_;
    // A first column that is to be read anew may be of other data: then it says so itself.
    if (!columns_.empty() && columns_.front().result && !columns_.front().samplesStale)
        question = engine::questionAfter(*columns_.front().result, question);
    return question;
}

// ---- work on the pool -------------------------------------------------------------------------------------

void CompareController::schedule() {
    const QString key = inputsKey();
    for (CompareColumn& column : columns_)
        if (!key.isEmpty() && column.result && column.inputsKey != key)
            column.inputsStale = true;
    startTimer_.start();
}

void CompareController::stop() {
    if (!job_)
        return;
    job_->cancelled = true;
    job_.reset();
    Q_EMIT searchEnded();
    Q_EMIT busyChanged();
}

void CompareController::start() {
    stop();
    if (!active_)
        return;
    auto job = std::make_shared<Job>(*this, bridge_);
    job->question = question();
    job->search = search_;
    for (const CompareColumn& column : columns_) {
        // What is only to be completed stays with its file, though its run may have newer ones.
        const bool whole = !column.result || (column.samplesStale && column.inputsStale);
        const std::string path = whole ? column.path.toStdString() : column.result->info.path;
        const bool samples = whole || column.samplesStale;
        const bool inputs = whole || column.inputsStale;
        if (samples && inputs && !pictures_.isEmpty()) { // of which none may be usable: the samples are
            job->quick.push_back({column.id, path, true, false});
            job->quick.push_back({column.id, path, false, true});
        } else if (column.stale())
            job->quick.push_back({column.id, path, samples, inputs});
        else if (search_ && column.result && needsSearch(*column.result))
            job->searches.push_back({column.id, path, false, true, true});
    }
    if (job->quick.empty() && job->searches.empty())
        return;
    job_ = job;
    Q_EMIT busyChanged();
    bridge_.runJob(Area::Compare, [job]() -> std::function<void()> {
        job->run();
        return {};
    });
}

void CompareController::Job::run() {
    told_.start();
    for (; !quick.empty() && !cancelled; quick.pop_front())
        answer(quick.front());
    searching_.start();
    for (; !searches.empty() && !cancelled; searches.pop_front(), ++searchesDone_)
        answer(searches.front());
    post([](CompareController& owner) { owner.stop(); });
}

void CompareController::Job::answer(const Task& task) {
    engine::CompareQuestion asked = question;
    asked.samples = task.samples ? asked.samples : 0;
    asked.inputs = task.inputs ? asked.inputs : 0;
    asked.search = task.search;
    try {
        auto result = std::make_shared<const engine::ComparedModel>(
            bridge.engine().compareModel(task.path, asked, [&](const engine::CompareProgress& reached) {
                return progress(task, reached);
            }));
        question = engine::questionAfter(*result, question);
        for (Task& other : quick) // of the same checkpoint, though its run may have a newer one now
            if (other.id == task.id)
                other.path = result->info.path;
        if (task.inputs && !task.search && search && needsSearch(*result))
            searches.push_back({task.id, result->info.path, false, true, true});
        post([task, result](CompareController& owner) { owner.take(task, result); });
    } catch (const engine::Error& error) {
        fail(task, error);
    } catch (const std::exception& error) {
        fail(task, {engine::ErrorKind::Internal, "Something went wrong inside the program.", error.what()});
    }
}

void CompareController::Job::fail(const Task& task, const engine::Error& error) {
    if (error.kind() == engine::ErrorKind::Interrupted)
        return;
    post([task, message = text(error.what()), hint = text(error.hint())](CompareController& owner) {
        if (task.samples)
            owner.refuse(owner.indexOf(task.id), message, hint);
        else
            owner.refuseInputs(task, message, hint);
    });
}

/// Gives whether to go on.
bool CompareController::Job::progress(const Task& task, const engine::CompareProgress& reached) {
    if (!reached.searching || told_.elapsed() < searchNewsMilliseconds)
        return !cancelled;
    told_.start();
    const double all = double(searchesDone_ + searches.size());
    const double fraction = (double(searchesDone_) + reached.fraction) / all;
    const double seconds = double(searching_.elapsed()) * 1e-3;
    const double left = fraction < earliestShare ? -1.0 : seconds * (1.0 - fraction) / fraction;
    post([id = task.id, fraction, left](CompareController& owner) {
        const int index = owner.indexOf(id);
        if (index < 0)
            return;
        const QString title = owner.titleOf(owner.columns_[std::size_t(index)]);
        Q_EMIT owner.searchProgressed(tr("Searching codes for %1").arg(title), fraction, left);
    });
    return !cancelled;
}

/// To the GUI thread, unless this is no longer the job in work there.
void CompareController::Job::post(Then then) {
    QMetaObject::invokeMethod(
        &bridge,
        [job = shared_from_this(), then = std::move(then)] {
            CompareController* owner = job->controller;
            if (owner && owner->job_ == job)
                then(*owner);
        },
        Qt::QueuedConnection);
}

void CompareController::take(const Task& task, const std::shared_ptr<const engine::ComparedModel>& result) {
    const int index = indexOf(task.id);
    if (index < 0)
        return;
    for (const CompareColumn& other : columns_)
        if (other.id != task.id && other.result && other.result->info.isPoints() != result->info.isPoints()) {
            refuse(index, tr("Points in the plane and pictures cannot be compared."),
                   tr("Remove %1, or the others.").arg(text(result->name)));
            return;
        }
    CompareColumn& column = columns_[std::size_t(index)];
    auto merged = std::make_shared<engine::ComparedModel>(*result);
    if (const engine::ComparedModel* old = column.result.get()) {
        if (!task.samples) {
            merged->sampleCodes = old->sampleCodes;
            merged->samples = old->samples;
        }
        if (!task.inputs) {
            merged->originals = old->originals;
            merged->inputNames = old->inputNames;
            merged->inputCodes = old->inputCodes;
            merged->reconstructions = old->reconstructions;
            merged->l1 = old->l1;
            merged->searched = old->searched;
            merged->whyEmpty = old->whyEmpty;
        }
    }
    column.result = std::move(merged);
    column.problem.clear();
    column.samplesStale = column.samplesStale && !task.samples;
    column.inputsStale = column.inputsStale && !task.inputs;
    if (task.inputs)
        column.inputsKey = inputsKey();
    Q_EMIT columnUpdated(index);
    Q_EMIT pairChanged();
    if (index == 0) // the others may have been asked about pictures of other data
        for (const CompareColumn& other : columns_)
            if (other.result && other.inputsKey != inputsKey()) {
                schedule();
                break;
            }
}

void CompareController::refuse(int index, const QString& message, const QString& hint) {
    if (index >= 0) {
        CompareColumn& column = columns_[std::size_t(index)];
        column.problem = message;
        column.result.reset();
        column.samplesStale = column.inputsStale = false;
        Q_EMIT columnUpdated(index);
        Q_EMIT pairChanged();
    }
    Q_EMIT problem(message, hint);
}

/// The model stays, with its samples.
void CompareController::refuseInputs(const Task& task, const QString& message, const QString& hint) {
    const int index = indexOf(task.id);
    if (index < 0 || !columns_[std::size_t(index)].result)
        return; // it could not be read either, and that was told
    auto without = std::make_shared<engine::ComparedModel>();
    const engine::ComparedModel& model = *columns_[std::size_t(index)].result;
    without->path = model.path;
    without->name = model.name;
    without->info = model.info;
    without->whyEmpty = message.toStdString();
    take(task, without);
    Q_EMIT problem(message, hint);
}

} // namespace alphascope::ui
