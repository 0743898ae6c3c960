#include "ui/session/study_controller.h"

#include <QDir>
#include <QElapsedTimer>
#include <QPointer>

#include <algorithm>

#include "ui/models/text.h"

namespace alphascope::ui {

namespace {

using engine::TrialState;

constexpr int changeDelay = 300;       // ms: a folder that changes twice is read once
constexpr qint64 liveInterval = 1000;  // ms, while trials run
constexpr qint64 idleInterval = 10000; // ms: folders on a network tell nothing of their changes
constexpr qint64 restShare = 4;        // a study that takes long to read rests four times as long
constexpr int mostRecent = 8;

struct Fault {
    QString message; ///< "" when there is none
    QString hint;
};

/// Worker thread: whatever goes wrong becomes a sentence.
template <typename Work>
Fault faultOf(Work&& work) {
    try {
        work();
        return {};
    } catch (const engine::Error& error) {
        return {text(error.what()), text(error.hint())};
    } catch (const std::exception& error) {
        return {tr("Something went wrong inside the program."), text(error.what())};
    }
}

} // namespace

struct StudyController::Answer {
    std::uint64_t question = 0;
    std::shared_ptr<const StudyReading> reading{}; ///< null: nothing changed, or a problem
    QString message{};                             ///< what went wrong; "" when nothing did
    QString hint{};
    qint64 milliseconds = 0;
};

StudyController::StudyController(EngineBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &StudyController::read);
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, &StudyController::refresh);
}

StudyController::~StudyController() = default;

// ---- which study ------------------------------------------------------------------------------------------

void StudyController::open(const QString& folder) {
    const QString clean = QDir::cleanPath(QDir(folder).absolutePath());
    if (clean != folder_) {
        ++question_; // what is on its way is of another study
        busy_ = false;
        folder_ = clean;
    }
    read();
}

void StudyController::close() {
    ++question_;
    busy_ = false;
    timer_.stop();
    folder_.clear();
    openedFolder_.clear();
    reading_.reset();
    selected_.reset();
    brushed_.reset();
    filtered_.reset();
    highlighted_.reset();
    setProblem({}, {});
    watch();
    Q_EMIT closed();
}

void StudyController::create(const engine::Study& study, const QString& folder) {
    bridge_.runJob(Area::Study, [self = QPointer(this), study, folder]() -> std::function<void()> {
        const Fault fault = faultOf([&] { engine::createStudy(folder.toStdString(), study); });
        return [self, folder, fault] {
            if (!self)
                return;
            if (!fault.message.isEmpty()) {
                Q_EMIT self->createFailed(fault.message, fault.hint);
                return;
            }
            self->open(folder);
            Q_EMIT self->created(folder);
        };
    });
}

// ---- reading ----------------------------------------------------------------------------------------------

void StudyController::refresh() {
    if (folder_.isEmpty())
        return;
    if (busy_)
        again_ = true;
    else if (!timer_.isActive() || timer_.remainingTime() > changeDelay)
        timer_.start(changeDelay); // what changes all the time is read all the same
}

void StudyController::setActive(bool active) {
    if (std::exchange(active_, active) != active && active && !folder_.isEmpty())
        read();
}

void StudyController::setRunning(bool running) {
    if (std::exchange(running_, running) != running)
        refresh();
}

void StudyController::read() {
    if (folder_.isEmpty())
        return;
    if (busy_) {
        again_ = true;
        return;
    }
    timer_.stop();
    busy_ = true;
    again_ = false;
    Answer answer{.question = ++question_};
    // What is shown may be asked anew of the trials that were read; only a change makes a new reading.
    const auto before = openedFolder_ == folder_ ? reading_ : nullptr;
    bridge_.runJob(Area::Study,
                   [self = QPointer(this), answer, before, folder = folder_.toStdString(), wanted = wanted_,
                    &methods = bridge_.methods()]() mutable -> std::function<void()> {
                       QElapsedTimer clock;
                       clock.start();
                       const Fault fault = faultOf([&] {
                           const engine::Study study = engine::readStudy(folder);
                           auto fresh = std::make_shared<StudyReading>(
                               study, engine::readTrials(folder, engine::StudyPlan(study)));
                           if (before && before->sameTrials(*fresh) &&
                               fresh->metricsFor(wanted) == before->shown)
                               return;
                           fresh->show(wanted, methods, before.get());
                           answer.reading = fresh;
                       });
                       answer.message = fault.message;
                       answer.hint = fault.hint;
                       answer.milliseconds = clock.elapsed();
                       return [self, answer] {
                           if (self)
                               self->take(answer);
                       };
                   });
}

void StudyController::take(const Answer& answer) {
    if (answer.question != question_)
        return;
    busy_ = false;
    if (!answer.message.isEmpty() && openedFolder_ != folder_) {
        folder_ = openedFolder_; // the one that is shown, if any, stays
        Q_EMIT openFailed(answer.message, answer.hint);
        refresh();
        return;
    }
    setProblem(answer.message, answer.hint);
    const bool another = answer.reading && openedFolder_ != folder_;
    if (answer.reading) {
        reading_ = answer.reading;
        openedFolder_ = folder_;
    }
    if (another) {
        selected_.reset();
        brushed_.reset();
        filtered_.reset();
        highlighted_.reset();
        data_ = 0;
        recent_.removeAll(folder_);
        recent_.prepend(folder_);
        recent_ = recent_.mid(0, mostRecent);
        Q_EMIT opened(folder_);
    }
    if (reading_)
        data_ = std::min(data_, reading_->study().data.size() - 1);
    if (answer.reading)
        Q_EMIT readingChanged();
    watch();
    if (again_)
        timer_.start(changeDelay);
    else
        scheduleNext(answer.milliseconds);
    if (!again_)
        Q_EMIT idle();
}

