#include "ui/session/folder_pictures.h"

#include <QDir>

#include <algorithm>

#include "ui/session/image_conversion.h"

namespace alphascope::ui {

namespace {

constexpr int mostThumbnails = 4000; // 64 MB
constexpr int mostReaders = 1;       // of the pool's two threads

/// Where the run of digits ends that begins at `from`.
qsizetype endOfDigits(const QString& text, qsizetype from) {
    while (from < text.size() && text[from].isDigit())
        ++from;
    return from;
}

/// Numbers count by their value, letters without regard to case. QCollator does so in some locales only.
bool comesBefore(const QString& a, const QString& b) {
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() && j < b.size()) {
        if (a[i].isDigit() && b[j].isDigit()) {
            const qsizetype endA = endOfDigits(a, i);
            const qsizetype endB = endOfDigits(b, j);
            while (i < endA - 1 && a[i] == QLatin1Char('0'))
                ++i;
            while (j < endB - 1 && b[j] == QLatin1Char('0'))
                ++j;
            if (endA - i != endB - j)
                return endA - i < endB - j;
            const int order = QStringView(a).mid(i, endA - i).compare(QStringView(b).mid(j, endB - j));
            if (order != 0)
                return order < 0;
            i = endA;
            j = endB;
        } else {
            const QChar left = a[i++].toCaseFolded();
            const QChar right = b[j++].toCaseFolded();
            if (left != right)
                return left < right;
        }
    }
    return a.size() - i < b.size() - j;
}

QStringList inNaturalOrder(const std::vector<std::string>& found) {
    QStringList paths;
    paths.reserve(qsizetype(found.size()));
    for (const std::string& path : found)
        paths.append(QString::fromStdString(path));
    std::stable_sort(paths.begin(), paths.end(), comesBefore);
    return paths;
}

} // namespace

FolderPictures::FolderPictures(EngineBridge& bridge, QObject* parent)
    : QObject(parent), bridge_(bridge), question_(std::make_shared<std::uint64_t>(0)),
      thumbnails_(mostThumbnails) {}

FolderPictures::~FolderPictures() {
    ++*question_;
}

void FolderPictures::open(const QString& folder) {
    const std::uint64_t question = ++*question_;
    wanted_.clear();
    reading_ = 0;
    const auto answers = [this, question, latest = question_](auto answer) -> std::function<void()> {
        return [question, latest, answer] {
            if (*latest == question)
                answer();
        };
    };
    bridge_.runJob(
        Area::Explore, [this, folder, answers, &engine = bridge_.engine()]() -> std::function<void()> {
            try {
                const QStringList paths = inNaturalOrder(engine.listPictures(folder.toStdString()));
                return answers([this, folder, paths] { take(folder, paths); });
            } catch (const engine::Error& error) {
                return answers(
                    [this, message = QString::fromUtf8(error.what()),
                     hint = QString::fromStdString(error.hint())] { Q_EMIT problem(message, hint); });
            }
        });
}

void FolderPictures::take(const QString& folder, const QStringList& paths) {
    if (paths.isEmpty())
        Q_EMIT problem(tr("There are no pictures in %1.").arg(folder),
                       tr("PNG, JPEG, WebP, BMP and TIFF files are looked for, in its sub-folders too."));
    else
        show(folder, paths);
}

void FolderPictures::show(const QString& folder, const QStringList& paths) {
    folder_ = folder;
    paths_ = paths;
    current_ = -1;
    thumbnails_.clear();
    problems_.clear();
    Q_EMIT changed();
}

void FolderPictures::close() {
    ++*question_;
    wanted_.clear();
    reading_ = 0;
    show({}, {});
}

QString FolderPictures::name(int index) const {
    return QDir(folder_).relativeFilePath(paths_[index]);
}

void FolderPictures::choose(int index) {
    if (index < 0 || index >= count())
        return;
    current_ = index;
    Q_EMIT currentChanged(index);
}

void FolderPictures::step(int by) {
    const int next = std::clamp(current_ + by, 0, std::max(0, count() - 1));
    if (next != current_)
        choose(next);
}

QImage FolderPictures::thumbnail(int index) const {
    const QImage* found = thumbnails_.object(index);
    return found ? *found : QImage();
}

void FolderPictures::want(const QVector<int>& indices) {
    wanted_ = indices;
    readNext();
}

void FolderPictures::readNext() {
    while (reading_ < mostReaders && !wanted_.isEmpty()) {
        const int index = wanted_.takeFirst();
        if (index < 0 || index >= count() || thumbnails_.contains(index) || problems_.contains(index))
            continue;
        ++reading_;
        bridge_.runJob(Area::Explore,
                       [this, index, path = paths_[index].toStdString(), question = *question_,
                        latest = question_, &engine = bridge_.engine()]() -> std::function<void()> {
                           QImage picture;
                           QString why;
                           try {
                               picture = toQImage(engine.readThumbnail(path, thumbnailSide));
                           } catch (const engine::Error& error) {
                               why = QString::fromUtf8(error.what());
                           }
                           return [this, index, picture, why, question, latest] {
                               if (*latest == question)
                                   deliver(index, picture, why);
                           };
                       });
    }
}

void FolderPictures::deliver(int index, const QImage& picture, const QString& why) {
    --reading_;
    if (why.isEmpty())
        thumbnails_.insert(index, new QImage(picture));
    else
        problems_.insert(index, why);
    Q_EMIT thumbnailArrived(index);
    readNext();
}

} // namespace alphascope::ui
