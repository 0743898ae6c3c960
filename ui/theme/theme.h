#pragma once
// The window's theme: light, dark or the system's. One object, created by the program right after the
// QApplication and owned by it; GUI thread only.
//
//     QApplication application(argc, argv);
//     auto* theme = new Theme(&application);   // applies ThemeKind::System
//
// A custom-painted widget reads tokens() while it paints, and repaints on QEvent::StyleChange or
// PaletteChange, which every widget gets from apply(); it needs no connection to this object.

#include <QObject>

class QApplication;

namespace alphascope::ui {

enum class ThemeKind { System, Light, Dark };

class Theme : public QObject {
    Q_OBJECT
public:
    /// Becomes a child of the application, sets the window font and applies ThemeKind::System.
    explicit Theme(QApplication* application);

    /// The application's theme, or null before it was created.
    static Theme* instance();

    /// Sets tokens, palette and style sheet; changed() follows.
    void apply(ThemeKind kind);

    /// What was asked for; isDark() tells what is shown.
    ThemeKind kind() const { return kind_; }
    bool isDark() const;

Q_SIGNALS:
    void changed();

private:
    bool systemIsDark() const;

    QApplication* application_;
    ThemeKind kind_ = ThemeKind::System;
    bool startedDark_ = false; ///< whether the palette found at the start was dark
};

/// The name stored in settings ("system", "light", "dark") and back; unknown names give System.
QString themeName(ThemeKind kind);
ThemeKind themeFromName(const QString& name);

} // namespace alphascope::ui
