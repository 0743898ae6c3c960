#pragma once
// The arithmetic of curves: smoothing, thinning, ranges. Pure functions, no Qt widgets; any thread.

#include <QVector>

#include <utility>

namespace alphascope::ui {

/// Exponential moving average without start-up bias, as TensorBoard draws it: for every finite y
///   last = s * last + (1 - s) * y,  n = n + 1,  out = last / (1 - s^n).
/// Values that are not finite pass through and leave last and n alone; a constant series comes back
/// unchanged. The state can be kept, so that appended points cost only themselves.
class DebiasedAverage {
public:
    /// weight s in [0, 1); values outside are clamped to [0, 0.999].
    explicit DebiasedAverage(double weight);
    double add(double value);
    double weight() const { return weight_; }

private:
    double weight_;
    double last_ = 0;
    double power_ = 1; ///< s^n
    double first_ = 0;
    bool started_ = false;
    bool constant_ = true;
};

QVector<double> smooth(const QVector<double>& values, double weight);

/// Range [lower, upper] (fractions in [0, 1]) of the finite values by linear interpolation between order
/// statistics, as numpy.percentile does. {0, 1} where nothing is finite.
std::pair<double, double> percentileRange(QVector<double> values, double lower, double upper);

/// Indices to draw of the points whose x (ascending) lies in [from, to], and one neighbour on each side: all
/// of them when there are few, else first, lowest, highest and last of every one of `columns` equal slices,
/// so that no spike is lost. Points that are not finite are left out.
QVector<int> thinOut(const QVector<double>& x, const QVector<double>& y, double from, double to, int columns);

/// Index of the point whose x (ascending) is nearest, or -1 when empty.
int nearestIndex(const QVector<double>& x, double at);

/// A range with some air around it; a range without extent gets one. For log scales both ends are made
/// positive.
std::pair<double, double> padded(std::pair<double, double> range, double fraction, bool logarithmic);

} // namespace alphascope::ui
