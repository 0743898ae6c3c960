#include "ui/widgets/curve_panel.h"

#include "ui/theme/icons.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QMenu>
#include <QSlider>
#include <QToolButton>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr int smoothingSteps = 100; // of the slider, which ends at 99: a weight of 1 would never move

} // namespace

CurvePanel::CurvePanel(const QString& title, QWidget* parent)
    : Panel(title, parent), groups_(new CurveGroups(this)), units_(new QToolButton(this)),
      smoothing_(new QSlider(Qt::Horizontal, this)), menu_(new QToolButton(this)) {
    plot()->setAccessibleName(title);
    setContent(groups_);
    buildUnitMenu();
    buildHeader();
    savePath_ = [this](const QString& suggested, const QString& filter) {
        return QFileDialog::getSaveFileName(this, tr("Export curves"), suggested, filter);
    };
}

void CurvePanel::buildUnitMenu() {
    units_->setObjectName(QStringLiteral("unitMenu"));
    units_->setProperty("flat", true);
    units_->setPopupMode(QToolButton::InstantPopup);
    units_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    units_->setMenu(new QMenu(units_));
    units_->setAccessibleName(tr("Units shown"));
    units_->setToolTip(tr("Curves of different units are drawn apart. Choose one to see it alone."));
    addHeaderWidget(units_);
    connect(groups_, &CurveGroups::unitsChanged, this, &CurvePanel::refreshUnits);
    connect(groups_, &CurveGroups::shownChanged, this, &CurvePanel::refreshUnits);
    refreshUnits();
}

void CurvePanel::refreshUnits() {
    const QStringList& units = groups_->units();
    const auto named = [](const QString& unit) { return unit.isEmpty() ? tr("pure numbers") : unit; };
    const bool alone = groups_->only() && units.contains(*groups_->only());
    const qsizetype shown = groups_->shownPlots().size();
    units_->setVisible(units.size() > 1);
    units_->setText(QStringLiteral("%1 ▾").arg(alone ? named(*groups_->only())
                                               : shown < units.size()
                                                   ? tr("%1 of %2 units").arg(shown).arg(units.size())
                                                   : tr("all units")));
    QMenu* menu = units_->menu();
    menu->clear();
    delete menu->findChild<QActionGroup*>();
    auto* group = new QActionGroup(menu);
    const auto add = [&](const QString& text, const std::optional<QString>& unit, bool checked) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QStringLiteral("unit:") + unit.value_or(QStringLiteral("all")));
        action->setCheckable(true);
        action->setChecked(checked);
        group->addAction(action);
        // Queued: showing another unit builds this menu anew.
        connect(
            action, &QAction::triggered, this,
            [this, unit] {
                groups_->showOnly(unit);
                refreshUnits();
            },
            Qt::QueuedConnection);
    };
    add(tr("All units, as many as have room"), std::nullopt, !alone);
    menu->addSeparator();
    for (const QString& unit : units) {
        add(named(unit), unit, alone && *groups_->only() == unit);
    }
}

