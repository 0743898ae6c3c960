#pragma once
// A method's traits in words for people: what choosers, tool tips and screen readers say. No widgets.

#include <QString>

#include "models/schema/method_traits.h"

namespace alphascope::ui {

/// "Auto-encoding GAN · 2017"
QString familyAndYear(const models::MethodTraits& traits);

/// What it cannot do, and what the window does instead, one sentence each: "It has no encoder: codes of
/// pictures are found by optimisation, which takes a while." Empty when it can do everything.
QStringList limits(const models::MethodTraits& traits);

/// The nodes by kind, then the arrows as chains.
QString diagramText(const models::Diagram& diagram);

/// Title, paper, year, explanation: the tool tip.
QString methodToolTip(const models::MethodTraits& traits);

} // namespace alphascope::ui
