#pragma once
// Text between the engine and people, for functions that belong to no QObject. No widgets.

#include <QCoreApplication>
#include <QString>

#include <string>

namespace alphascope::ui {

/// The engine's UTF-8.
inline QString text(const std::string& value) {
    return QString::fromStdString(value);
}

/// In the language of the window.
inline QString tr(const char* source) {
    return QCoreApplication::translate("alphascope", source);
}

} // namespace alphascope::ui
