#include "ui/session/data_library.h"

#include <QPointer>

#include <algorithm>

#include "ui/models/text.h"

namespace alphascope::ui {

namespace {

constexpr std::size_t samplePictures = 64;

} // namespace

DataLibrary::DataLibrary(EngineBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
    pool_.setMaxThreadCount(1);
}

DataLibrary::~DataLibrary() {
    cancel_ = true;
    pool_.waitForDone();
}

const engine::KnownDataSet* DataLibrary::find(const QString& name) const {
    const auto found = std::find_if(sets_.begin(), sets_.end(), [&](const engine::KnownDataSet& set) {
        return set.name == name.toStdString();
    });
    return found == sets_.end() ? nullptr : &*found;
}

void DataLibrary::refresh() {
    bridge_.runJob(Area::Setup,
                   [engine = &bridge_.engine(), self = QPointer(this)]() -> std::function<void()> {
                       auto sets = engine->knownDataSets();
                       return [self, sets = std::move(sets)] {
                           if (!self)
                               return;
                           self->sets_ = sets;
                           Q_EMIT self->setsChanged();
                       };
                   });
}

void DataLibrary::look(const QString& name) {
    const std::uint64_t question = ++*question_;
    bridge_.runJob(Area::Setup,
                   [engine = &bridge_.engine(), self = QPointer(this), name, question,
                    latest = question_]() -> std::function<void()> {
                       // Walking down the list asks for every set on the way; only where it stops is looked
                       // at.
                       if (question != *latest)
                           return {};
                       auto sample = std::make_shared<DataSample>();
                       QString problem;
                       try {
                           sample->info = engine->inspectDataSet(name.toStdString());
                           sample->pictures =
                               engine->dataSetPreview(name.toStdString(), sample->info.size, samplePictures);
                       } catch (const engine::Error& error) {
                           problem = text(
                               error.sentence()); // said beside the set that was looked at, not over the form
                       }
                       return [self, name, question, problem, sample] {
                           if (!self || question != *self->question_)
                               return;
                           if (problem.isEmpty())
                               Q_EMIT self->sampled(name, sample);
                           else
                               Q_EMIT self->sampleFailed(name, problem);
                       };
                   });
}

void DataLibrary::fetch(const QString& name) {
    if (fetching())
        return;
    fetched_ = name;
    cancel_ = false;
    Q_EMIT fetchProgressed(name, {});
    pool_.start([this, engine = &bridge_.engine(), name] {
        // The destructor waits for this thread, so `this` is alive here; Qt drops calls that come too late.
        QString problem;
        QString hint;
        const auto report = [this, name](const engine::FetchProgress& progress) {
            QMetaObject::invokeMethod(
                this, [this, name, progress] { Q_EMIT fetchProgressed(name, progress); },
                Qt::QueuedConnection);
        };
        try {
            engine->fetchDataSet(name.toStdString(), report, cancel_);
        } catch (const engine::Error& error) {
            if (error.kind() != engine::ErrorKind::Interrupted) {
                problem = text(error.what());
                hint = text(error.hint());
            }
        } catch (const std::exception& error) {
            problem = tr("%1 could not be fetched.").arg(name);
            hint = text(error.what());
        }
        QMetaObject::invokeMethod(
            this, [this, problem, hint] { finishFetch(problem, hint); }, Qt::QueuedConnection);
    });
}

void DataLibrary::cancelFetch() {
    cancel_ = true;
}

void DataLibrary::finishFetch(const QString& problem, const QString& hint) {
    const QString name = std::exchange(fetched_, QString());
    Q_EMIT fetchEnded(name, problem, hint);
    refresh();
}

} // namespace alphascope::ui
