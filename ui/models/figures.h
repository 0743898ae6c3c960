#pragma once
// Numbers as the window prints them: always in the C locale, always with their unit. Pure.

#include <QString>

#include <cstdint>
#include <string>

namespace alphascope::ui {

QString stepText(std::int64_t step);              ///< "12,340"
QString rateText(double stepsPerSecond);          ///< "31.2 it/s", "4.0 s/it", "" when unknown
QString bytesText(std::uint64_t bytes);           ///< "0.9 GB"
QString millisecondsText(double ms);              ///< "9 ms", "0.4 ms"
QString figureText(double value, int digits = 3); ///< significant digits, "0.121"; "not a number" for NaN
/// "color-glyphs", or the last part of a path.
QString dataTitle(const std::string& data, const std::string& transform = {});

} // namespace alphascope::ui
