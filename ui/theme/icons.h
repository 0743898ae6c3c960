#pragma once
// The program's icons: SVG drawings from resources/icons, coloured by the tokens at the moment they are
// painted, so that they follow the theme, and drawn at the screen's own resolution. GUI thread only.

#include <QIcon>
#include <QString>
#include <QStringList>

namespace alphascope::ui {

/// Which token colours the icon. A disabled icon is always faint.
enum class IconColor { Text, Muted, Accent, OnAccent, Amber, Green, Red };

/// name without folder and suffix, for instance "start". An unknown name gives an empty icon.
///
/// Names: start pause step stop checkpoint seed random reset undo redo add remove play loop export folder
/// live close warning error info check pin star menu search settings image film grid map chart compare study
/// sliders pad zoom-in zoom-out fit copy paste swap link trash camera help chevron-down chevron-right
/// chevron-left chevron-up more save next previous keyframe refine filter log eye eye-off theme
QIcon icon(const QString& name, IconColor color = IconColor::Text);

/// The program's own icon, in its own colours.
QIcon applicationIcon();

QStringList iconNames();

/// Makes the style sheet's pictures available; Theme calls it.
void ensureThemeResources();

} // namespace alphascope::ui
