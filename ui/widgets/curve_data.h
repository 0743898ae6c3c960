#pragma once
// The points of one curve and its smoothed values, kept up to date as points arrive. No drawing; GUI thread
// only.

#include "ui/widgets/curve_math.h"

#include <QString>
#include <QVector>

#include <limits>

namespace alphascope::ui {

struct CurveSeries {
    QString name;
    QString label;
    int colorIndex = 0;
    bool visible = true;
    QVector<double> steps;
    QVector<double> walls; ///< seconds since 1970, never falling
    QVector<double> values;
    QVector<double> smoothed;
    /// The interval around each value and the same smoothed as the value is; NaN where there is none, and
    /// empty as long as there is none at all.
    QVector<double> lows;
    QVector<double> highs;
    QVector<double> smoothedLows;
    QVector<double> smoothedHighs;
    QVector<int> badPoints; ///< indices of values that are not finite
    double lowest = 0;      ///< of the finite values and intervals
    double highest = 0;
    double lowestPositive = 0; ///< 0 when there is none
    bool hasFinite = false;

    bool hasBand() const { return banded_; }
    int count() const { return static_cast<int>(values.size()); }

    /// A step at or before the last one means that the run went on from an earlier checkpoint: the points
    /// from that step on, which never led anywhere, make room.
    void append(double step, double wall, double value, double low = notGiven, double high = notGiven);
    void setSmoothing(double weight);
    double smoothing() const { return average_.weight(); }

private:
    static constexpr double notGiven = std::numeric_limits<double>::quiet_NaN();

    void cutFrom(double step);
    void account(double value);
    void accountBound(double bound);
    void accountAt(int index);
    void recompute();

    bool banded_ = false; ///< a point with an interval came
    DebiasedAverage average_{0.6};
    DebiasedAverage lowAverage_{0.6};
    DebiasedAverage highAverage_{0.6};
};

} // namespace alphascope::ui
