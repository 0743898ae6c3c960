#pragma once
// The points of one curve and its smoothed values, kept up to date as points arrive. No drawing; GUI thread
// only.

#include "ui/widgets/curve_math.h"

#include <QString>
#include <QVector>

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
    QVector<int> badPoints; ///< indices of values that are not finite
    double lowest = 0;      ///< of the finite values
    double highest = 0;
    double lowestPositive = 0; ///< 0 when there is none
    bool hasFinite = false;

    int count() const { return static_cast<int>(values.size()); }

    /// A step at or before the last one means that the run went on from an earlier checkpoint: the points
    /// from that step on, which never led anywhere, make room.
    void append(double step, double wall, double value);
    void setSmoothing(double weight);
    double smoothing() const { return average_.weight(); }

private:
    void cutFrom(double step);
    void account(double value);
    void recompute();

    DebiasedAverage average_{0.6};
};

} // namespace alphascope::ui
