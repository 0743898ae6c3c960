#include "ui/models/map_math.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace alphascope::ui {

namespace {

double squaredDistance(std::span<const float> a, std::span<const float> b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += (double(a[i]) - b[i]) * (double(a[i]) - b[i]);
    return sum;
}

/// From the first row on always to the nearest that was not yet visited.
std::vector<std::uint32_t> chained(const engine::CodeSet& set, std::vector<std::uint32_t> rows) {
    for (std::size_t i = 1; i + 1 < rows.size(); ++i) {
        const auto here = set.codes.row(rows[i - 1]);
        const auto nearest = std::min_element(
            rows.begin() + std::ptrdiff_t(i), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
                return squaredDistance(set.codes.row(a), here) < squaredDistance(set.codes.row(b), here);
            });
        std::swap(rows[i], *nearest);
    }
    return rows;
}

} // namespace

bool hasPlane(const engine::CodeMap& map) {
    return !map.across.empty() && map.up.size() == map.across.size() &&
           map.origin.size() == map.across.size();
}

QPointF placeOf(const engine::CodeMap& map, std::span<const float> code) {
    double x = 0.0;
    double y = 0.0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const double offset = double(code[i]) - map.origin[i];
        x += offset * map.across[i];
        y += offset * map.up[i];
    }
    return {x, y};
}

std::vector<float> codeAt(const engine::CodeMap& map, const QPointF& place) {
    std::vector<float> code(map.origin.size());
    for (std::size_t i = 0; i < code.size(); ++i)
        code[i] = float(map.origin[i] + place.x() * map.across[i] + place.y() * map.up[i]);
    return code;
}

QRectF extentOf(const engine::CodeMap& map) {
    double left = std::numeric_limits<double>::infinity();
    double bottom = left;
    double right = -left;
    double top = -left;
    for (std::size_t i = 0; i + 1 < map.positions.size(); i += 2) {
        const double x = map.positions[i];
        const double y = map.positions[i + 1];
        if (!std::isfinite(x) || !std::isfinite(y))
            continue;
        left = std::min(left, x);
        right = std::max(right, x);
        bottom = std::min(bottom, y);
        top = std::max(top, y);
    }
    if (!(right >= left))
        return {};
    const double room = 0.08 * std::max({right - left, top - bottom, 1e-3});
    return {left - room, bottom - room, right - left + 2 * room, top - bottom + 2 * room};
}

engine::Codes codeGrid(const engine::CodeMap& map, const QRectF& rectangle, int n) {
    engine::Codes codes(std::size_t(n) * std::size_t(n), map.origin.size());
    for (int row = 0; row < n; ++row)
        for (int column = 0; column < n; ++column) {
            const QPointF place(rectangle.left() + rectangle.width() * (column + 0.5) / n,
                                rectangle.top() + rectangle.height() * (n - row - 0.5) / n);
            const std::vector<float> code = codeAt(map, place);
            std::copy(code.begin(), code.end(),
                      codes.row(std::size_t(row) * std::size_t(n) + std::size_t(column)).begin());
        }
    return codes;
}

engine::Codes codesOf(const engine::CodeSet& set, const std::vector<std::uint32_t>& rows) {
    engine::Codes codes(rows.size(), set.codes.size);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto code = set.codes.row(rows[i]);
        std::copy(code.begin(), code.end(), codes.row(i).begin());
    }
    return codes;
}

std::vector<std::uint32_t> walkThrough(const engine::CodeSet& set, const std::vector<std::uint32_t>& rows,
                                       std::size_t count) {
    if (rows.size() <= count)
        return chained(set, rows);
    std::vector<std::uint32_t> chosen{rows.front()};
    std::vector<double> nearest(rows.size(), std::numeric_limits<double>::infinity());
    while (chosen.size() < count) {
        const auto last = set.codes.row(chosen.back());
        for (std::size_t i = 0; i < rows.size(); ++i)
            nearest[i] = std::min(nearest[i], squaredDistance(set.codes.row(rows[i]), last));
        chosen.push_back(
            rows[std::size_t(std::max_element(nearest.begin(), nearest.end()) - nearest.begin())]);
    }
    return chained(set, std::move(chosen));
}

std::vector<std::uint32_t> rowsMeant(const engine::CodeSet& set, const QString& text) {
    const QString wanted = text.trimmed();
    std::vector<std::uint32_t> rows;
    if (wanted.isEmpty())
        return rows;
    const bool asNumber = wanted.startsWith(QLatin1Char('#'));
    if (!asNumber) {
        QVector<int> labels;
        for (const bool whole : {true, false}) {
            for (std::size_t i = 0; i < set.labelNames.size() && labels.isEmpty(); ++i) {
                const QString name = QString::fromStdString(set.labelNames[i]);
                if (whole ? name.compare(wanted, Qt::CaseInsensitive) == 0
                          : name.startsWith(wanted, Qt::CaseInsensitive))
                    labels.append(int(i));
            }
        }
        for (std::size_t row = 0; row < set.count() && !labels.isEmpty(); ++row)
            if (set.labels[row] == labels.front())
                rows.push_back(std::uint32_t(row));
        if (!rows.empty())
            return rows;
    }
    bool ok = false;
    const quint64 number = wanted.mid(asNumber ? 1 : 0).toULongLong(&ok);
    const auto found = ok ? std::find(set.numbers.begin(), set.numbers.end(), number) : set.numbers.end();
    if (found != set.numbers.end())
        rows.push_back(std::uint32_t(found - set.numbers.begin()));
    return rows;
}

} // namespace alphascope::ui
