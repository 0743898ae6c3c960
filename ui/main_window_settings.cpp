// What the next start brings back: window, docks, theme, set-up, run and view.

#include <QActionGroup>
#include <QFileInfo>

#include "ui/main_window.h"
#include "ui/panels/compare_workspace.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/map_workspace.h"
#include "ui/panels/monitor_workspace.h"
#include "ui/panels/setup_panel.h"
#include "ui/theme/theme.h"
#include "ui/widgets/curve_panel.h"

namespace alphascope::ui {

namespace {

// Raised when docks or bars change, so that an old state does not misplace new ones.
constexpr int layoutVersion = 1;

QString key(const char* name) {
    return QString::fromLatin1(name);
}

} // namespace

void MainWindow::saveSession() {
    settings_->setValue(key("window/geometry"), saveGeometry());
    settings_->setValue(key("window/state"), saveState(layoutVersion));
    settings_->setValue(key("window/workspace"), int(workspace()));
    settings_->setValue(key("monitor/layout"), monitor_->saveLayout());
    settings_->setValue(key("explore/layout"), exploreWorkspace_->saveLayout());
    settings_->setValue(key("map/layout"), mapWorkspace_->saveLayout());
    settings_->setValue(key("compare/layout"), compareWorkspace_->saveLayout());
    QStringList compared;
    for (const CompareColumn& column : compare_.columns())
        compared += {column.path, column.folder};
    settings_->setValue(key("compare/models"), compared);
    saveStudy();
    settings_->setValue(key("runs/root"), runsRoot_);
    if (Theme* theme = Theme::instance())
        settings_->setValue(key("window/theme"), themeName(theme->kind()));
    const QString shown = display_.checkpoint().isEmpty() ? display_.folder() : display_.checkpoint();
    settings_->setValue(key("session/run"), shown);
    for (const auto& [name, panel] :
         {std::pair{key("losses"), monitor_->losses()}, std::pair{key("metrics"), monitor_->metrics()}}) {
        const CurvePlot* plot = panel->plot();
        settings_->setValue(QStringLiteral("curves/%1/smoothing").arg(name), plot->smoothing());
        settings_->setValue(QStringLiteral("curves/%1/axis").arg(name), int(plot->axis()));
        settings_->setValue(QStringLiteral("curves/%1/log").arg(name), plot->logScale());
        settings_->setValue(QStringLiteral("curves/%1/outliers").arg(name), plot->ignoreOutliers());
    }

    const engine::RunConfig config = setup_->config();
    const auto put = [this](const char* name, const std::string& value) {
        settings_->setValue(QStringLiteral("setup/") + QString::fromLatin1(name),
                            QString::fromStdString(value));
    };
    put("method", config.method);
    put("data", config.data);
    put("transform", config.transform);
    put("crop", config.crop);
    put("preset", config.preset);
    put("device", config.device);
    settings_->setValue(key("setup/size"), config.size);
    settings_->setValue(key("setup/steps"), qlonglong(config.steps));
    settings_->setValue(key("setup/seed"), qulonglong(config.seed));
    settings_->setValue(key("setup/threads"), config.threads);
    settings_->setValue(key("setup/checkpointEvery"), qlonglong(config.checkpointEvery));
    settings_->setValue(key("setup/metricsEvery"), qlonglong(config.metricsEvery));
    settings_->remove(key("parameters"));
    for (const auto& [name, value] : config.overrides)
        settings_->setValue(QStringLiteral("parameters/") + QString::fromStdString(name),
                            QString::fromStdString(value));
    settings_->sync();
}

void MainWindow::restoreSetup() {
    if (!settings_->contains(key("setup/method")))
        return;
    engine::RunConfig config;
    const auto get = [this](const char* name) {
        return settings_->value(QStringLiteral("setup/") + QString::fromLatin1(name))
            .toString()
            .toStdString();
    };
    config.method = get("method");
    config.data = get("data");
    config.transform = get("transform");
    config.crop = get("crop");
    config.preset = get("preset");
    config.device = get("device");
    config.size = settings_->value(key("setup/size")).toInt();
    config.steps = settings_->value(key("setup/steps")).toLongLong();
    config.seed = settings_->value(key("setup/seed"), 1).toULongLong();
    config.threads = settings_->value(key("setup/threads")).toInt();
    config.checkpointEvery = settings_->value(key("setup/checkpointEvery"), 1000).toLongLong();
    config.metricsEvery =
        settings_->value(key("setup/metricsEvery"), qlonglong(config.metricsEvery)).toLongLong();
    // A folder that is gone would greet the user with an error.
    const QString data = QString::fromStdString(config.data);
    if (data.startsWith(QLatin1Char('/')) && !QFileInfo::exists(data))
        config.data = engine::RunConfig().data;
    settings_->beginGroup(key("parameters"));
    for (const QString& name : settings_->childKeys())
        config.overrides[name.toStdString()] = settings_->value(name).toString().toStdString();
    settings_->endGroup();
    setup_->setConfig(config);
}

void MainWindow::restoreSession(bool reopen) {
    if (Theme* theme = Theme::instance(); theme && settings_->contains(key("window/theme")))
        theme->apply(themeFromName(settings_->value(key("window/theme")).toString()));
    for (QAction* choice : themes_->actions())
        choice->setChecked(Theme::instance() &&
                           choice->data().toString() == themeName(Theme::instance()->kind()));
    restoreGeometry(settings_->value(key("window/geometry")).toByteArray());
    restoreState(settings_->value(key("window/state")).toByteArray(), layoutVersion);
    monitor_->restoreLayout(settings_->value(key("monitor/layout")).toByteArray());
    exploreWorkspace_->restoreLayout(settings_->value(key("explore/layout")).toByteArray());
    mapWorkspace_->restoreLayout(settings_->value(key("map/layout")).toByteArray());
    compareWorkspace_->restoreLayout(settings_->value(key("compare/layout")).toByteArray());
    for (const auto& [name, panel] :
         {std::pair{key("losses"), monitor_->losses()}, std::pair{key("metrics"), monitor_->metrics()}}) {
        const QString group = QStringLiteral("curves/%1/").arg(name);
        if (!settings_->contains(group + key("smoothing")))
            continue;
        panel->setSmoothing(settings_->value(group + key("smoothing")).toDouble());
        panel->setAxis(CurveAxis(settings_->value(group + key("axis")).toInt()));
        panel->setLogScale(settings_->value(group + key("log")).toBool());
        panel->setIgnoreOutliers(settings_->value(group + key("outliers")).toBool());
    }
    restoreSetup();
    restoreStudy(reopen);
    if (!reopen)
        return;
    const QString run = settings_->value(key("session/run")).toString();
    if (!run.isEmpty() && QFileInfo::exists(run))
        openPath(run);
    const QStringList compared = settings_->value(key("compare/models")).toStringList();
    for (qsizetype i = 0; i + 1 < compared.size(); i += 2)
        if (QFileInfo::exists(compared[i]))
            compare_.add(compared[i], compared[i + 1]);
    setWorkspace(Workspace(settings_->value(key("window/workspace")).toInt()));
}

} // namespace alphascope::ui
