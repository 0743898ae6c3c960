// What the window costs and how fast it answers, with the real engine: start-up, slider to pixel, gaps of the
// event loop while the mouse moves, how soon a whole set is on the map, and training speed with the window
// open, and with that map in front, against the command line.
//
//   bench_window [--seconds N] [--cli PATH] [--preset NAME] [--data SET] [--size PIXELS]
//
// --seconds: length of the long part (training with the mouse moving); 300 is what the README quotes.
// --data: what is trained on and mapped; of an endless set 10,000 pictures are. --size: their side, 28, 32
// or 64.

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
double commandLineSpeed(const QString& program, const engine::RunConfig& config, const QString& folder,
                        double seconds) {
    QProcess process;
    process.start(
        program, {QStringLiteral("train"), QStringLiteral("--data"), QString::fromStdString(config.data),
                  QStringLiteral("--preset"), QString::fromStdString(config.preset), QStringLiteral("--size"),
                  QString::number(config.size), QStringLiteral("--json"), QStringLiteral("--run"), folder});
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

class WindowBench {
public:
    WindowBench(ui::MainWindow& window, engine::RunConfig config, QString cli, const QString& folder)
        : window_(window), config_(std::move(config)), cli_(std::move(cli)), folder_(folder) {}

    bool start() {
        window_.setupPanel()->setConfig(config_);
        window_.startTraining();
        if (!waitUntil([&] { return window_.bridge().status().step > 20; }, 120)) {
            return false;
        }
        window_.setWorkspace(ui::Workspace::Explore);
        return waitUntil([&] { return window_.explore().hasModel(); }, 30);
    }

    void pause() {
        window_.bridge().pause();
        waitFor(engine::SessionState::Paused);
    }
    void resume() {
        window_.bridge().resume();
        waitFor(engine::SessionState::Running);
    }

    void exploring(const char* when, double seconds) {
        window_.explore().latency().reset();
        Gaps gaps;
        {
            const MouseDrag drag(*window_.findChild<ui::LatentPad*>());
            runFor(seconds);
        }
        const auto& latencies = window_.explore().latency().latencies();
        reportWhen("slider to pixel, %1, p50", when, latencies.percentile(0.5), "ms");
        reportWhen("slider to pixel, %1, p95", when, latencies.percentile(0.95), "ms");
        reportWhen("event loop gap, %1, p99.9", when, percentile(gaps.values, 0.999), "ms");
        reportWhen("event loop gap, %1, largest", when, percentile(gaps.values, 1.0), "ms");
    }

    /// From asking for all codes to the map of their components.
    void mapping(const char* when) {
        window_.setWorkspace(ui::Workspace::Map);
        bool shown = false;
        const auto connection = QObject::connect(&window_.atlas(), &ui::AtlasController::mapMoved, &window_,
                                                 [&shown] { shown = true; });
        QElapsedTimer clock;
        clock.start();
        window_.atlas().load();
        waitUntil([&] { return shown; }, 600);
        QObject::disconnect(connection);
        const double seconds = static_cast<double>(clock.elapsed()) / 1000;
        const auto codes =
            static_cast<double>(window_.atlas().codes() ? window_.atlas().codes()->count() : 0);
        reportWhen("codes on the map, %1", when, codes, "codes");
        reportWhen("asking to map of components, %1", when, seconds, "s");
        waitUntil([&] { return !window_.atlas().busy(); }, 600); // its figure is still to come
    }

    /// Untouched window against the command line, in turns: the machine drifts for both.
    void keeping(const char* what, ui::Workspace workspace, double seconds) {
        window_.setWorkspace(workspace);
        std::vector<double> ratios, speeds, baselines;
        for (int round = 0; round < 3; ++round) {
            runFor(2);
            speeds.push_back(stepsPerSecond(window_, seconds));
            pause();
            baselines.push_back(commandLineSpeed(cli_, config_, newFolder(), seconds + 2));
            resume();
            ratios.push_back(speeds.back() / baselines.back());
        }
        reportWhen("training speed, %1 (median)", what, percentile(speeds, 0.5), "it/s");
        reportWhen("training speed, command line in turns with %1 (median)", what, percentile(baselines, 0.5),
                   "it/s");
        reportWhen("%1 keeps (median of the rounds)", what, 100 * percentile(ratios, 0.5), "%");
    }

private:
    void waitFor(engine::SessionState state) {
        waitUntil([&] { return window_.bridge().status().state == state; }, 20);
    }
    QString newFolder() { return folder_ + QStringLiteral("/cli%1").arg(folders_++); }
    static void reportWhen(const char* figure, const char* when, double value, const char* unit) {
        report(qPrintable(QString::fromLatin1(figure).arg(QLatin1String(when))), value, unit);
    }

    ui::MainWindow& window_;
    engine::RunConfig config_;
    QString cli_;
    QString folder_;
    int folders_ = 0;
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
    parser.addOption({QStringLiteral("data"), QStringLiteral("What is trained on."), QStringLiteral("set"),
                      QStringLiteral("color-glyphs")});
    parser.addOption({QStringLiteral("size"), QStringLiteral("Their side; 0 = the set's own."),
                      QStringLiteral("pixels"), QStringLiteral("0")});
    parser.addHelpOption();
    parser.process(application);
    const double seconds = parser.value(QStringLiteral("seconds")).toDouble();

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
    config.preset = parser.value(QStringLiteral("preset")).toStdString();
    config.data = parser.value(QStringLiteral("data")).toStdString();
    config.size = parser.value(QStringLiteral("size")).toInt();
    WindowBench bench(*window, config, parser.value(QStringLiteral("cli")), folder.path());
    if (!bench.start()) {
        std::fprintf(stderr, "bench_window: training did not start\n");
        return 5;
    }
    const double part = std::clamp(seconds / 5, 5.0, 30.0);
    bench.exploring("training", seconds);
    bench.pause();
    bench.exploring("idle", part);
    bench.mapping("idle");
    bench.resume();
    bench.mapping("training");
    bench.keeping("window with the map in front", ui::Workspace::Map, part);
    bench.keeping("window with the curves in front", ui::Workspace::Monitor, part);
    report("memory", static_cast<double>(ui::residentBytes()) / 1e6, "MB");
    window->bridge().requestStop(false);
    waitUntil([&] { return !window->bridge().training(); }, 20);
    return 0;
}
