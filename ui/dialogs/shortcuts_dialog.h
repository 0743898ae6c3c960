#pragma once
// The list of keyboard shortcuts.

#include <QDialog>
#include <QList>
#include <QString>

#include <utility>

namespace alphascope::ui {

class ShortcutsDialog : public QDialog {
    Q_OBJECT
public:
    /// Pairs of keys ("Ctrl+S") and what they do.
    explicit ShortcutsDialog(const QList<std::pair<QString, QString>>& shortcuts, QWidget* parent = nullptr);
};

} // namespace alphascope::ui
