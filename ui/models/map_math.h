#pragma once
// Between a map and the code space: where a code lies on a map of components, which code lies at a place, and
// which rows a person means. Pure.

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QVector>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/api/atlas.h"

namespace alphascope::ui {

/// Whether the map lies in a plane of the code space, so that every place has a code.
bool hasPlane(const engine::CodeMap& map);
QPointF placeOf(const engine::CodeMap& map, std::span<const float> code);
std::vector<float> codeAt(const engine::CodeMap& map, const QPointF& place);
/// Of all finite points, with a little room around.
QRectF extentOf(const engine::CodeMap& map);
/// n x n codes over a rectangle of the plane, row by row from its highest y down, at the cells' centres.
engine::Codes codeGrid(const engine::CodeMap& map, const QRectF& rectangle, int n);

/// The rows' codes, in order.
engine::Codes codesOf(const engine::CodeSet& set, const std::vector<std::uint32_t>& rows);
/// At most `count` of the rows, far from each other (each next one farthest from those before), then put in
/// an order that goes from neighbour to neighbour.
std::vector<std::uint32_t> walkThrough(const engine::CodeSet& set, const std::vector<std::uint32_t>& rows,
                                       std::size_t count);

/// "#12" or "12" for a picture's number, otherwise the name of a label, in full or as it begins. Rows of the
/// set; nothing when it means none of them.
std::vector<std::uint32_t> rowsMeant(const engine::CodeSet& set, const QString& text);

} // namespace alphascope::ui