void StudyController::scheduleNext(qint64 readMilliseconds) {
    if (!active_ && !running_)
        return;
    const bool live = running_ || (reading_ && reading_->count(TrialState::Running) > 0);
    timer_.start(int(std::max(live ? liveInterval : idleInterval, restShare * readMilliseconds)));
}

void StudyController::watch() {
    const QStringList watched = watcher_.directories();
    if (watched == QStringList(folder_))
        return;
    if (!watched.isEmpty())
        watcher_.removePaths(watched);
    if (!folder_.isEmpty() && problem_.isEmpty())
        watcher_.addPath(folder_);
}

void StudyController::setProblem(const QString& message, const QString& hint) {
    if (message == problem_)
        return;
    problem_ = message;
    problemHint_ = hint;
    Q_EMIT problemChanged();
}

// ---- what is looked at ------------------------------------------------------------------------------------

void StudyController::setMetric(StudySlot slot, const QString& metric) {
    if (std::exchange(wanted_[slot], metric.toStdString()) != metric.toStdString())
        read();
}

QString StudyController::metric(StudySlot slot) const {
    return text(wanted_[slot]);
}

void StudyController::setData(std::size_t data) {
    if (!reading_ || data >= reading_->study().data.size() || data == data_)
        return;
    data_ = data;
    Q_EMIT dataChanged();
}

void StudyController::select(std::optional<SettingKey> key) {
    if (key == selected_)
        return;
    selected_ = key;
    Q_EMIT selectionChanged();
}

void StudyController::setBrushed(std::optional<SettingKeys> keys) {
    brushed_ = std::move(keys);
    refreshHighlight();
}

void StudyController::setFiltered(std::optional<SettingKeys> keys) {
    filtered_ = std::move(keys);
    refreshHighlight();
}

void StudyController::refreshHighlight() {
    std::optional<SettingKeys> both = brushed_ ? brushed_ : filtered_;
    if (brushed_ && filtered_)
        std::erase_if(*both, [this](const SettingKey& key) { return filtered_->count(key) == 0; });
    if (both == highlighted_)
        return;
    highlighted_ = std::move(both);
    Q_EMIT highlightChanged();
}

const engine::StudyFigures* StudyController::figures(StudySlot slot) const {
    return reading_ ? reading_->figures[slot].get() : nullptr;
}

std::optional<SettingKey> StudyController::keyOf(StudySlot slot, int ranked) const {
    const engine::StudyFigures* found = figures(slot);
    if (!found || ranked < 0 || std::size_t(ranked) >= found->ranking.settings.size())
        return std::nullopt;
    return ui::keyOf(found->ranking.settings[std::size_t(ranked)]);
}

int StudyController::rankedOf(StudySlot slot, const SettingKey& key) const {
    const engine::StudyFigures* found = figures(slot);
    if (!found)
        return -1;
    const auto& settings = found->ranking.settings;
    const auto place = std::find_if(settings.begin(), settings.end(),
                                    [&](const auto& setting) { return ui::keyOf(setting) == key; });
    return place == settings.end() ? -1 : int(place - settings.begin());
}

const StudySettingRow* StudyController::row(const SettingKey& key) const {
    if (!reading_)
        return nullptr;
    const std::size_t found = reading_->table.findRow(key);
    return found < reading_->table.rows.size() ? &reading_->table.rows[found] : nullptr;
}

std::vector<SettingKey> StudyController::bestSettings() const {
    std::vector<SettingKey> best;
    if (!reading_)
        return best;
    for (std::size_t method = 0; method < reading_->study().methods.size(); ++method)
        for (const StudySettingRow& row : reading_->table.rows) { // the best come first
            const bool wanted = !highlighted_ || highlighted_->count(row.key) > 0;
            if (row.key.data != data_ || row.key.method != method || row.rank == 0 || !wanted)
                continue;
            best.push_back(row.key);
            break;
        }
    return best;
}

QString StudyController::trialFolder(std::size_t trial) const {
    return text(engine::trialFolder(openedFolder_.toStdString(), trial));
}

QString StudyController::methodTitle(std::size_t method) const {
    return reading_ ? text(reading_->study().methods[method].title) : QString();
}

// ---- files ------------------------------------------------------------------------------------------------

void StudyController::exportFigures(const QString& target) {
    if (!reading_)
        return;
    bridge_.runJob(
        Area::Study, [self = QPointer(this), reading = reading_, target]() -> std::function<void()> {
            QStringList files;
            const Fault fault = faultOf([&] {
                std::vector<std::string> metrics = engine::comparableFigures(reading->trials);
                if (metrics.empty())
                    metrics.push_back(reading->shown[FirstSlot]);
                for (const std::string& file :
                     engine::writeStudyFigures(target.toStdString(), reading->plan, reading->trials, metrics))
                    files << text(file);
            });
            return [self, target, files, fault] {
                if (!self)
                    return;
                if (fault.message.isEmpty())
                    Q_EMIT self->exported(target, files);
                else
                    Q_EMIT self->exportFailed(fault.message, fault.hint);
            };
        });
}

} // namespace alphascope::ui