void CurvePanel::buildHeader() {
    smoothing_->setObjectName(QStringLiteral("smoothing"));
    smoothing_->setRange(0, smoothingSteps - 1);
    smoothing_->setValue(static_cast<int>(std::lround(plot()->smoothing() * smoothingSteps)));
    smoothing_->setFixedWidth(56);
    smoothing_->setAccessibleName(tr("Smoothing"));
    connect(smoothing_, &QSlider::valueChanged, this, [this](int value) {
        for (CurvePlot* plot : groups_->plots()) {
            plot->setSmoothing(static_cast<double>(value) / smoothingSteps);
        }
        refreshMenuText();
        Q_EMIT settingsChanged();
    });

    auto* menu = new QMenu(this);
    auto* axes = new QActionGroup(this);
    const QString names[] = {tr("Steps"), tr("Time since start"), tr("Wall time")};
    for (int i = 0; i < 3; ++i) {
        axisActions_[i] = menu->addAction(names[i]);
        axisActions_[i]->setCheckable(true);
        axes->addAction(axisActions_[i]);
        connect(axisActions_[i], &QAction::triggered, this, [this, i] {
            for (CurvePlot* plot : groups_->plots()) {
                plot->setAxis(static_cast<CurveAxis>(i));
            }
            refreshMenuText();
            Q_EMIT settingsChanged();
        });
    }
    axisActions_[0]->setChecked(true);
    menu->addSeparator();
    log_ = menu->addAction(tr("Logarithmic scale"));
    outliers_ = menu->addAction(tr("Ignore outliers (5th to 95th percentile)"));
    log_->setCheckable(true);
    outliers_->setCheckable(true);
    connect(log_, &QAction::toggled, this, [this](bool on) {
        for (CurvePlot* plot : groups_->plots()) {
            plot->setLogScale(on);
        }
        refreshMenuText();
        Q_EMIT settingsChanged();
    });
    connect(outliers_, &QAction::toggled, this, [this](bool on) {
        for (CurvePlot* plot : groups_->plots()) {
            plot->setIgnoreOutliers(on);
        }
        Q_EMIT settingsChanged();
    });
    menu->addSeparator();
    QAction* fit = menu->addAction(icon(QStringLiteral("fit")), tr("Fit (double click)"));
    connect(fit, &QAction::triggered, this, [this] {
        for (CurvePlot* plot : groups_->plots()) {
            plot->fit();
        }
    });
    menu->addSeparator();
    for (const QString& suffix : {QStringLiteral("png"), QStringLiteral("svg"), QStringLiteral("csv")}) {
        QAction* action =
            menu->addAction(icon(QStringLiteral("export")), tr("Export %1…").arg(suffix.toUpper()));
        action->setObjectName(QStringLiteral("export-") + suffix);
        connect(action, &QAction::triggered, this, [this, suffix] { exportAs(suffix); });
    }

    menu_->setObjectName(QStringLiteral("curveMenu"));
    menu_->setProperty("flat", true);
    menu_->setPopupMode(QToolButton::InstantPopup);
    menu_->setToolButtonStyle(Qt::ToolButtonTextOnly);
    menu_->setMenu(menu);
    menu_->setToolTip(tr("Axes, scale, export"));
    menu_->setAccessibleName(tr("Curve options"));
    addHeaderWidget(smoothing_);
    addHeaderWidget(menu_);
    refreshMenuText();
}

void CurvePanel::refreshMenuText() {
    static const char* const axes[] = {QT_TR_NOOP("step"), QT_TR_NOOP("time"), QT_TR_NOOP("clock")};
    const QString weight = QString::number(plot()->smoothing(), 'f', 2);
    smoothing_->setToolTip(tr("Smoothing %1 (0 draws the raw values only)").arg(weight));
    menu_->setText(QStringLiteral("%1 · %2 · %3 ▾")
                       .arg(weight, tr(axes[static_cast<int>(plot()->axis())]),
                            plot()->logScale() ? tr("log") : tr("lin")));
}

void CurvePanel::setSavePathProvider(std::function<QString(const QString&, const QString&)> provider) {
    savePath_ = std::move(provider);
}

void CurvePanel::setSmoothing(double weight) {
    smoothing_->setValue(static_cast<int>(std::lround(weight * smoothingSteps)));
}

void CurvePanel::setAxis(CurveAxis axis) {
    axisActions_[static_cast<int>(axis)]->trigger();
}

void CurvePanel::setLogScale(bool on) {
    log_->setChecked(on);
}

void CurvePanel::setIgnoreOutliers(bool on) {
    outliers_->setChecked(on);
}

void CurvePanel::exportAs(const QString& suffix) {
    const QString suggested =
        title().toLower().replace(QLatin1Char(' '), QLatin1Char('-')) + QLatin1Char('.') + suffix;
    QString path = savePath_(suggested, QStringLiteral("%1 (*.%2)").arg(suffix.toUpper(), suffix));
    if (path.isEmpty()) {
        return;
    }
    if (!path.endsWith(QLatin1Char('.') + suffix, Qt::CaseInsensitive)) {
        path += QLatin1Char('.') + suffix;
    }
    QString error;
    if (CurvePlot::exportTogether(groups_->shownPlots(), path, &error)) {
        showMessage(MessageKind::Success, tr("Saved %1").arg(path));
    } else {
        showMessage(MessageKind::Error, error,
                    tr("Choose another folder, or free some space, and export again."));
    }
}

} // namespace alphascope::ui
