#pragma once
// One row "name, slider, value, reset" as data, geometry and drawing: shared by DirectionSlider (one row) and
// SliderList (hundreds of rows in one paint). GUI thread only.

#include <QRectF>
#include <QString>
#include <QVector>

#include <optional>

class QPainter;
class QFont;

namespace alphascope::ui {

/// What a row controls.
struct Direction {
    QString id;      ///< stable name ("pc:1", "raw:12")
    QString label;   ///< what the user reads ("PC 1", "bold")
    QString group;   ///< for filters ("raw", "PCA", "mine"); may be empty
    QString toolTip; ///< what it means
    double minimum = -3;
    double maximum = 3;
    double defaultValue = 0;
    double step = 0.1; ///< one press of an arrow key, one notch of the wheel
    int decimals = 2;
    bool starred = false; ///< the user's own
};

struct SliderRowGeometry {
    QRectF label;
    QRectF groove; ///< where the handle's centre moves, over the row's whole height
    QRectF value;
    QRectF reset;

    /// Lays a row out; the label and the value get the widths given, the slider the rest.
    static SliderRowGeometry of(const QRectF& row, double labelWidth, double valueWidth);
    double xOf(const Direction& direction, double value) const;
    /// Clamped to the range.
    double valueAt(const Direction& direction, double x) const;
};

struct SliderRowState {
    double value = 0;
    bool enabled = true;
    bool focused = false;
    bool hovered = false;
    bool pressed = false;
    bool resetHovered = false;
    /// Shares from 0 to 1 over the groove, drawn beneath it as a hill: what waits at each value. May be
    /// empty.
    QVector<float> profile;
};

bool isDefault(const Direction& direction, double value);
/// Clamped into the range; NaN gives the default.
double sanitized(const Direction& direction, double value);
QString valueText(const Direction& direction, double value);
/// Reads "1.5", "1,5" and a true minus sign; nothing when it is not a finite number.
std::optional<double> parseValue(const QString& text);

/// What a key does to a value: Left and Right by a step (with large: ten), Home and End to the ends, Delete
/// and Backspace to the default. Nothing for other keys.
std::optional<double> valueAfterKey(const Direction& direction, double value, int key, bool large);

void paintSliderRow(QPainter& painter, const SliderRowGeometry& geometry, const Direction& direction,
                    const SliderRowState& state, const QFont& font);

/// Height of a row, and the widths that a direction's value and label need, for a font.
int sliderRowHeight(const QFont& font);
double sliderValueWidth(const Direction& direction, const QFont& font);
double sliderLabelWidth(const Direction& direction, const QFont& font);

} // namespace alphascope::ui
