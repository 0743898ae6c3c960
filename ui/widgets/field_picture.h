#pragma once
// A field of numbers over a square as a picture in the theme's colours. GUI thread only.

#include <QImage>
#include <QVector>

namespace alphascope::ui {

/// values: n x n, row by row from the top. Blue where the field is positive and orange where it is negative,
/// by the largest magnitude; a field of one sign uses the sequential scale from its lowest to its highest
/// value. What is not finite stays transparent.
QImage fieldPicture(const QVector<float>& values, int n);

} // namespace alphascope::ui
