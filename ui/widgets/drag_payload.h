#pragma once
// What travels when a picture is dragged from one widget to another (grid cell, film strip, image view): the
// picture itself, for other programs too, and an opaque payload by which the panels know which code it is.

#include <QByteArray>
#include <QImage>
#include <QStringList>

class QMimeData;
class QWidget;

namespace alphascope::ui {

/// MIME type of the payload ("application/x-alphascope-item").
QString payloadMimeType();

/// Caller owns the result. payload may be empty: then only the picture travels.
QMimeData* makePayload(const QImage& image, const QByteArray& payload);

/// Runs the drag with the picture, enlarged to about 64 px, under the pointer. Returns when it is over.
void runDrag(QWidget* source, const QImage& image, const QByteArray& payload);

/// What is in a drop, or on the clipboard: at most one of the three is set.
struct DropContent {
    QByteArray payload;
    QImage image;
    QString file; ///< first local file
    bool empty() const { return payload.isEmpty() && image.isNull() && file.isEmpty(); }
};
DropContent readDrop(const QMimeData* mime);
/// All local files and folders of a drop.
QStringList droppedFiles(const QMimeData* mime);
/// Whether readDrop() would find something, without decoding it.
bool canReadDrop(const QMimeData* mime);

} // namespace alphascope::ui
