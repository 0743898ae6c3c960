// What the Map shows of a plane of the code space: where the person stands, the critic's field with its holes
// and leaks, and the many codes of the person's own picture.

#include "ui/panels/map_workspace.h"

#include <QCheckBox>

#include <algorithm>
#include <span>
#include <utility>

#include "ui/models/map_math.h"
#include "ui/panels/map_side.h"
#include "ui/panels/place_list.h"
#include "ui/widgets/scatter_map.h"

namespace alphascope::ui {

namespace {

constexpr int mapFieldSide = 41;
constexpr std::size_t fieldCodes = std::size_t(mapFieldSide) * mapFieldSide;
constexpr std::size_t probes = 4000; // of the prior's codes and of pictures' each
constexpr double leastApart = 0.08;  // of the field's width, between two marks

void append(engine::Codes& codes, std::span<const float> values) {
    codes.values.insert(codes.values.end(), values.begin(), values.end());
    codes.count += values.size() / codes.size;
}

/// Codes of the prior, and of as many pictures.
engine::Codes probesOf(const engine::CodeSet& set) {
    engine::Codes codes = engine::priorCodes(1, probes, set.codes.size);
    const std::size_t count = std::min(probes, set.count());
    for (std::size_t i = 0; i < count; ++i)
        append(codes, set.codes.row(i * set.count() / count));
    return codes;
}

} // namespace

void MapWorkspace::showMarks() {
    const auto* map = atlas_.map();
    if (!active_)
        return;
    firstPlace_ = 0;
    if (!map || !hasPlane(*map) || map->origin.size() != explore_.view().code.size() || map_->count() == 0) {
        map_->setMarks({});
        map_->setPath({});
        return;
    }
    QVector<ScatterMark> marks;
    QVector<QPointF> path;
    for (const CodeKeyframe& keyframe : explore_.view().keyframes) {
        path.append(placeOf(*map, keyframe.code));
        marks.append({path.back(), keyframe.label, ScatterMarkRole::Pinned});
    }
    marks.append({placeOf(*map, decodedCode(explore_.view())), tr("Explore"), ScatterMarkRole::Current});
    firstPlace_ = int(marks.size());
    for (const MapPlace& place : places_)
        marks.append({place.place, QString::number(place.number),
                      place.kind == MapPlace::Kind::Hole ? ScatterMarkRole::Low : ScatterMarkRole::High});
    map_->setMarks(marks);
    map_->setPath(path);
}

// ---- the critic -----------------------------------------------------------------------------------------

void MapWorkspace::wantField(bool wanted) {
    if (!wanted) {
        map_->clearField();
        dropPlaces();
    } else if (atlas_.critic())
        askField();
    else if (!atlas_.busy())
        atlas_.trainCritic();
}

void MapWorkspace::takeField(quint64 stamp, const std::vector<float>& logRatios) {
    if (stamp == holeStamp_ && !logRatios.empty()) {
        const auto deepest = std::min_element(logRatios.begin(), logRatios.end()) - logRatios.begin();
        const auto code = holeCodes_.row(std::size_t(deepest));
        explore_.setCode({code.begin(), code.end()},
                         tr("hole, log q/p %1").arg(double(logRatios[std::size_t(deepest)]), 0, 'f', 1));
        Q_EMIT exploreRequested();
    } else if (stamp == fieldStamp_ && field_->isChecked() &&
               logRatios.size() == fieldCodes + probes_.count) {
        const auto end = logRatios.begin() + std::ptrdiff_t(fieldCodes);
        map_->setField(QVector<float>(logRatios.begin(), end), mapFieldSide, fieldPlace_,
                       tr("log q/p of the codes: blue more, orange fewer than the prior says"));
        markPlaces({end, logRatios.end()});
    }
}

void MapWorkspace::markPlaces(std::span<const float> logRatios) {
    const auto& critic = atlas_.critic();
    const auto* map = atlas_.map();
    if (!critic || !map)
        return;
    places_.clear();
    if (critic->reliable())
        places_ = extremePlaces(*map, probes_, logRatios, probes, leastApart * fieldPlace_.width());
    codeSpace_->places()->setPlaces(places_, *critic);
    showMarks();
}

void MapWorkspace::dropPlaces() {
    places_.clear();
    codeSpace_->places()->clear();
    showMarks();
}

void MapWorkspace::decodePlace(int index) {
    if (index < 0 || std::size_t(index) >= places_.size())
        return;
    const MapPlace& place = places_[std::size_t(index)];
    if (place.code.size() != explore_.view().code.size()) {
        showProblem(tr("The model in Explore has codes of another size."), tr("Encode the pictures again."));
        return;
    }
    explore_.setCode(place.code,
                     tr("%1, log q/p %2").arg(PlaceList::nameOf(place)).arg(place.logRatio, 0, 'f', 1));
    Q_EMIT exploreRequested();
}

void MapWorkspace::askField() {
    const auto* map = atlas_.map();
    if (!field_->isChecked() || !atlas_.critic() || !map || !hasPlane(*map))
        return;
    fieldPlace_ = extentOf(*map);
    probes_ = probesOf(*atlas_.codes());
    engine::Codes asked = codeGrid(*map, fieldPlace_, mapFieldSide);
    append(asked, probes_.values);
    fieldStamp_ = atlas_.askField(std::move(asked));
}

void MapWorkspace::seekHole() {
    if (!atlas_.critic())
        return;
    holeCodes_ = engine::priorCodes(1, probes, atlas_.codes()->codes.size); // the field's first hole
    holeStamp_ = atlas_.askField(holeCodes_);
}

// ---- the person's own picture -----------------------------------------------------------------------------

void MapWorkspace::wantCloud(bool wanted) {
    if (wanted && explore_.encodedPicture().codes.count != 1) {
        panel_->showMessage(MessageKind::Info, tr("There is no picture of your own in Explore yet."),
                            tr("Drop, paste or open one there: its codes appear here."));
        return;
    }
    askCloud();
    showCloud();
}

void MapWorkspace::askCloud() {
    if (active_ && cloudBox_->isChecked())
        explore_.varyPicture(explore_.encodedPicture());
}

void MapWorkspace::showCloud() {
    const auto* map = atlas_.map();
    const engine::Codes& codes = variation_.drawn;
    if (!cloudBox_->isChecked() || !map || !hasPlane(*map) || codes.count < 2 ||
        codes.size != map->origin.size()) {
        map_->setCloud({});
        return;
    }
    const CodeCloud cloud = cloudOf(*map, codes);
    map_->setCloud({QVector<QPointF>(cloud.points.begin(), cloud.points.end()),
                    {cloud.ellipse(1.0), cloud.ellipse(2.0)},
                    tr("%1: %2 %3, 1 and 2 σ")
                        .arg(explore_.pictureName())
                        .arg(codes.count)
                        .arg(ExploreController::spreadText(variation_.spread))});
}

} // namespace alphascope::ui
