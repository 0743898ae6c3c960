#pragma once
// What gives the points of a map their colours, and what the legend says of them. GUI thread only: the
// colours follow the theme in force.

#include "ui/widgets/scatter_map_index.h"

#include <QColor>
#include <QString>
#include <QStringList>
#include <QVector>

#include <vector>

namespace alphascope::ui {

enum class ScatterColoring {
    Plain,    ///< one colour
    Category, ///< by label
    Value,    ///< by a number, with a colour bar
    Density   ///< by how many points lie near
};

/// What is known of each point; lists may be shorter than that of the points, the rest is missing.
struct ScatterPointData {
    QVector<int> categories; ///< indices into names; what lies outside has no category
    QStringList names;
    QString categoryTitle; ///< "label"
    QVector<float> values; ///< not finite: missing
    QString valueTitle;    ///< "L1"
    QString valueUnit;     ///< "" where it has none
};

/// A table of colours and the place of each point in it.
struct ScatterColors {
    QVector<QColor> table;
    std::vector<quint8> places;
};

struct ScatterLegend {
    struct Row {
        QColor color;
        QString name;
        int count = 0;
        int category = -1;
    };
    QString title;
    QVector<Row> rows; ///< of categories that have points, in their order; last those without a category
    bool hasBar = false;
    QString low; ///< at the ends of the bar
    QString high;

    bool isEmpty() const { return rows.isEmpty() && !hasBar; }
};

/// The finite values' least and greatest; (0, 0) without any.
struct ValueRange {
    float low = 0;
    float high = 0;
};
ValueRange valueRange(const QVector<float>& values);

/// How many points lie near each, from 0 to 1 by the logarithm; as many as `count`, 0 for left-out points.
std::vector<float> pointDensity(const PointIndex& points, int count);

ScatterColors scatterColors(ScatterColoring coloring, const ScatterPointData& data, const PointIndex& points,
                            int count);
ScatterLegend scatterLegend(ScatterColoring coloring, const ScatterPointData& data, const PointIndex& points);

/// "#41,207 · label 7 · L1 0.094"
QString pointText(const ScatterPointData& data, int index);

} // namespace alphascope::ui
