#include "ui/widgets/scatter_map_colors.h"

#include "ui/theme/category_colors.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/paint_help.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace alphascope::ui {

namespace {

constexpr int rampSteps = 64;
constexpr int densitySide = 192; // cells a side

QString legendText(const char* text) {
    return QCoreApplication::translate("ScatterMap", text);
}

int categoryOf(const ScatterPointData& data, int index) {
    const int category = index < data.categories.size() ? data.categories[index] : -1;
    return category < data.names.size() ? std::max(category, -1) : -1;
}

float valueOf(const ScatterPointData& data, int index) {
    return index < data.values.size() ? data.values[index] : std::numeric_limits<float>::quiet_NaN();
}

/// Four figures, or as a power of ten where those do not suffice.
QString figure(float value) {
    return QString::number(static_cast<double>(value), 'g', 4).replace(QLatin1Char('-'), QChar(0x2212));
}

QVector<QColor> rampTable() {
    QVector<QColor> table;
    for (int i = 0; i < rampSteps; ++i) {
        table.append(pointValueColor(i / (rampSteps - 1.0)));
    }
    table.append(missingColor());
    return table;
}

quint8 rampPlace(float share) {
    return static_cast<quint8>(std::lround(std::clamp(share, 0.0F, 1.0F) * (rampSteps - 1)));
}

/// Three passes of a box over rows and columns come close to a bell.
void blur(std::vector<float>& grid) {
    constexpr int radius = 2;
    std::vector<float> line(densitySide);
    const auto pass = [&](std::size_t start, std::size_t step) {
        for (int i = 0; i < densitySide; ++i) {
            float sum = 0;
            for (int j = std::max(0, i - radius); j <= std::min(densitySide - 1, i + radius); ++j) {
                sum += grid[start + static_cast<std::size_t>(j) * step];
            }
            line[static_cast<std::size_t>(i)] = sum / (2 * radius + 1);
        }
        for (std::size_t i = 0; i < densitySide; ++i) {
            grid[start + i * step] = line[i];
        }
    };
    for (int repeat = 0; repeat < 3; ++repeat) {
        for (std::size_t i = 0; i < densitySide; ++i) {
            pass(i * densitySide, 1);
            pass(i, densitySide);
        }
    }
}

} // namespace

ValueRange valueRange(const QVector<float>& values) {
    ValueRange range;
    bool any = false;
    for (const float value : values) {
        if (std::isfinite(value)) {
            range.low = any ? std::min(range.low, value) : value;
            range.high = any ? std::max(range.high, value) : value;
            any = true;
        }
    }
    return range;
}

std::vector<float> pointDensity(const PointIndex& points, int count) {
    std::vector<float> density(static_cast<std::size_t>(count), 0.0F);
    const QRectF bounds = points.bounds();
    const double extent = std::max(bounds.width(), bounds.height());
    std::vector<float> grid(static_cast<std::size_t>(densitySide) * densitySide, 0.0F);
    const auto cellOf = [&](const PointIndex::Entry& entry) {
        const auto place = [&](double value, double low) {
            const double share = extent > 0 ? (value - low) / extent : 0.0;
            return static_cast<std::size_t>(std::clamp(share * densitySide, 0.0, densitySide - 1.0));
        };
        return place(entry.y, bounds.top()) * densitySide + place(entry.x, bounds.left());
    };
    points.visitNear(bounds, [&](auto run) {
        for (const PointIndex::Entry& entry : run) {
            grid[cellOf(entry)] += 1;
        }
    });
    blur(grid);
    const float top = std::log1p(*std::max_element(grid.cbegin(), grid.cend()));
    points.visitNear(bounds, [&](auto run) {
        for (const PointIndex::Entry& entry : run) {
            density[static_cast<std::size_t>(entry.index)] =
                top > 0 ? std::log1p(grid[cellOf(entry)]) / top : 0.0F;
        }
    });
    return density;
}

ScatterColors scatterColors(ScatterColoring coloring, const ScatterPointData& data, const PointIndex& points,
                            int count) {
    ScatterColors colors;
    colors.places.assign(static_cast<std::size_t>(count), 0);
    const auto fill = [&](auto placeOf) {
        for (int i = 0; i < count; ++i) {
            colors.places[static_cast<std::size_t>(i)] = static_cast<quint8>(placeOf(i));
        }
    };
    switch (coloring) {
    case ScatterColoring::Plain:
        colors.table.append(tokens().accent);
        break;
    case ScatterColoring::Category:
        for (int i = 0; i < categoryColorCount(); ++i) {
            colors.table.append(categoryColor(i));
        }
        colors.table.append(missingColor());
        fill([&](int i) {
            const int category = categoryOf(data, i);
            return category < 0 ? categoryColorCount() : category % categoryColorCount();
        });
        break;
    case ScatterColoring::Value: {
        colors.table = rampTable();
        const ValueRange range = valueRange(data.values);
        const float span = range.high - range.low;
        fill([&](int i) {
            const float value = valueOf(data, i);
            return std::isfinite(value) ? int(rampPlace(span > 0 ? (value - range.low) / span : 0.5F))
                                        : rampSteps;
        });
        break;
    }
    case ScatterColoring::Density: {
        colors.table = rampTable();
        const std::vector<float> density = pointDensity(points, count);
        fill([&](int i) { return rampPlace(density[static_cast<std::size_t>(i)]); });
        break;
    }
    }
    return colors;
}

ScatterLegend scatterLegend(ScatterColoring coloring, const ScatterPointData& data,
                            const PointIndex& points) {
    ScatterLegend legend;
    if (coloring == ScatterColoring::Value) {
        const ValueRange range = valueRange(data.values);
        legend.hasBar = true;
        legend.title = data.valueUnit.isEmpty()
                           ? data.valueTitle
                           : QStringLiteral("%1, %2").arg(data.valueTitle, data.valueUnit);
        legend.low = figure(range.low);
        legend.high = figure(range.high);
    } else if (coloring == ScatterColoring::Density) {
        legend.hasBar = true;
        legend.title = legendText("density");
        legend.low = legendText("sparse");
        legend.high = legendText("dense");
    } else if (coloring == ScatterColoring::Category) {
        legend.title = data.categoryTitle;
        QVector<int> counts(data.names.size() + 1, 0);
        points.visitNear(points.bounds(), [&](auto run) {
            for (const PointIndex::Entry& entry : run) {
                const int category = categoryOf(data, entry.index);
                ++counts[category < 0 ? data.names.size() : category];
            }
        });
        for (int i = 0; i < data.names.size(); ++i) {
            if (counts[i] > 0) {
                legend.rows.append({categoryColor(i), data.names[i], counts[i], i});
            }
        }
        if (counts.last() > 0) {
            legend.rows.append({missingColor(), legendText("none"), counts.last(), -1});
        }
    }
    return legend;
}

QString pointText(const ScatterPointData& data, int index) {
    QStringList parts{QLatin1Char('#') + groupedText(index)};
    if (const int category = categoryOf(data, index); category >= 0) {
        parts << QStringLiteral("%1 %2").arg(data.categoryTitle, data.names[category]).trimmed();
    }
    if (const float value = valueOf(data, index); std::isfinite(value)) {
        parts << QStringLiteral("%1 %2 %3").arg(data.valueTitle, figure(value), data.valueUnit).trimmed();
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace alphascope::ui
