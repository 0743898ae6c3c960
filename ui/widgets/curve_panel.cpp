#include "ui/widgets/curve_panel.h"

#include "ui/theme/icons.h"

#include <QActionGroup>
#include <QFileDialog>
#include <QMenu>
#include <QSlider>
#include <QToolButton>

namespace alphascope::ui {

namespace {

constexpr int smoothingSteps = 100; // of the slider, which ends at 99: a weight of 1 would never move

} // namespace

CurvePanel::CurvePanel(const QString& title, QWidget* parent)
    : Panel(title, parent), plot_(new CurvePlot(this)), smoothing_(new QSlider(Qt::Horizontal, this)),
      menu_(new QToolButton(this)) {
    plot_->setAccessibleName(title);
    setContent(plot_);
    buildHeader();
    savePath_ = [this](const QString& suggested, const QString& filter) {
        return QFileDialog::getSaveFileName(this, tr("Export curves"), suggested, filter);
    };
}

void CurvePanel::buildHeader() {
    smoothing_->setObjectName(QStringLiteral("smoothing"));
    smoothing_->setRange(0, smoothingSteps - 1);
    smoothing_->setValue(static_cast<int>(plot_->smoothing() * smoothingSteps + 0.5));
    smoothing_->setFixedWidth(70);
    smoothing_->setAccessibleName(tr("Smoothing"));
    connect(smoothing_, &QSlider::valueChanged, this, [this](int value) {
        plot_->setSmoothing(static_cast<double>(value) / smoothingSteps);
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
            plot_->setAxis(static_cast<CurveAxis>(i));
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
        plot_->setLogScale(on);
        refreshMenuText();
        Q_EMIT settingsChanged();
    });
    connect(outliers_, &QAction::toggled, this, [this](bool on) {
        plot_->setIgnoreOutliers(on);
        Q_EMIT settingsChanged();
    });
    menu->addSeparator();
    QAction* fit = menu->addAction(icon(QStringLiteral("fit")), tr("Fit (double click)"));
    connect(fit, &QAction::triggered, plot_, &CurvePlot::fit);
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
    const QString weight = QString::number(plot_->smoothing(), 'f', 2);
    smoothing_->setToolTip(tr("Smoothing %1 (0 draws the raw values only)").arg(weight));
    menu_->setText(QStringLiteral("%1 · %2 · %3 ▾")
                       .arg(weight, tr(axes[static_cast<int>(plot_->axis())]),
                            plot_->logScale() ? tr("log") : tr("lin")));
}

void CurvePanel::setSavePathProvider(std::function<QString(const QString&, const QString&)> provider) {
    savePath_ = std::move(provider);
}

void CurvePanel::setSmoothing(double weight) {
    smoothing_->setValue(static_cast<int>(weight * smoothingSteps + 0.5));
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
    if (plot_->exportTo(path, &error)) {
        showMessage(MessageKind::Success, tr("Saved %1").arg(path));
    } else {
        showMessage(MessageKind::Error, error,
                    tr("Choose another folder, or free some space, and export again."));
    }
}

} // namespace alphascope::ui
