// What a person looks at in a comparison, as CompareController answers it: rows, two models in one view, the
// way into Explore, and sheets.

#include <QPointer>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/session/compare_controller.h"
#include "ui/session/image_conversion.h"

namespace alphascope::ui {

namespace {

QImage sized(const QImage& image, const QSize& size) {
    return image.size() == size ? image : image.scaled(size, Qt::IgnoreAspectRatio, Qt::FastTransformation);
}

double meanOf(const QImage& grey) {
    double sum = 0.0;
    for (int y = 0; y < grey.height(); ++y)
        for (int x = 0; x < grey.width(); ++x)
            sum += qGray(grey.pixel(x, y));
    return sum / std::max(1, grey.width() * grey.height());
}

} // namespace

int CompareController::rowCount(CompareRows rows) const {
    std::size_t count = 0;
    for (const CompareColumn& column : columns_)
        if (column.result)
            count = std::max(count, rows == CompareRows::Samples ? column.result->samples.size()
                                                                 : column.result->originals.size());
    return int(count);
}

void CompareController::select(CompareRows rows, int row) {
    if (rows == rows_ && row == row_)
        return;
    rows_ = rows;
    row_ = row;
    Q_EMIT selectionChanged();
    Q_EMIT pairChanged();
}

void CompareController::setPair(int a, int b) {
    if (a == a_ && b == b_)
        return;
    // Chosen twice, the other side takes what this side gave up.
    if (a == b)
        (a != a_ ? b : a) = a != a_ ? a_ : b_;
    a_ = a;
    b_ = b;
    Q_EMIT pairChanged();
}

const QImage CompareController::pictureOf(int id) const {
    const int index = id == original ? 0 : indexOf(id);
    if (index < 0 || index >= int(columns_.size()) || !columns_[std::size_t(index)].result || row_ < 0)
        return {};
    const engine::ComparedModel& model = *columns_[std::size_t(index)].result;
    const std::vector<engine::Image>& pictures = rows_ == CompareRows::Samples ? model.samples
                                                 : id == original              ? model.originals
                                                                               : model.reconstructions;
    if ((id == original && rows_ == CompareRows::Samples) || std::size_t(row_) >= pictures.size())
        return {};
    return toQImage(pictures[std::size_t(row_)]);
}

ComparePair CompareController::pair() const {
    ComparePair pair;
    const auto title = [this](int id) {
        const int index = indexOf(id);
        return id == original ? tr("Original")
               : index < 0    ? QString()
                              : titleOf(columns_[std::size_t(index)]);
    };
    pair.titleA = title(a_);
    pair.titleB = title(b_);
    pair.a = pictureOf(a_);
    pair.b = pictureOf(b_);
    if (pair.a.isNull() || pair.b.isNull())
        return pair;
    const QSize size = pair.a.size().expandedTo(pair.b.size());
    const auto asColour = [&](const QImage& image) {
        return toEngineImage(sized(image, size).convertToFormat(QImage::Format_RGB888));
    };
    pair.difference = errorPicture(asColour(pair.a), asColour(pair.b));
    pair.mean = meanOf(pair.difference) * 2.0 / 255.0;
    return pair;
}

void CompareController::explore(int index, CompareRows rows, int row) {
    if (index < 0 || index >= int(columns_.size()) || !columns_[std::size_t(index)].result || row < 0)
        return;
    const CompareColumn& column = columns_[std::size_t(index)];
    const engine::ComparedModel& model = *column.result;
    const engine::Codes& codes = rows == CompareRows::Samples ? model.sampleCodes : model.inputCodes;
    if (std::size_t(row) >= codes.count)
        return;
    const auto code = codes.row(std::size_t(row));
    const QString source = rows == CompareRows::Samples ? tr("row %1 of seed %2").arg(row + 1).arg(seed_)
                                                        : text(model.inputNames[std::size_t(row)]);
    Q_EMIT exploreRequested(text(model.info.path), column.folder, {code.begin(), code.end()}, source);
}

void CompareController::exportSheet(const QString& path) {
    std::vector<engine::ComparedModel> models;
    for (const CompareColumn& column : columns_)
        if (column.result && !column.stale())
            models.push_back(*column.result);
    if (models.size() < columns_.size() || models.size() < engine::fewestCompared) {
        Q_EMIT problem(
            tr("The sheet was not saved: it takes two models at least, all of them read."),
            tr("Wait until every column shows its pictures, and remove those that cannot be read."));
        return;
    }
    for (std::size_t i = 0; i < models.size(); ++i)
        models[i].name = titleOf(columns_[i]).toStdString();
    bridge_.runJob(Area::Compare,
                   [guard = QPointer<CompareController>(this), &bridge = bridge_, path,
                    models = std::move(models), question = question()]() -> std::function<void()> {
                       bridge.engine().writeComparison(path.toStdString(), models, question);
                       return [guard, path] {
                           if (guard)
                               Q_EMIT guard->saved(path);
                       };
                   });
}

} // namespace alphascope::ui
