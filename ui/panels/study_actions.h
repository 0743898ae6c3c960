#pragma once
// What can be done with a setting of a study, wherever it is shown: as calls, as a menu, and as the link
// between a plot of settings and the study. GUI thread only.

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

#include "engine/api/run_config.h"
#include "ui/session/study_controller.h"
#include "ui/session/study_pictures.h"
#include "ui/widgets/scatter_map_overlay.h"

class QMenu;
class QPoint;
class QWidget;

namespace alphascope::ui {

class SettingPlot;

class StudyActions : public QObject {
    Q_OBJECT
public:
    StudyActions(StudyController& controller, StudyPictures& pictures, QObject* parent = nullptr);

    /// The best trial's newest checkpoint; nothing happens where there is none yet.
    void explore(const SettingKey& key);
    bool canExplore(const SettingKey& key) const;
    void copySettings(const SettingKey& key);
    void use(const SettingKey& key); ///< in the set-up
    void showFolder(const SettingKey& key);
    /// Deletes itself when it closes.
    QMenu* makeMenu(const SettingKey& key, QWidget* parent);

    /// Title, place, figure, parameters and samples of a setting.
    ScatterCard card(const SettingKey& key);
    /// Hover, clicks, keys, menu, highlights and selection of a plot that shows the slot's ranking.
    void link(SettingPlot* plot, StudySlot slot);

Q_SIGNALS:
    void exploreRequested(const QString& folder);
    void folderRequested(const QString& folder);
    void useRequested(const alphascope::engine::RunConfig& config);

private:
    StudyController& controller_;
    StudyPictures& pictures_;
};

} // namespace alphascope::ui
