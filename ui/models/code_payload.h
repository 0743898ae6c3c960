#pragma once
// A code that travels with a dragged picture: from a grid cell to the film strip, a pad's anchor, the view.

#include <QByteArray>
#include <QString>

#include <vector>

namespace alphascope::ui {

struct CodePayload {
    std::vector<float> code;
    QString label;
    bool empty() const { return code.empty(); }
};

QByteArray packCode(const CodePayload& payload);
/// Empty when the bytes are none of ours.
CodePayload unpackCode(const QByteArray& bytes);

} // namespace alphascope::ui
