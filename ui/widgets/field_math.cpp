#include "ui/widgets/field_math.h"

#include <QHash>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

// Places that two neighbouring squares compute for the same crossing differ by rounding only.
using Key = QPair<qint64, qint64>;

Key keyOf(const QPointF& point) {
    return {std::llround(point.x() * 1e7), std::llround(point.y() * 1e7)};
}

} // namespace

QVector<QLineF> contourLines(const QVector<float>& values, int n, float level) {
    QVector<QLineF> lines;
    if (n < 2 || values.size() < static_cast<qsizetype>(n) * n) {
        return lines;
    }
    const auto at = [&](int row, int column) {
        return values[static_cast<qsizetype>(row) * n + column] - level;
    };
    const auto centre = [n](double i) { return (i + 0.5) / n; };
    const auto share = [](float a, float b) { return static_cast<double>(a) / (static_cast<double>(a) - b); };
    for (int row = 0; row + 1 < n; ++row) {
        for (int column = 0; column + 1 < n; ++column) {
            const float a = at(row, column);
            const float b = at(row, column + 1);
            const float c = at(row + 1, column + 1);
            const float d = at(row + 1, column);
            if (!std::isfinite(a + b + c + d)) {
                continue;
            }
            QVector<QPointF> crossings; // in the order top, right, bottom, left
            if ((a < 0) != (b < 0)) {
                crossings.append({centre(column + share(a, b)), centre(row)});
            }
            if ((b < 0) != (c < 0)) {
                crossings.append({centre(column + 1), centre(row + share(b, c))});
            }
            if ((d < 0) != (c < 0)) {
                crossings.append({centre(column + share(d, c)), centre(row + 1)});
            }
            if ((a < 0) != (d < 0)) {
                crossings.append({centre(column), centre(row + share(a, d))});
            }
            if (crossings.size() == 2) {
                lines.append(QLineF(crossings[0], crossings[1]));
            } else if (crossings.size() == 4) {
                // A saddle: the mean of the corners decides which pairs belong together.
                const bool joined = ((a + b + c + d) < 0) == (a < 0);
                lines.append(QLineF(crossings[0], crossings[joined ? 1 : 3]));
                lines.append(QLineF(crossings[2], crossings[joined ? 3 : 1]));
            }
        }
    }
    return lines;
}

QVector<QVector<QPointF>> joinSegments(const QVector<QLineF>& segments) {
    QHash<Key, QVector<int>> byEnd;
    for (int i = 0; i < segments.size(); ++i) {
        byEnd[keyOf(segments[i].p1())].append(i);
        byEnd[keyOf(segments[i].p2())].append(i);
    }
    QVector<bool> used(segments.size(), false);
    const auto follow = [&](QVector<QPointF>& line) {
        while (true) {
            const Key end = keyOf(line.last());
            const QVector<int>& candidates = byEnd[end];
            const auto next =
                std::find_if(candidates.cbegin(), candidates.cend(), [&](int i) { return !used[i]; });
            if (next == candidates.cend()) {
                return;
            }
            used[*next] = true;
            const QLineF& segment = segments[*next];
            line.append(keyOf(segment.p1()) == end ? segment.p2() : segment.p1());
        }
    };
    QVector<QVector<QPointF>> lines;
    for (int i = 0; i < segments.size(); ++i) {
        if (used[i]) {
            continue;
        }
        used[i] = true;
        QVector<QPointF> line = {segments[i].p1(), segments[i].p2()};
        follow(line);
        std::reverse(line.begin(), line.end());
        follow(line);
        lines.append(line);
    }
    return lines;
}

} // namespace alphascope::ui
