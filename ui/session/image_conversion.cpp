#include "ui/session/image_conversion.h"

#include <QFileInfo>
#include <QPainter>
#include <QStringList>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace alphascope::ui {

namespace {

bool consistent(const engine::Image& image) {
    return image.width > 0 && image.height > 0 && (image.channels == 1 || image.channels == 3) &&
           image.pixels.size() == std::size_t(image.width) * image.height * image.channels;
}

} // namespace

bool looksLikePicture(const QString& path) {
    static const QStringList suffixes{QStringLiteral("png"),  QStringLiteral("jpg"), QStringLiteral("jpeg"),
                                      QStringLiteral("webp"), QStringLiteral("bmp"), QStringLiteral("tif"),
                                      QStringLiteral("tiff")};
    return suffixes.contains(QFileInfo(path).suffix().toLower());
}

QImage toQImage(engine::Image&& image) {
    if (!consistent(image))
        return {};
    // The QImage's cleanup function owns the heap copy of the Image, so the pixel block itself never moves.
    auto* owner = new engine::Image(std::move(image));
    const auto format = owner->channels == 1 ? QImage::Format_Grayscale8 : QImage::Format_RGB888;
    return QImage(
        owner->pixels.data(), owner->width, owner->height, qsizetype(owner->width) * owner->channels, format,
        [](void* data) { delete static_cast<engine::Image*>(data); }, owner);
}

QImage toQImage(const engine::Image& image) {
    return toQImage(engine::Image(image));
}

QVector<QImage> toQImages(const std::vector<engine::Image>& images) {
    QVector<QImage> result;
    result.reserve(qsizetype(images.size()));
    for (const engine::Image& image : images)
        result.append(toQImage(image));
    return result;
}

engine::Image toEngineImage(const QImage& image) {
    if (image.isNull())
        return {};
    QImage source = image;
    if (source.hasAlphaChannel()) {
        QImage flat(source.size(), QImage::Format_RGB888);
        flat.fill(Qt::white);
        QPainter painter(&flat);
        painter.drawImage(0, 0, source);
        painter.end();
        source = flat;
    }
    const bool grey = source.format() == QImage::Format_Grayscale8;
    if (!grey)
        source = source.convertToFormat(QImage::Format_RGB888);
    engine::Image result(source.width(), source.height(), grey ? 1 : 3);
    const std::size_t rowBytes = std::size_t(result.width) * std::size_t(result.channels);
    for (int y = 0; y < result.height; ++y)
        std::memcpy(result.pixels.data() + std::size_t(y) * rowBytes, source.constScanLine(y), rowBytes);
    return result;
}

QImage errorPicture(const engine::Image& a, const engine::Image& b) {
    if (!consistent(a) || !consistent(b) || a.width != b.width || a.height != b.height ||
        a.channels != b.channels)
        return {};
    engine::Image result(a.width, a.height, 1);
    const auto channels = std::size_t(a.channels);
    for (std::size_t i = 0; i < result.pixels.size(); ++i) {
        int sum = 0;
        for (std::size_t c = 0; c < channels; ++c)
            sum += std::abs(int(a.pixels[i * channels + c]) - int(b.pixels[i * channels + c]));
        result.pixels[i] = std::uint8_t(sum / a.channels);
    }
    return toQImage(std::move(result));
}

} // namespace alphascope::ui
