#pragma once
// The one style sheet of the program, generated from tokens. Dynamic properties that it knows:
//   QPushButton/QToolButton  "primary" = true   accent ground (the one main action of a view)
//                            "flat"    = true   no ground until hovered (header tools)
//                            "link"    = true   accent text, no ground
//   QLabel                   "role" = "title" | "caption" | "value" | "hint" | "heading"
//   any QWidget              "ground" = "window" | "panel" | "raised"

#include "ui/theme/tokens.h"

#include <QString>

namespace alphascope::ui {

QString styleSheet(const Tokens& tokens);

} // namespace alphascope::ui
