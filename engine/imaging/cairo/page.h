#pragma once
// Pages that cairo draws on: a picture or a PDF, from one drawing function. One thread.

#include <cairo.h>

#include <functional>
#include <string>

#include "engine/api/image.h"

namespace alphascope::engine {

inline constexpr double pixelsPerUnit = 2.0; ///< of a unit of 1/96 inch
inline constexpr double pointsPerUnit = 0.75;
inline constexpr double largestSide = 15000.0; ///< units; cairo's own limit is 32,767 pixels

/// Draws on the page, `scale` of its units to one of ours.
using PageArtist = std::function<void(cairo_surface_t* page, double scale)>;

/// Width and height in units. Throws Error(Internal) when cairo could not draw.
Image paintPicture(double width, double height, const PageArtist& artist);
/// Of the same bytes each time.
std::string paintPdf(double width, double height, const PageArtist& artist);

/// Text that breaks and measures alike in a picture and in a PDF.
void useUnhintedText(cairo_t* cairo);

} // namespace alphascope::engine
