// What the window costs and how fast it answers, with the real engine: start-up, slider to pixel, gaps of the
// event loop while the mouse moves, and training speed with the window open against the command line.
//
//   bench_window [--seconds N] [--cli PATH] [--preset NAME]
//
// --seconds: length of the long part (training with the mouse moving); 300 is what the README quotes.

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <unistd.h>
#include <vector>

#include "ui/dialogs/qt_dialogs.h"
#include "ui/main_window.h"
#include "ui/panels/explore_workspace.h"
#include "ui/panels/setup_panel.h"
#include "ui/session/real_engine.h"
#include "ui/theme/theme.h"
#include "ui/widgets/latent_pad.h"

namespace {

using namespace alphascope;

double percentile(std::vector<double> values, double q) {
    if (values.empty()) {
        return 0.0;
    }
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(values.size())));
    return values[std::min(values.size() - 1, rank > 0 ? rank - 1 : 0)];
}

/// Seconds since this process was started, dynamic loading included.
double processAge() {
    std::ifstream file("/proc/self/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    std::istringstream fields(text.substr(text.rfind(')') + 2));
    std::string field;
    for (int i = 0; i < 20; ++i) {
        fields >> field; // the 22nd field of the line is the start time in clock ticks
    }
    double uptime = 0.0;
    std::ifstream("/proc/uptime") >> uptime;
    return uptime - std::stod(field) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void runFor(double seconds) {
    QEventLoop loop;
    QTimer::singleShot(static_cast<int>(seconds * 1000), &loop, &QEventLoop::quit);
    loop.exec();
}

template <typename Condition>
bool waitUntil(Condition condition, double seconds) {
    QElapsedTimer clock;
    clock.start();
    while (!condition() && clock.elapsed() < static_cast<qint64>(seconds * 1000)) {
        runFor(0.02);
    }
    return condition();
}

/// Moves the mouse over the latent pad in a slow figure, 60 times a second, with the button held.
class MouseDrag : public QObject {
public:
    explicit MouseDrag(QWidget& pad) : pad_(pad) {
        connect(&timer_, &QTimer::timeout, this, [this] { move(); });
        timer_.setTimerType(Qt::PreciseTimer);
        send(QEvent::MouseButtonPress);
        timer_.start(16);
    }
    ~MouseDrag() override { send(QEvent::MouseButtonRelease); }

private:
    void move() {
        phase_ += 0.05;
        send(QEvent::MouseMove);
    }
    void send(QEvent::Type type) {
        const double side = std::min(pad_.width(), pad_.height()) * 0.35;
        const QPointF at(pad_.width() / 2.0 + side * std::cos(phase_),
                         pad_.height() / 2.0 + side * std::sin(1.7 * phase_));
        const auto buttons = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton;
        QMouseEvent event(type, at, pad_.mapToGlobal(at),
                          type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton, buttons, Qt::NoModifier);
        QApplication::sendEvent(&pad_, &event);
    }

    QWidget& pad_;
    QTimer timer_;
    double phase_ = 0.0;
};

/// Times between the ticks of a 60 Hz timer: what the event loop kept waiting.
class Gaps : public QObject {
public:
    Gaps() {
        connect(&timer_, &QTimer::timeout, this, [this] {
            values.push_back(static_cast<double>(clock_.nsecsElapsed()) / 1e6);
            clock_.restart();
        });
        timer_.setTimerType(Qt::PreciseTimer);
        timer_.start(16);
        clock_.start();
    }
    std::vector<double> values;

private:
    QTimer timer_;
    QElapsedTimer clock_;
};

void report(const char* what, double value, const char* unit) {
    std::printf("| %s | %.1f %s |\n", what, value, unit);
    std::fflush(stdout);
}

double stepsPerSecond(ui::MainWindow& window, double seconds) {
    QElapsedTimer clock;
    const auto first = window.bridge().status().step;
    clock.start();
    runFor(seconds);
    return static_cast<double>(window.bridge().status().step - first) /
           (static_cast<double>(clock.elapsed()) / 1000);
}

/// The command line's speed on the same run: the median of the it/s that it reports.
double commandLineSpeed(const QString& program, const QString& preset, const QString& folder,
                        double seconds) {
    QProcess process;
    process.start(program, {QStringLiteral("train"), QStringLiteral("--data"), QStringLiteral("color-glyphs"),
                            QStringLiteral("--preset"), preset, QStringLiteral("--json"),
                            QStringLiteral("--run"), folder});
    if (!process.waitForStarted()) {
        return 0.0;
    }
    runFor(seconds);
    process.terminate();
    process.waitForFinished(30000);
    std::vector<double> speeds;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
        const auto at = line.indexOf("\"it_per_s\":");
        if (at >= 0) {
            speeds.push_back(
                line.mid(at + 11, line.indexOf(',', at) < 0 ? -1 : line.indexOf(',', at) - at - 11)
                    .replace('}', ' ')
                    .trimmed()
                    .toDouble());
        }
    }
    return percentile(speeds, 0.5);
}

struct Measurement {
    ui::MainWindow& window;
    ui::LatentPad& pad;

    void exploring(const char* when, double seconds) const {
        window.explore().latency().reset();
        Gaps gaps;
        {
            const MouseDrag drag(pad);
            runFor(seconds);
        }
        const auto& latencies = window.explore().latency().latencies();
        report(qPrintable(QStringLiteral("slider to pixel, %1, p50").arg(QLatin1String(when))),
               latencies.percentile(0.5), "ms");
        report(qPrintable(QStringLiteral("slider to pixel, %1, p95").arg(QLatin1String(when))),
               latencies.percentile(0.95), "ms");
        report(qPrintable(QStringLiteral("event loop gap, %1, p99.9").arg(QLatin1String(when))),
               percentile(gaps.values, 0.999), "ms");
        report(qPrintable(QStringLiteral("event loop gap, %1, largest").arg(QLatin1String(when))),
               percentile(gaps.values, 1.0), "ms");
    }
};

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption({QStringLiteral("seconds"), QStringLiteral("Length of the long part."),
                      QStringLiteral("n"), QStringLiteral("60")});
    parser.addOption({QStringLiteral("cli"), QStringLiteral("The command line program."),
                      QStringLiteral("path"),
                      QCoreApplication::applicationDirPath() + QStringLiteral("/alphascope-cli")});
    parser.addOption({QStringLiteral("preset"), QStringLiteral("Preset."), QStringLiteral("name"),
                      QStringLiteral("quick")});
    parser.addHelpOption();
    parser.process(application);
    const double seconds = parser.value(QStringLiteral("seconds")).toDouble();
    const QString preset = parser.value(QStringLiteral("preset"));

    QTemporaryDir folder;
    new ui::Theme(&application);
    ui::WindowServices services;
    services.engine = ui::makeRealEngine();
    services.dialogs = std::make_unique<ui::QtDialogs>();
    services.settings =
        std::make_unique<QSettings>(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    services.runsRoot = folder.filePath(QStringLiteral("runs"));
    auto window = std::make_unique<ui::MainWindow>(std::move(services));
    window->restoreSession(false);
    window->resize(1280, 800);
    window->show();
    window->grab();
    std::printf("| figure | value |\n|---|---|\n");
    report("window shown after process start", processAge() * 1000, "ms");

    engine::RunConfig config = window->setupPanel()->config();
    config.preset = preset.toStdString();
    window->setupPanel()->setConfig(config);
    window->startTraining();
    if (!waitUntil([&] { return window->bridge().status().step > 20; }, 60)) {
        std::fprintf(stderr, "bench_window: training did not start\n");
        return 5;
    }
    window->setWorkspace(ui::Workspace::Explore);
    waitUntil([&] { return window->explore().hasModel(); }, 30);
    auto* pad = window->findChild<ui::LatentPad*>();
    const Measurement measurement{*window, *pad};
    const double part = std::clamp(seconds / 5, 5.0, 30.0);

    measurement.exploring("training", seconds);
    window->bridge().pause();
    waitUntil([&] { return window->bridge().status().state == engine::SessionState::Paused; }, 10);
    measurement.exploring("idle", part);
    window->bridge().resume();

    // Untouched window against the command line, in turns: the machine drifts for both.
    window->setWorkspace(ui::Workspace::Monitor);
    std::vector<double> ratios, speeds, baselines;
    for (int round = 0; round < 3; ++round) {
        waitUntil([&] { return window->bridge().status().state == engine::SessionState::Running; }, 10);
        runFor(2);
        speeds.push_back(stepsPerSecond(*window, part));
        window->bridge().pause();
        waitUntil([&] { return window->bridge().status().state == engine::SessionState::Paused; }, 10);
        baselines.push_back(commandLineSpeed(parser.value(QStringLiteral("cli")), preset,
                                             folder.filePath(QStringLiteral("cli%1").arg(round)), part + 2));
        window->bridge().resume();
        ratios.push_back(speeds.back() / baselines.back());
    }
    report("training speed, window open and untouched (median)", percentile(speeds, 0.5), "it/s");
    report("training speed, command line (median)", percentile(baselines, 0.5), "it/s");
    report("window keeps (median of the rounds)", 100 * percentile(ratios, 0.5), "%");
    report("memory", static_cast<double>(ui::residentBytes()) / 1e6, "MB");
    window->bridge().requestStop(false);
    waitUntil([&] { return !window->bridge().training(); }, 20);
    return 0;
}
