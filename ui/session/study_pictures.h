#pragma once
// Samples of a study's trials, as their runs showed them last: read in the background when they are asked for
// and kept until the trial has gone on. GUI thread only; files are read on the bridge's pool.

#include <QImage>
#include <QObject>
#include <QVector>

#include <map>

#include "ui/session/study_controller.h"

namespace alphascope::ui {

class StudyPictures : public QObject {
    Q_OBJECT
public:
    StudyPictures(EngineBridge& bridge, StudyController& controller, QObject* parent = nullptr);

    /// Empty while they are read (loaded() follows) and where a run has shown none.
    QVector<QImage> samples(std::size_t trial);
    /// Some of them as one picture; null likewise.
    QImage sheet(std::size_t trial);
    bool busy() const { return waiting_ > 0; }

Q_SIGNALS:
    void loaded(qulonglong trial);

private:
    struct Entry {
        QVector<QImage> samples;
        QImage sheet;
        std::int64_t step = -1; ///< of the trial when it was read
    };
    Entry& entry(std::size_t trial);
    void load(std::size_t trial);

    EngineBridge& bridge_;
    StudyController& controller_;
    std::map<std::size_t, Entry> entries_;
    std::uint64_t study_ = 0; ///< answers of an earlier one are dropped
    int waiting_ = 0;
};

} // namespace alphascope::ui
