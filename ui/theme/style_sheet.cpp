#include "ui/theme/style_sheet.h"

#include <QHash>

namespace alphascope::ui {

namespace {

// @name stands for a token; see values().
const char* const groundRules = R"(
QMainWindow, QDialog, QWidget[ground="window"] { background: @background; }
QWidget[ground="panel"] { background: @panel; }
QWidget[ground="popup"] { background: @panel; border: 1px solid @lineHover; }
QWidget[ground="raised"] { background: @raised; border-radius: @controlRadius; }
QMainWindow::separator { background: @background; width: 6px; height: 6px; }
QMainWindow::separator:hover { background: @line; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: @line; border-radius: 2px; }
QSplitter::handle:horizontal { width: 6px; }
QSplitter::handle:vertical { height: 6px; }
QToolTip { background: @raised; color: @text; border: 1px solid @line; padding: 5px 7px; }
QLabel { background: transparent; }
QLabel[role="caption"], QLabel[role="hint"] { color: @muted; }
QLabel[role="title"] { color: @muted; }
QLabel[role="heading"] { font-size: 15px; font-weight: 600; }
QLabel[role="value"] { font-weight: 600; }
QFrame[frameShape="4"], QFrame[frameShape="5"] { color: @line; }
QDockWidget { titlebar-close-icon: none; color: @muted; border: none; }
QDockWidget::title { background: @background; padding: 3px 6px; text-align: left; }
QGroupBox { border: none; margin-top: 22px; padding: 0; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; color: @muted; padding: 4px 0 2px 0; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QStatusBar { background: @background; color: @muted; border-top: 1px solid @line; }
QStatusBar::item { border: none; }
QToolBar { background: @background; border: none; border-bottom: 1px solid @line; padding: 6px 10px; spacing: 6px; }
QToolBar::separator { background: @line; width: 1px; margin: 4px 6px; }
)";

const char* const buttonRules = R"(
QPushButton, QToolButton {
  background: @raised; color: @text; border: 1px solid @line; border-radius: @controlRadius;
  padding: 4px 11px; min-height: 18px; }
QToolButton { padding: 4px 7px; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QFileDialog QToolButton { padding: 2px; }
QPushButton:hover, QToolButton:hover { background: @hover; border-color: @lineHover; }
QPushButton:pressed, QToolButton:pressed { background: @pressed; }
QPushButton:checked, QToolButton:checked { background: @accentSoft; border-color: @accentLine; }
QPushButton:focus, QToolButton:focus { border: 2px solid @accent; padding: 3px 10px; }
QToolButton:focus { padding: 3px 6px; }
QPushButton:disabled, QToolButton:disabled { color: @faint; background: @disabledGround; border-color: @lineFaint; }
QPushButton[primary="true"], QToolButton[primary="true"] {
  background: @accent; color: @onAccent; border: 1px solid @accent; font-weight: 600; padding: 4px 13px; }
QPushButton[primary="true"]:hover, QToolButton[primary="true"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[primary="true"]:pressed, QToolButton[primary="true"]:pressed { background: @accentPressed; }
QPushButton[primary="true"]:focus, QToolButton[primary="true"]:focus { border: 2px solid @text; padding: 3px 12px; }
QPushButton[primary="true"]:disabled, QToolButton[primary="true"]:disabled {
  background: @raised; color: @faint; border-color: @lineFaint; }
QPushButton[flat="true"], QToolButton[flat="true"] { background: transparent; border: 1px solid transparent; padding: 2px 6px; }
QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover { background: @hover; }
QPushButton[flat="true"]:checked, QToolButton[flat="true"]:checked { background: @accentSoft; color: @accent; }
QPushButton[flat="true"]:focus, QToolButton[flat="true"]:focus { border: 1px solid @accent; }
QPushButton[link="true"], QToolButton[link="true"] {
  background: transparent; border: 1px solid transparent; color: @accent; padding: 2px 4px; }
QPushButton[link="true"]:hover, QToolButton[link="true"]:hover { background: @accentSoft; }
QPushButton[link="true"]:focus, QToolButton[link="true"]:focus { border: 1px solid @accent; }
QPushButton[link="true"]:disabled, QToolButton[link="true"]:disabled { color: @faint; background: transparent; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton[popupMode="1"] { padding-right: 20px; }
QToolButton::menu-button { border: none; border-left: 1px solid @line; width: 16px; }
QToolButton::menu-arrow { image: url(:/themes/@theme/chevron-down.svg); width: 10px; height: 10px; }
QPushButton::menu-indicator { image: url(:/themes/@theme/chevron-down.svg); width: 10px; height: 10px;
  subcontrol-position: right center; subcontrol-origin: padding; right: 6px; }
)";

const char* const inputRules = R"(
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit {
  background: @raised; color: @text; border: 1px solid @line; border-radius: @controlRadius;
  padding: 2px 8px; min-height: 18px; selection-background-color: @accent; selection-color: @onAccent; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: @lineHover; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
  border: 2px solid @accent; padding: 1px 7px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled {
  color: @faint; background: @disabledGround; border-color: @lineFaint; }
QLineEdit:read-only { background: @panel; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"] { border: 1px solid @red; }
QComboBox { padding-right: 22px; }
QComboBox:focus { padding-right: 21px; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: 20px; border: none; }
QComboBox::down-arrow { image: url(:/themes/@theme/chevron-down.svg); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: @raised; color: @text; border: 1px solid @line; outline: 0;
  selection-background-color: @accentSoft; selection-color: @text; padding: 3px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { background: transparent; border: none; width: 16px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url(:/themes/@theme/chevron-up.svg); width: 8px; height: 8px; }
QAbstractSpinBox::down-arrow { image: url(:/themes/@theme/chevron-down.svg); width: 8px; height: 8px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: @hover; border-radius: 3px; }
QCheckBox, QRadioButton { spacing: 7px; background: transparent; padding: 2px; border: 1px solid transparent;
  border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border: 1px solid @accent; }
QCheckBox:disabled, QRadioButton:disabled { color: @faint; }
QCheckBox::indicator, QRadioButton::indicator, QMenu::indicator, QTreeView::indicator, QTableView::indicator,
QListView::indicator, QGroupBox::indicator { width: 13px; height: 13px; border: 1px solid @lineHover;
  background: @raised; border-radius: 3px; }
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: @accent; }
QCheckBox::indicator:checked, QMenu::indicator:checked, QTreeView::indicator:checked, QTableView::indicator:checked,
QListView::indicator:checked, QGroupBox::indicator:checked {
  background: @accent; border-color: @accent; image: url(:/themes/@theme/check.svg); }
QRadioButton::indicator:checked, QMenu::indicator:exclusive:checked {
  background: @accent; border-color: @accent; image: url(:/themes/@theme/dot.svg); }
QMenu::indicator:exclusive { border-radius: 7px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: @line; background: @disabledGround; }
QSlider { min-height: 18px; background: transparent; border: 1px solid transparent; border-radius: 4px; }
QSlider:focus { border: 1px solid @accent; }
QSlider::groove:horizontal { height: 4px; background: @line; border-radius: 2px; margin: 0 2px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; margin: 0 2px; }
QSlider::sub-page:horizontal:disabled { background: @line; }
QSlider::handle:horizontal { background: @panel; border: 2px solid @accent; width: 9px; height: 9px;
  margin: -5px 0; border-radius: 6px; }
QSlider::handle:horizontal:hover { background: @accent; }
QSlider::handle:horizontal:disabled { border-color: @line; background: @panel; }
QProgressBar { background: @line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; color: transparent; }
QProgressBar::chunk { background: @accent; border-radius: 3px; }
)";

const char* const viewRules = R"(
QTabWidget::pane { border: none; background: transparent; }
QTabWidget::tab-bar { left: 4px; }
QTabBar { background: transparent; border: none; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @muted; padding: 6px 14px 6px 14px; margin-right: 2px;
  border: 1px solid transparent; border-top: 2px solid transparent;
  border-top-left-radius: @controlRadius; border-top-right-radius: @controlRadius; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { background: @panel; color: @text; border: 1px solid @line; border-top: 2px solid @accent;
  border-bottom: 1px solid @panel; }
QTabBar::tab:focus { border: 1px solid @accent; border-top: 2px solid @accent; }
QTabBar::tab:disabled { color: @faint; }
QAbstractItemView { background: transparent; alternate-background-color: @stripe; border: none; outline: 0;
  selection-background-color: @accentSoft; selection-color: @text; }
QTreeView::item, QListView::item { padding: 4px 4px; border-radius: @controlRadius; border: 1px solid transparent; }
QListView::item:disabled { color: @muted; background: transparent; }
QTableView { gridline-color: @line; }
QTableView::item { padding: 4px 6px; border: none; border-bottom: 1px solid @line; }
QTreeView::item:hover, QListView::item:hover, QTableView::item:hover { background: @stripe; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected { background: @accentSoft; color: @text; }
QTreeView::item:focus, QListView::item:focus { border: 1px solid @accentLine; }
QTreeView::branch { background: transparent; border-image: none; }
QTreeView::branch:has-children:closed { image: url(:/themes/@theme/chevron-right.svg); }
QTreeView::branch:has-children:open { image: url(:/themes/@theme/chevron-down.svg); }
QAbstractItemView:focus { border: none; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: @muted; border: none; border-bottom: 1px solid @line;
  padding: 4px 6px; font-weight: 400; }
QHeaderView::section:hover { color: @text; }
QHeaderView::up-arrow { image: url(:/themes/@theme/chevron-up.svg); width: 9px; height: 9px; }
QHeaderView::down-arrow { image: url(:/themes/@theme/chevron-down.svg); width: 9px; height: 9px; }
QTableCornerButton::section { background: transparent; border: none; }
QMenuBar { background: @background; color: @muted; border: none; padding: 2px 6px; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: @controlRadius; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: @hover; color: @text; }
QMenu { background: @raised; color: @text; border: 1px solid @line; padding: 5px; }
QMenu::item { padding: 5px 26px 5px 10px; border-radius: 4px; }
QMenu::item:selected { background: @accentSoft; }
QMenu::item:disabled { color: @faint; }
QMenu::icon { padding-left: 6px; }
QMenu::separator { height: 1px; background: @line; margin: 5px 4px; }
QMenu::indicator { margin-left: 6px; }
QMenu::right-arrow { image: url(:/themes/@theme/chevron-right.svg); width: 9px; height: 9px; margin-right: 6px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle:vertical { background: @scroll; border-radius: 3px; margin: 2px 2px; min-height: 28px; }
QScrollBar::handle:horizontal { background: @scroll; border-radius: 3px; margin: 2px 2px; min-width: 28px; }
QScrollBar::handle:hover { background: @muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
)";

QHash<QString, QString> values(const Tokens& t) {
    const auto name = [](const QColor& color) {
        return QStringLiteral("rgba(%1,%2,%3,%4)")
            .arg(color.red())
            .arg(color.green())
            .arg(color.blue())
            .arg(color.alpha());
    };
    QHash<QString, QString> map;
    const auto put = [&](const char* key, const QColor& color) {
        map.insert(QLatin1String(key), name(color));
    };
    put("background", t.background);
    put("panel", t.panel);
    put("raised", t.raised);
    put("line", t.line);
    put("text", t.text);
    put("muted", t.muted);
    put("accent", t.accent);
    put("amber", t.amber);
    put("green", t.green);
    put("red", t.red);
    put("onAccent", t.onAccent);
    put("hover", mix(t.raised, t.text, 0.07));
    put("pressed", mix(t.raised, t.text, 0.13));
    put("lineHover", mix(t.line, t.text, 0.22));
    put("lineFaint", mix(t.line, t.panel, 0.4));
    put("disabledGround", mix(t.raised, t.panel, 0.6));
    put("faint", mix(t.panel, t.muted, 0.6));
    put("stripe", mix(t.panel, t.raised, t.dark ? 0.8 : 1.0));
    put("accentSoft", mix(t.panel, t.accent, t.dark ? 0.22 : 0.13));
    put("accentLine", mix(t.panel, t.accent, 0.6));
    put("accentHover", mix(t.accent, t.dark ? QColor(Qt::white) : QColor(Qt::black), 0.12));
    put("accentPressed", mix(t.accent, QColor(Qt::black), 0.2));
    put("scroll", mix(t.panel, t.muted, 0.4));
    map.insert(QStringLiteral("controlRadius"), QStringLiteral("%1px").arg(t.controlRadius));
    map.insert(QStringLiteral("panelRadius"), QStringLiteral("%1px").arg(t.panelRadius));
    map.insert(QStringLiteral("theme"), t.dark ? QStringLiteral("dark") : QStringLiteral("light"));
    return map;
}

// One pass over the text; a name runs as far as letters go, so that no token hides in a longer one.
QString filledIn(const QString& text, const QHash<QString, QString>& map) {
    QString result;
    result.reserve(text.size() * 2);
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != QLatin1Char('@')) {
            result.append(text[i]);
            continue;
        }
        qsizetype end = i + 1;
        while (end < text.size() && text[end].isLetter()) {
            ++end;
        }
        result.append(map.value(text.mid(i + 1, end - i - 1)));
        i = end - 1;
    }
    return result;
}

} // namespace

QString styleSheet(const Tokens& t) {
    const QString rules = QLatin1String(groundRules) + QLatin1String(buttonRules) +
                          QLatin1String(inputRules) + QLatin1String(viewRules);
    return filledIn(rules, values(t));
}

} // namespace alphascope::ui
