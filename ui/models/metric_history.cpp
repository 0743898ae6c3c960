#include "ui/models/metric_history.h"

#include <algorithm>
#include <limits>

#include "ui/models/text.h"

namespace alphascope::ui {

namespace {

/// "heldout_l1" -> "heldout l1": the label of a tag that nobody gave a better one.
QString plainLabel(const std::string& name) {
    QString label = QString::fromStdString(name);
    return label.replace(QLatin1Char('_'), QLatin1Char(' '));
}

const std::string lowEnding = "_low";
const std::string highEnding = "_high";

int partColor(const std::string& part) {
    static const std::vector<std::string> parts{"E", "G", "D", "C"};
    const auto found = std::find(parts.begin(), parts.end(), part);
    return found == parts.end() ? -1 : int(found - parts.begin());
}

/// Bounds for all values: NaN for those that have none.
void fillBounds(MetricSeries& series) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    for (QVector<double>* bounds : {&series.lows, &series.highs})
        while (bounds->size() < series.values.size())
            bounds->append(none);
}

void extend(MetricSeries& series, const MetricSeries& by) {
    if (!series.lows.isEmpty() || !by.lows.isEmpty()) {
        fillBounds(series);
        MetricSeries filled = by;
        fillBounds(filled);
        series.lows += filled.lows;
        series.highs += filled.highs;
    }
    series.steps += by.steps;
    series.wallTimes += by.wallTimes;
    series.values += by.values;
}

const double* valueOf(const engine::MetricPoint& point, const std::string& tag) {
    const auto found = std::find_if(point.values.begin(), point.values.end(),
                                    [&](const auto& value) { return value.first == tag; });
    return found == point.values.end() ? nullptr : &found->second;
}

/// Whether the tag is one end of an interval around another value of the point.
bool isBound(const engine::MetricPoint& point, const std::string& tag) {
    for (const std::string& ending : {lowEnding, highEnding})
        if (tag.ends_with(ending) && valueOf(point, tag.substr(0, tag.size() - ending.size())))
            return true;
    return false;
}

/// What is known of a tag by itself.
SeriesStyle plainStyle(const std::string& tag) {
    const std::size_t slash = tag.find('/');
    const std::string kind = slash == std::string::npos ? std::string() : tag.substr(0, slash);
    const std::string name = slash == std::string::npos ? tag : tag.substr(slash + 1);
    if (kind == "loss")
        return {CurveGroup::Loss, plainLabel(name), partColor(name)};
    if (kind != "metric")
        return {CurveGroup::Hidden, plainLabel(name), -1};
    const std::map<std::string, SeriesStyle> known{
        {"heldout_l1",
         {CurveGroup::Metric, tr("held-out L1"), 0, QStringLiteral("of range 2"),
          tr("Mean absolute error between held-out pictures and their reconstructions")}},
        {"d_accuracy", {CurveGroup::Metric, tr("D accuracy"), 2, QStringLiteral("share")}},
        {"c_accuracy", {CurveGroup::Metric, tr("C accuracy"), 1, QStringLiteral("share")}},
        {"sample_spread",
         {CurveGroup::Metric, tr("sample spread"), -1, tr("of the data's"),
          tr("Mean distance between two samples over that between two held-out pictures; near 0 when samples "
             "collapse")}},
        {"code_mean", {CurveGroup::Metric, tr("code mean"), 4}},
        {"code_std", {CurveGroup::Metric, tr("code spread"), 3}},
        {"train_l1", {CurveGroup::Metric, tr("train L1"), 5, QStringLiteral("of range 2")}},
        {"kid_random",
         {CurveGroup::Metric, tr("KID"), 0, tr("random net"),
          tr("How far a small fixed sample is from held-out pictures: KID's formula over the features of a "
             "net that was never trained, so compare it between runs here, not with published KID"),
          true, tr("KID, thinned")}},
        {"precision_random",
         {CurveGroup::Metric, tr("precision"), 6, tr("random net"),
          tr("Share of a small fixed sample that lies among held-out pictures, by random features"), true}},
        {"recall_random",
         {CurveGroup::Metric, tr("recall"), 7, tr("random net"),
          tr("Share of held-out pictures that a small fixed sample covers, by random features"), true}},
        {"class_kl",
         {CurveGroup::Metric, tr("class KL"), 4, tr("nats"),
          tr("How far the classes of a small fixed sample are from the data's, by the classifier that an "
             "evaluation trained; high when classes are missing"),
          true}},
        {"msssim_diversity",
         {CurveGroup::Metric, tr("MS-SSIM diversity"), 3, tr("1 − MS-SSIM"),
          tr("Mean of 1 − MS-SSIM over fixed pairs of samples; near 0 when samples collapse"), true}},
        {"energy_distance",
         {CurveGroup::Metric, tr("energy distance"), 0, tr("distance"),
          tr("How far a fixed sample of points is from held-out ones; 0 for the same distribution"), true,
          tr("energy distance, thinned")}},
        {"mode_near_share",
         {CurveGroup::Metric, tr("near a mode"), 6, QStringLiteral("share"),
          tr("Share of a fixed sample of points that lies within three deviations of a mode"), true}},
        {"modes_hit",
         {CurveGroup::Metric, tr("modes hit"), 0, tr("modes"),
          tr("Modes that a fixed sample of points reaches"), true}},
    };
    if (const auto found = known.find(name); found != known.end())
        return found->second;
    return {CurveGroup::Metric, plainLabel(name), -1};
}

} // namespace

