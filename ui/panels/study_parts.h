#pragma once
// What the panels of a study share: choosers and the marks of what is selected and highlighted. GUI thread
// only.

#include <QStringList>

#include <optional>

#include "ui/session/study_controller.h"

class QComboBox;

namespace alphascope::ui {

class SettingPlot;

/// Tells nobody, and leaves a chooser alone (it may be open just now) whose entries stay the same. Keeps the
/// choice where it is still there.
void fillChooser(QComboBox* chooser, const QStringList& entries);
/// "All methods" and the study's.
void fillMethodChooser(QComboBox* chooser, const StudyController& controller);
/// Nothing for all.
std::optional<std::size_t> chosenMethod(const QComboBox* chooser);

/// Brings what is selected and highlighted to a plot of the slot's ranking.
void showStudyMarks(SettingPlot* plot, const StudyController& controller, StudySlot slot);

} // namespace alphascope::ui
