#pragma once
// The colours and measures of the window, in one place. Widgets, plots, icons and the style sheet read them
// here and nowhere else. GUI thread only.

#include <QColor>
#include <QFont>

namespace alphascope::ui {

/// One theme. Lengths are device-independent pixels.
struct Tokens {
    QColor background; ///< behind the panels
    QColor panel;      ///< a panel's ground
    QColor raised;     ///< a control's ground
    QColor line;       ///< borders, grid lines, slider grooves
    QColor text;
    QColor muted; ///< captions, axis labels, titles
    QColor accent;
    QColor amber;
    QColor green;
    QColor red;
    QColor onAccent;    ///< text on the accent colour
    QColor imageGround; ///< behind pictures: near black in both themes, so that pictures look alike
    bool dark = true;
    int panelRadius = 9;
    int controlRadius = 6;
    int gap = 6;      ///< between panels
    int padding = 10; ///< inside a panel
};

/// The tokens in force. The reference stays valid; its content changes with the theme.
const Tokens& tokens();

/// Used by Theme only; everybody else reads.
void setTokens(const Tokens& value);

Tokens darkTokens();
Tokens lightTokens();

/// Colour of the index-th curve or label, safe for the colour-blind; repeats after seriesColorCount().
QColor seriesColor(int index);
int seriesColorCount();

/// a where weight is 0, b where it is 1; alpha included.
QColor mix(const QColor& a, const QColor& b, double weight);

/// Sequential and diverging scales for fields and maps. value in [0, 1], and [-1, 1]; clamped.
QColor sequentialColor(double value);
QColor divergingColor(double value);

/// The window's font with figures of one width, where the font has them.
QFont tabularFont(QFont font);

/// Small capitals for panel titles: smaller, bolder, spaced; the text itself is put in upper case by
/// titleText().
QFont titleFont(const QFont& base);

/// Upper case without touching Greek letters and units in lower case words such as "α-GAN".
QString titleText(const QString& title);

} // namespace alphascope::ui
