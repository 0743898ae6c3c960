#include "ui/session/attribute_sets.h"

#include <algorithm>
#include <utility>

#include "ui/session/image_conversion.h"

namespace alphascope::ui {

namespace {

constexpr qsizetype keptThumbnails = 24;

} // namespace

AttributeSets::AttributeSets(EngineBridge& bridge, QObject* parent) : QObject(parent), bridge_(bridge) {
    connect(&bridge_, &EngineBridge::exploreResult, this, &AttributeSets::onResult);
    // Codes of another model mean nothing here.
    connect(&bridge_, &EngineBridge::modelOpened, this, [this] {
        queue_.clear();
        clear(With);
        clear(Without);
    });
}

void AttributeSets::add(Side side, const engine::Codes& codes, const QVector<QImage>& thumbnails) {
    engine::Codes& all = codes_[side];
    if (codes.count == 0 || (all.count > 0 && all.size != codes.size))
        return;
    all.size = codes.size;
    all.count += codes.count;
    all.values.insert(all.values.end(), codes.values.begin(), codes.values.end());
    thumbnails_[side] += thumbnails.mid(std::max<qsizetype>(0, thumbnails.size() - keptThumbnails));
    if (thumbnails_[side].size() > keptThumbnails)
        thumbnails_[side].remove(0, thumbnails_[side].size() - keptThumbnails);
    Q_EMIT changed();
}

void AttributeSets::addFiles(Side side, const QStringList& paths) {
    engine::EncodeSet order;
    for (const QString& path : paths)
        order.paths.push_back(path.toStdString());
    if (!order.paths.empty())
        enqueue({side, std::move(order)});
}

void AttributeSets::addPicture(Side side, const QImage& picture) {
    enqueue({side, {{}, {toEngineImage(picture)}}});
}

void AttributeSets::clear(Side side) {
    codes_[side] = {};
    thumbnails_[side].clear();
    Q_EMIT changed();
}

void AttributeSets::enqueue(Waiting waiting) {
    queue_.push_back(std::move(waiting));
    if (queue_.size() == 1)
        sendNext();
    Q_EMIT changed();
}

void AttributeSets::sendNext() {
    if (!queue_.empty())
        stamp_ = bridge_.request(engine::ExploreLane::Set, queue_.front().order);
}

void AttributeSets::onResult(const engine::ExploreResult& result) {
    if (result.lane != engine::ExploreLane::Set || result.stamp != stamp_ || queue_.empty())
        return;
    const Side side = queue_.front().side;
    queue_.pop_front();
    if (!result.error) // of which the explore controller tells
        add(side, result.codes, toQImages(result.originals));
    if (!result.skipped.empty())
        Q_EMIT problem(tr("%n file(s) could not be read.", nullptr, int(result.skipped.size())),
                       QString::fromStdString(result.skipped.front()));
    sendNext();
    Q_EMIT changed();
}

} // namespace alphascope::ui
