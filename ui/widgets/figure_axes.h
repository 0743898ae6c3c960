#pragma once
// Labels and words that the plots of a study share. GUI thread only.

#include <QColor>
#include <QFont>
#include <QPainter>
#include <QString>
#include <QStringList>

#include <vector>

#include "engine/api/study.h"

namespace alphascope::ui {

/// "−0.5", "0.0", "0.5": as many decimals as the steps between rising ticks need, where those are even; true
/// minus signs.
QStringList tickTexts(const std::vector<double>& ticks);

/// As curveValueText(), but with all digits before the point: "21530", not "2.153e4".
QString settingText(double value);
/// Three significant digits: "21500", "0.0822".
QString shortText(double value);

/// Small, with figures of one width.
QFont axisFont(const QFont& base);

/// Upright or level, one pixel wide, on whole device pixels.
void paintGridLine(QPainter& painter, const QPointF& from, const QPointF& to, const QColor& color);

/// "higher is better"
QString aimText(engine::FigureAim aim);

} // namespace alphascope::ui
