#include "ui/theme/theme.h"

#include "ui/theme/icons.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>
#include <QStyleHints>

namespace alphascope::ui {

namespace {

QPalette paletteOf(const Tokens& t) {
    QPalette palette;
    palette.setColor(QPalette::Window, t.background);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.panel);
    palette.setColor(QPalette::AlternateBase, t.raised);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.muted);
    palette.setColor(QPalette::Button, t.raised);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.red);
    palette.setColor(QPalette::ToolTipBase, t.raised);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Highlight, t.accent);
    palette.setColor(QPalette::HighlightedText, t.onAccent);
    palette.setColor(QPalette::Link, t.accent);
    palette.setColor(QPalette::LinkVisited, t.accent);
    palette.setColor(QPalette::Light, mix(t.raised, t.text, 0.08));
    palette.setColor(QPalette::Midlight, t.raised);
    palette.setColor(QPalette::Mid, t.line);
    palette.setColor(QPalette::Dark, mix(t.line, t.background, 0.3));
    palette.setColor(QPalette::Shadow, QColor(0, 0, 0, t.dark ? 160 : 60));
    const QColor faint = mix(t.panel, t.muted, 0.6);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::PlaceholderText, QPalette::Link}) {
        palette.setColor(QPalette::Disabled, role, faint);
    }
    palette.setColor(QPalette::Disabled, QPalette::Highlight, t.line);
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, faint);
    return palette;
}

// A desktop's own font is the user's choice. Only where the platform has none to offer (generic aliases, no
// desktop) a good one is picked, with figures of one width: before Qt 6.7 Inter's cannot be switched to that.
QFont windowFont(const QFont& system) {
    static const QStringList generic = {QStringLiteral("Sans Serif"),  QStringLiteral("Sans"),
                                        QStringLiteral("sans"),        QStringLiteral("sans-serif"),
                                        QStringLiteral("DejaVu Sans"), QString()};
    if (!generic.contains(system.family())) {
        return tabularFont(system);
    }
    QStringList wanted = {QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"),
                          QStringLiteral("Noto Sans CJK SC")};
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    wanted.prepend(QStringLiteral("Inter"));
#endif
    const QStringList installed = QFontDatabase::families();
    QStringList families;
    for (const QString& family : wanted) {
        if (installed.contains(family)) {
            families.append(family);
        }
    }
    QFont font = system;
    if (!families.isEmpty()) {
        font.setFamilies(families);
    }
    font.setPointSizeF(9.75); // 13 px at 96 dpi
    font.setHintingPreference(QFont::PreferNoHinting);
    return tabularFont(font);
}

} // namespace

Theme::Theme(QApplication* application)
    : QObject(application), application_(application),
      startedDark_(application->palette().color(QPalette::Window).lightness() < 128) {
    setObjectName(QStringLiteral("alphascopeTheme"));
    ensureThemeResources();
    QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    QApplication::setFont(windowFont(QApplication::font()));
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
        if (kind_ == ThemeKind::System) {
            apply(ThemeKind::System);
        }
    });
#endif
    apply(ThemeKind::System);
}

Theme* Theme::instance() {
    return qApp ? qApp->findChild<Theme*>(QStringLiteral("alphascopeTheme"), Qt::FindDirectChildrenOnly)
                : nullptr;
}

bool Theme::systemIsDark() const {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const Qt::ColorScheme scheme = QGuiApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown) {
        return scheme == Qt::ColorScheme::Dark;
    }
#endif
    return startedDark_ ||
           qEnvironmentVariable("GTK_THEME").endsWith(QLatin1String("dark"), Qt::CaseInsensitive);
}

bool Theme::isDark() const {
    return tokens().dark;
}

void Theme::apply(ThemeKind kind) {
    kind_ = kind;
    const bool dark = kind == ThemeKind::Dark || (kind == ThemeKind::System && systemIsDark());
    const Tokens value = dark ? darkTokens() : lightTokens();
    setTokens(value);
    QApplication::setPalette(paletteOf(value));
    application_->setStyleSheet(styleSheet(value));
    Q_EMIT changed();
}

QString themeName(ThemeKind kind) {
    switch (kind) {
    case ThemeKind::Light:
        return QStringLiteral("light");
    case ThemeKind::Dark:
        return QStringLiteral("dark");
    case ThemeKind::System:
        break;
    }
    return QStringLiteral("system");
}

ThemeKind themeFromName(const QString& name) {
    if (name == QLatin1String("light")) {
        return ThemeKind::Light;
    }
    return name == QLatin1String("dark") ? ThemeKind::Dark : ThemeKind::System;
}

} // namespace alphascope::ui
