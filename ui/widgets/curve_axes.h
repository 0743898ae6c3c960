#pragma once
// How the axes of a CurvePlot are labelled, and how numbers read in the cross-hair.

#include "ui/widgets/curve_plot.h"
#include "ui/widgets/qcustomplot_wrapper.h"

namespace alphascope::ui {

/// "950", "2.5k", "1.25M".
QString stepText(double step);
/// Four significant digits, true minus sign, "1.2e−5" where plain digits would be long; NaN and ∞ by name.
QString curveValueText(double value);
/// The x of a point as text, in the units of the axis.
QString axisValueText(CurveAxis axis, double x);

QSharedPointer<QCPAxisTicker> xTicker(CurveAxis axis);
/// About so many of its labels stand beside each other on an axis of this length.
int xTickCount(const QCPAxis& axis, CurveAxis kind, int length);
QSharedPointer<QCPAxisTicker> yTicker(const QCPAxis& axis, bool logarithmic);

} // namespace alphascope::ui