SeriesStyle seriesStyle(const std::string& tag, const models::MethodTraits* method) {
    SeriesStyle style = plainStyle(tag);
    if (!method)
        return style;
    for (const models::Curve& curve : method->curves)
        if (curve.tag == tag) {
            style.label = QString::fromStdString(curve.title);
            style.unit = QString::fromStdString(curve.unit);
            style.meaning = QString::fromStdString(curve.meaning);
            if (style.group == CurveGroup::Hidden)
                style.group = CurveGroup::Metric;
        }
    return style;
}

std::map<std::string, MetricSeries> seriesOf(const std::vector<engine::MetricPoint>& points) {
    std::map<std::string, MetricSeries> result;
    for (const engine::MetricPoint& point : points)
        for (const auto& [tag, value] : point.values) {
            if (isBound(point, tag))
                continue;
            MetricSeries next{{double(point.step)}, {point.wallTime}, {value}};
            const double* low = valueOf(point, tag + lowEnding);
            const double* high = valueOf(point, tag + highEnding);
            if (low && high) {
                next.lows = {*low};
                next.highs = {*high};
            }
            extend(result[tag], next);
        }
    return result;
}

void MetricHistory::append(const std::vector<engine::MetricPoint>& points) {
    for (const auto& [tag, added] : seriesOf(points))
        extend(series_[tag], added);
    for (const engine::MetricPoint& point : points)
        lastStep_ = std::max(lastStep_, qint64(point.step));
}

void MetricHistory::prepend(const std::vector<engine::MetricPoint>& points) {
    std::map<std::string, MetricSeries> all = seriesOf(points);
    for (auto& [tag, before] : all) {
        MetricSeries& series = series_[tag];
        extend(before, series);
        series = std::move(before);
    }
    if (!points.empty())
        lastStep_ = std::max(lastStep_, qint64(points.back().step));
}

void MetricHistory::clear() {
    series_.clear();
    lastStep_ = 0;
}

double MetricHistory::latest(const std::string& tag) const {
    const auto found = series_.find(tag);
    return found == series_.end() || found->second.values.isEmpty() ? std::numeric_limits<double>::quiet_NaN()
                                                                    : found->second.values.last();
}

} // namespace alphascope::ui
