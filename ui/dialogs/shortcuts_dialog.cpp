#include "ui/dialogs/shortcuts_dialog.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace alphascope::ui {

ShortcutsDialog::ShortcutsDialog(const QList<std::pair<QString, QString>>& shortcuts, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Keyboard shortcuts"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 18, 20, 16);
    layout->setSpacing(14);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(28);
    grid->setVerticalSpacing(7);
    // Two columns of pairs, filled downwards.
    const int rows = int(shortcuts.size() + 1) / 2;
    for (int i = 0; i < int(shortcuts.size()); ++i) {
        auto* keys = new QLabel(shortcuts[i].first, this);
        keys->setProperty("role", QStringLiteral("value"));
        auto* meaning = new QLabel(shortcuts[i].second, this);
        grid->addWidget(keys, i % rows, i / rows * 2);
        grid->addWidget(meaning, i % rows, i / rows * 2 + 1);
    }
    layout->addLayout(grid);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

} // namespace alphascope::ui
