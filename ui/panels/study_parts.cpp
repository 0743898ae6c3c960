#include "ui/panels/study_parts.h"

#include <QComboBox>
#include <QSignalBlocker>

#include <algorithm>

#include "ui/models/text.h"
#include "ui/widgets/setting_plot.h"

namespace alphascope::ui {

void fillChooser(QComboBox* chooser, const QStringList& entries) {
    QStringList before;
    for (int i = 0; i < chooser->count(); ++i)
        before << chooser->itemText(i);
    if (before == entries)
        return;
    const QSignalBlocker quiet(chooser);
    const QString chosen = chooser->currentText();
    chooser->clear();
    chooser->addItems(entries);
    chooser->setCurrentIndex(entries.isEmpty() ? -1 : std::max(0, chooser->findText(chosen)));
}

void fillMethodChooser(QComboBox* chooser, const StudyController& controller) {
    QStringList titles{tr("all methods")};
    if (const auto& reading = controller.reading())
        for (const engine::StudyMethod& method : reading->study().methods)
            titles << text(method.title);
    fillChooser(chooser, titles);
}

std::optional<std::size_t> chosenMethod(const QComboBox* chooser) {
    const int chosen = chooser->currentIndex();
    return chosen > 0 ? std::optional(std::size_t(chosen - 1)) : std::nullopt;
}

void showStudyMarks(SettingPlot* plot, const StudyController& controller, StudySlot slot) {
    QSet<int> shown;
    const engine::StudyFigures* figures = controller.figures(slot);
    if (const auto& keys = controller.highlighted(); keys && figures) {
        for (std::size_t i = 0; i < figures->ranking.settings.size(); ++i)
            if (keys->count(keyOf(figures->ranking.settings[i])) > 0)
                shown.insert(int(i));
        if (shown.isEmpty())
            shown.insert(-1); // all are left out, which an empty set would not say
    }
    plot->setHighlighted(shown);
    plot->setSelected(controller.selected() ? controller.rankedOf(slot, *controller.selected()) : -1);
}

} // namespace alphascope::ui
