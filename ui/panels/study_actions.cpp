#include "ui/panels/study_actions.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>

#include "ui/models/text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/setting_plot.h"

namespace alphascope::ui {

StudyActions::StudyActions(StudyController& controller, StudyPictures& pictures, QObject* parent)
    : QObject(parent), controller_(controller), pictures_(pictures) {}

bool StudyActions::canExplore(const SettingKey& key) const {
    const StudySettingRow* row = controller_.row(key);
    return row && controller_.reading()->trials[row->best].step > 0;
}

void StudyActions::explore(const SettingKey& key) {
    if (canExplore(key))
        Q_EMIT exploreRequested(controller_.trialFolder(controller_.row(key)->best));
}

void StudyActions::showFolder(const SettingKey& key) {
    if (const StudySettingRow* row = controller_.row(key))
        Q_EMIT folderRequested(controller_.trialFolder(row->best));
}

void StudyActions::copySettings(const SettingKey& key) {
    if (const StudySettingRow* row = controller_.row(key))
        QApplication::clipboard()->setText(settingArguments(row->config));
}

void StudyActions::use(const SettingKey& key) {
    if (const StudySettingRow* row = controller_.row(key))
        Q_EMIT useRequested(row->config);
}

QMenu* StudyActions::makeMenu(const SettingKey& key, QWidget* parent) {
    auto* menu = new QMenu(parent);
    menu->setObjectName(QStringLiteral("settingMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool trained = canExplore(key);
    menu->addAction(icon(QStringLiteral("pad")), tr("Open in Explore"), this, [this, key] { explore(key); })
        ->setEnabled(trained);
    menu->addAction(icon(QStringLiteral("sliders")), tr("Use in the set-up"), this,
                    [this, key] { use(key); });
    menu->addAction(icon(QStringLiteral("copy")), tr("Copy settings"), this,
                    [this, key] { copySettings(key); });
    menu->addSeparator();
    menu->addAction(icon(QStringLiteral("folder")), tr("Show the folder"), this,
                    [this, key] { showFolder(key); })
        ->setEnabled(trained);
    return menu;
}

ScatterCard StudyActions::card(const SettingKey& key) {
    ScatterCard card;
    const StudySettingRow* row = controller_.row(key);
    if (!row)
        return card;
    const StudyReading& reading = *controller_.reading();
    card.lines << (row->rank > 0 ? tr("%1 · place %2").arg(controller_.methodTitle(key.method)).arg(row->rank)
                                 : controller_.methodTitle(key.method));
    for (const std::size_t i : reading.shownColumns())
        if (row->figures[i])
            card.lines << QStringLiteral("%1 %2").arg(text(reading.table.metrics[i]),
                                                      meanText(*row->figures[i]));
    for (const engine::StudyRange& range : reading.study().methods[key.method].ranges)
        for (const StudyParameter& parameter : reading.table.parameters)
            if (parameter.name == range.parameter)
                card.lines << QStringLiteral("%1 %2").arg(text(parameter.title),
                                                          text(row->settings.at(parameter.name)));
    card.lines << tr("trial %1 · %2").arg(row->best).arg(stateText(*row));
    card.first = pictures_.sheet(row->best);
    card.caption = QString(); // whoever looks at a figure of samples knows what they are
    return card;
}

void StudyActions::link(SettingPlot* plot, StudySlot slot) {
    plot->setDescriber([this, slot](int ranked) {
        const auto key = controller_.keyOf(slot, ranked);
        return key ? card(*key) : ScatterCard();
    });
    connect(plot, &SettingPlot::clicked, this,
            [this, slot](int ranked) { controller_.select(controller_.keyOf(slot, ranked)); });
    connect(plot, &SettingPlot::activated, this, [this, slot](int ranked) {
        if (const auto key = controller_.keyOf(slot, ranked))
            explore(*key);
    });
    plot->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(plot, &QWidget::customContextMenuRequested, this, [this, plot](const QPoint& place) {
        if (controller_.selected())
            makeMenu(*controller_.selected(), plot)->popup(plot->mapToGlobal(place));
    });
    connect(&pictures_, &StudyPictures::loaded, plot, qOverload<>(&QWidget::update));
}

} // namespace alphascope::ui
