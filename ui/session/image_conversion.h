#pragma once
// Pictures of the engine as Qt's and back. Pure; any thread.

#include <QImage>
#include <QString>
#include <QVector>

#include <memory>
#include <vector>

#include "engine/api/image.h"

namespace alphascope::ui {

/// By its ending.
bool looksLikePicture(const QString& path);

/// Takes the pixels over: no copy and no loop, the QImage keeps the vector alive. Grayscale8 or RGB888; null
/// for an empty picture or one whose sizes do not fit its pixels.
QImage toQImage(engine::Image&& image);
/// Copies the pixel block once.
QImage toQImage(const engine::Image& image);
QVector<QImage> toQImages(const std::vector<engine::Image>& images);

/// Grey pictures stay grey, everything else becomes RGB; transparent parts lie on white.
engine::Image toEngineImage(const QImage& image);

/// |a - b| as grey, the mean over the channels; white is the largest possible error. Null when the sizes
/// differ.
QImage errorPicture(const engine::Image& a, const engine::Image& b);

} // namespace alphascope::ui
