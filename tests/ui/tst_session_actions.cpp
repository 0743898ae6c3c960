#include <QTest>

#include "ui/models/session_actions.h"

using namespace alphascope;
using engine::SessionState;
using ui::SessionActions;

class TestSessionActions : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyState_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("enabled");
        QTest::addColumn<QString>("title");
        const auto row = [](const char* name, SessionState state, const char* enabled, const char* title) {
            QTest::newRow(name) << int(state) << QString::fromLatin1(enabled) << QString::fromLatin1(title);
        };
        row("Idle", SessionState::Idle, "start step setup live", "Ready");
        row("Preparing", SessionState::Preparing, "stop", "Preparing");
        row("Running", SessionState::Running, "pause stop checkpoint live", "Running");
        row("Paused", SessionState::Paused, "resume step stop checkpoint live", "Paused");
        row("Stopping", SessionState::Stopping, "", "Stopping");
        row("Stopped", SessionState::Stopped, "start step setup live", "Stopped");
        row("Failed", SessionState::Failed, "start step setup live", "Failed");
    }
    void everyState() {
        QFETCH(int, state);
        QFETCH(QString, enabled);
        QFETCH(QString, title);
        const SessionActions can = ui::enabledActions(SessionState(state));
        QStringList found;
        const std::pair<bool, const char*> flags[] = {
            {can.start, "start"},     {can.pause, "pause"},  {can.resume, "resume"},
            {can.step, "step"},       {can.stop, "stop"},    {can.checkpoint, "checkpoint"},
            {can.editSetup, "setup"}, {can.editLive, "live"}};
        for (const auto& [on, name] : flags)
            if (on)
                found << QString::fromLatin1(name);
        QCOMPARE(found.join(QLatin1Char(' ')), enabled);
        QCOMPARE(ui::stateTitle(SessionState(state)), title);
        QCOMPARE(ui::setupLockReason(SessionState(state)).isEmpty(), can.editSetup);
    }
};

QTEST_APPLESS_MAIN(TestSessionActions)
#include "tst_session_actions.moc"
