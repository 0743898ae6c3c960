#pragma once
// Colours of many points: by category and by value. GUI thread only (they follow the theme in force).

#include <QColor>

namespace alphascope::ui {

/// Colour of a category; repeats after categoryColorCount(). The first ten stay apart for normal,
/// protanopic, deuteranopic and tritanopic sight on the ground of the theme; the second ten are as far from
/// them as twenty colours can be. No colour is the only sign: what shows them also names the category.
QColor categoryColor(int index);
int categoryColorCount();

/// What has no category or no value.
QColor missingColor();

/// A scale for values of single points, 0 to 1, clamped: away from the ground with every step, so that it
/// reads without hues too. (sequentialColor() begins at the ground, where a point would not be seen.)
QColor pointValueColor(double value);

} // namespace alphascope::ui
