#include "ui/widgets/field_picture.h"

#include "ui/theme/tokens.h"

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

QImage fieldPicture(const QVector<float>& values, int n) {
    QImage picture(n, n, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    float low = 0;
    float high = 0;
    bool any = false;
    for (const float value : values) {
        if (std::isfinite(value)) {
            low = any ? std::min(low, value) : value;
            high = any ? std::max(high, value) : value;
            any = true;
        }
    }
    const bool diverging = low < 0 && high > 0;
    const float extent = std::max({std::abs(low), std::abs(high), 1e-12F});
    const float span = std::max(high - low, 1e-12F);
    for (int row = 0; row < n; ++row) {
        for (int column = 0; column < n; ++column) {
            const float value = values[static_cast<qsizetype>(row) * n + column];
            if (std::isfinite(value)) {
                const QColor color = diverging ? divergingColor(static_cast<double>(value / extent))
                                               : sequentialColor(static_cast<double>((value - low) / span));
                picture.setPixelColor(column, row, color);
            }
        }
    }
    return picture;
}

} // namespace alphascope::ui
