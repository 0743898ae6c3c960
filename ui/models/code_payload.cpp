#include "ui/models/code_payload.h"

#include <QDataStream>
#include <QIODevice>

#include <cmath>

namespace alphascope::ui {

namespace {

constexpr quint32 magic = 0x416c7043;
constexpr quint32 largestCode = 65536;

} // namespace

QByteArray packCode(const CodePayload& payload) {
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream.setFloatingPointPrecision(QDataStream::SinglePrecision);
    stream << magic << payload.label << quint32(payload.code.size());
    for (const float value : payload.code)
        stream << value;
    return bytes;
}

CodePayload unpackCode(const QByteArray& bytes) {
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_0);
    stream.setFloatingPointPrecision(QDataStream::SinglePrecision);
    quint32 found = 0;
    quint32 size = 0;
    CodePayload payload;
    stream >> found;
    if (found != magic)
        return {};
    stream >> payload.label >> size;
    if (stream.status() != QDataStream::Ok || size == 0 || size > largestCode)
        return {};
    payload.code.resize(size);
    for (float& value : payload.code) {
        stream >> value;
        if (!std::isfinite(value))
            return {};
    }
    return stream.status() == QDataStream::Ok ? payload : CodePayload{};
}

} // namespace alphascope::ui
