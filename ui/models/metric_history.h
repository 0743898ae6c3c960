#pragma once
// Every scalar of one run so far, by tag, so that the curves can be filled again when the user comes back to
// a run. And where each tag belongs. No widgets.

#include <QString>
#include <QVector>

#include <map>
#include <string>
#include <vector>

#include "engine/api/session.h"
#include "models/schema/method_traits.h"

namespace alphascope::ui {

struct MetricSeries {
    QVector<double> steps;
    QVector<double> wallTimes;
    QVector<double> values;
    /// Where the point also has "TAG_low" and "TAG_high": the interval around its value, NaN for points
    /// without; both empty as long as there is none.
    QVector<double> lows = {};
    QVector<double> highs = {};
};

enum class CurveGroup { Loss, Metric, Hidden };

struct SeriesStyle {
    CurveGroup group = CurveGroup::Hidden; ///< tags of neither kind (speeds, ...) are not drawn
    QString label;                         ///< "D accuracy"
    int colorIndex = -1;  ///< fixed for the four parts, so that E is the same colour everywhere; -1: any
    QString unit = {};    ///< curves of one unit share an axis; "" for a pure number
    QString meaning = {}; ///< one line, or ""
    bool judged = false;  ///< of a small sample, every so often, as far as there is time for it
    QString thinned = {}; ///< the label when there was not time for all; "": as ever
};
/// Title, unit and meaning come from the method that reports the curve, where it is known and knows the tag.
SeriesStyle seriesStyle(const std::string& tag, const models::MethodTraits* method = nullptr);

/// The batch by tag, ready for CurvePlot::addPoints.
std::map<std::string, MetricSeries> seriesOf(const std::vector<engine::MetricPoint>& points);

class MetricHistory {
public:
    void append(const std::vector<engine::MetricPoint>& points);
    /// What came before all that is here, as another run wrote it.
    void prepend(const std::vector<engine::MetricPoint>& points);
    void clear();
    bool empty() const { return series_.empty(); }
    qint64 lastStep() const { return lastStep_; }
    const std::map<std::string, MetricSeries>& series() const { return series_; }
    /// The newest value of a tag; NaN without one.
    double latest(const std::string& tag) const;

private:
    std::map<std::string, MetricSeries> series_;
    qint64 lastStep_ = 0;
};

} // namespace alphascope::ui
