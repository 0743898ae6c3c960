#include "ui/widgets/drag_payload.h"

#include <QDrag>
#include <QMimeData>
#include <QPixmap>
#include <QUrl>
#include <QWidget>

#include <algorithm>

namespace alphascope::ui {

QString payloadMimeType() {
    return QStringLiteral("application/x-alphascope-item");
}

QMimeData* makePayload(const QImage& image, const QByteArray& payload) {
    auto* mime = new QMimeData;
    if (!image.isNull()) {
        mime->setImageData(image);
    }
    if (!payload.isEmpty()) {
        mime->setData(payloadMimeType(), payload);
    }
    return mime;
}

void runDrag(QWidget* source, const QImage& image, const QByteArray& payload) {
    auto* drag = new QDrag(source); // Qt deletes it after the drop
    drag->setMimeData(makePayload(image, payload));
    if (!image.isNull()) {
        const int zoom = std::max(1, 64 / std::max(1, std::max(image.width(), image.height())));
        const QPixmap picture = QPixmap::fromImage(image.scaled(image.size() * zoom));
        drag->setPixmap(picture);
        drag->setHotSpot({picture.width() / 2, picture.height() / 2});
    }
    drag->exec(Qt::CopyAction);
}

QStringList droppedFiles(const QMimeData* mime) {
    QStringList files;
    if (mime) {
        for (const QUrl& url : mime->urls()) {
            if (url.isLocalFile()) {
                files.append(url.toLocalFile());
            }
        }
    }
    return files;
}

DropContent readDrop(const QMimeData* mime) {
    DropContent content;
    if (!mime) {
        return content;
    }
    if (mime->hasFormat(payloadMimeType())) {
        content.payload = mime->data(payloadMimeType());
    } else if (const QString file = droppedFiles(mime).value(0); !file.isEmpty()) {
        content.file = file;
    } else if (mime->hasImage()) {
        content.image = qvariant_cast<QImage>(mime->imageData());
    }
    return content;
}

bool canReadDrop(const QMimeData* mime) {
    return mime && (mime->hasFormat(payloadMimeType()) || mime->hasImage() || !droppedFiles(mime).isEmpty());
}

} // namespace alphascope::ui
