#include "ui/session/points_conversion.h"

#include <algorithm>

namespace alphascope::ui {

namespace {

QVector<QPointF> toPoints(const std::vector<float>& flat) {
    QVector<QPointF> points;
    points.reserve(qsizetype(flat.size() / 2));
    for (std::size_t i = 0; i + 1 < flat.size(); i += 2)
        points.append({double(flat[i]), double(flat[i + 1])});
    return points;
}

} // namespace

ScatterContent toScatter(const engine::PointsPreview& points) {
    ScatterContent content;
    content.range = double(engine::pointsRange);
    content.real = toPoints(points.real);
    content.samples = toPoints(points.samples);
    const QVector<QPointF> originals = toPoints(points.originals);
    const QVector<QPointF> rebuilt = toPoints(points.reconstructions);
    for (qsizetype i = 0; i < std::min(originals.size(), rebuilt.size()); ++i)
        content.pairs.append({originals[i], rebuilt[i]});
    content.field = QVector<float>(points.field.begin(), points.field.end());
    content.fieldSide = points.fieldSide;
    content.fieldIsEnergy = points.fieldIsEnergy;
    const QVector<QPointF> starts = toPoints(points.arrowStarts);
    const QVector<QPointF> directions = toPoints(points.arrowDirections);
    for (qsizetype i = 0; i < std::min(starts.size(), directions.size()); ++i)
        content.arrows.append({starts[i], starts[i] + directions[i]});
    return content;
}

} // namespace alphascope::ui
