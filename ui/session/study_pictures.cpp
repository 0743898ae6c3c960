#include "ui/session/study_pictures.h"

#include <QPainter>
#include <QPointer>

#include <algorithm>

#include "engine/api/runs.h"
#include "ui/session/image_conversion.h"

namespace alphascope::ui {

namespace {

constexpr int sheetSide = 3; // pictures across and down

/// Worker thread.
QImage sheetOf(const QVector<QImage>& samples) {
    if (samples.isEmpty())
        return {};
    const int across = samples.size() < sheetSide * sheetSide ? (samples.size() < 4 ? 1 : 2) : sheetSide;
    const QSize size = samples.front().size();
    QImage sheet(size * across, QImage::Format_RGB888);
    QPainter painter(&sheet);
    for (int i = 0; i < across * across; ++i)
        painter.drawImage(QPoint(i % across * size.width(), i / across * size.height()), samples[i]);
    return sheet;
}

} // namespace

StudyPictures::StudyPictures(EngineBridge& bridge, StudyController& controller, QObject* parent)
    : QObject(parent), bridge_(bridge), controller_(controller) {
    const auto forget = [this] {
        ++study_;
        waiting_ = 0;
        entries_.clear();
    };
    connect(&controller_, &StudyController::opened, this, forget);
    connect(&controller_, &StudyController::closed, this, forget);
}

StudyPictures::Entry& StudyPictures::entry(std::size_t trial) {
    const auto& reading = controller_.reading();
    const bool known = reading && trial < reading->trials.size();
    const std::int64_t step = known ? reading->trials[trial].step : -1;
    Entry& found = entries_[trial];
    if (step > found.step) { // what is kept is shown until the newer ones are there
        found.step = step;
        load(trial);
    }
    return found;
}

void StudyPictures::load(std::size_t trial) {
    ++waiting_;
    bridge_.runJob(Area::Study,
                   [self = QPointer(this), trial, study = study_,
                    folder = controller_.trialFolder(trial).toStdString()]() -> std::function<void()> {
                       const QVector<QImage> samples = toQImages(engine::readLastSamples(folder));
                       return [self, trial, study, samples, sheet = sheetOf(samples)] {
                           if (!self || study != self->study_)
                               return;
                           --self->waiting_;
                           Entry& found = self->entries_[trial];
                           found.samples = samples;
                           found.sheet = sheet;
                           Q_EMIT self->loaded(trial);
                       };
                   });
}

QVector<QImage> StudyPictures::samples(std::size_t trial) {
    return entry(trial).samples;
}

QImage StudyPictures::sheet(std::size_t trial) {
    return entry(trial).sheet;
}

} // namespace alphascope::ui
