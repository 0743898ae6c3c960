// The window's program: command line, signals, and putting the engine behind the window.

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QScreen>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <sys/socket.h>
#include <unistd.h>

#include "ui/dialogs/qt_dialogs.h"
#include "ui/main_window.h"
#include "ui/panels/setup_panel.h"
#include "ui/session/real_engine.h"
#include "ui/theme/theme.h"
#include "ui/window_capture.h"

namespace {

using namespace alphascope;

int signalPipe[2] = {-1, -1};

extern "C" void onSignal(int) {
    const char byte = 1;
    // The only thing that is safe here; a full pipe means the message is there already.
    [[maybe_unused]] const auto written = ::write(signalPipe[0], &byte, 1);
}

/// SIGINT and SIGTERM save a checkpoint and leave.
void watchSignals(ui::MainWindow& window) {
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, signalPipe) != 0)
        return;
    auto* notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, &window);
    QObject::connect(notifier, &QSocketNotifier::activated, &window, [&window] {
        char byte = 0;
        while (::read(signalPipe[1], &byte, 1) > 0) {
        }
        window.leave();
    });
    struct sigaction action {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

bool hasArgument(int argc, char** argv, const char* name) {
    const QByteArray wanted(name);
    for (int i = 1; i < argc; ++i)
        if (argv[i] == wanted || QByteArray(argv[i]).startsWith(wanted + '='))
            return true;
    return false;
}

/// Without a display only pictures of the window can be made. Gives false when the program cannot show one.
bool choosePlatform(int argc, char** argv) {
    const bool display = std::getenv("DISPLAY") || std::getenv("WAYLAND_DISPLAY");
    if (display || std::getenv("QT_QPA_PLATFORM") || hasArgument(argc, argv, "-platform"))
        return true;
    const bool windowless = hasArgument(argc, argv, "--capture") || hasArgument(argc, argv, "--help") ||
                            hasArgument(argc, argv, "-h") || hasArgument(argc, argv, "--version") ||
                            hasArgument(argc, argv, "-v");
    if (windowless)
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    return windowless;
}

void defineOptions(QCommandLineParser& parser) {
    const auto text = [](const char* words) { return QCoreApplication::translate("main", words); };
    parser.setApplicationDescription(text("Trains auto-encoding GANs and looks inside while they train."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("path"),
        text("Checkpoint, run folder, folder of runs, study, picture, or data to open."),
        QStringLiteral("[path]"));
    const auto add = [&](const char* name, const char* words, const char* value = "") {
        parser.addOption({QString::fromLatin1(name), text(words), QString::fromLatin1(value)});
    };
    add("capture", "Draw the window into a PNG file and leave.", "file");
    add("workspace", "Workspace to show: monitor, explore, map, compare or study.", "name");
    add("open", "The same as the path; several with --workspace compare.", "path");
    add("steps", "Train so many steps (with --capture: draw at this step).", "count");
    add("theme", "light, dark or system.", "name");
    add("size", "Size of the window, such as 1280x800.", "WxH");
    add("start", "Start training at once.");
    add("method", "Training method.", "name");
    add("data", "Data to train on: a built-in name or a path.", "name");
    add("transform", "color: paint grey pictures as ColorMNIST does.", "name");
    add("preset", "Size of the networks: quick, standard or paper.", "name");
    add("runs", "Folder of runs.", "folder");
}

/// What the command line asks for.
struct Launch {
    ui::CaptureRequest request;
    bool capture = false;
    QString theme; ///< "" = as the settings say
    QSize size;    ///< invalid = as the settings say
    QString runs;
    bool workspaceGiven = false;
    std::map<QString, QString> setup; ///< method, data, transform, preset

    bool reopensLastSession() const {
        return !capture && request.openPath.isEmpty() && request.models.isEmpty() && !request.train;
    }
};

/// Gives the sentence that says what is wrong, "" when nothing is.
QString readLaunch(const QCommandLineParser& parser, Launch& launch) {
    const auto value = [&parser](const char* name) { return parser.value(QString::fromLatin1(name)); };
    const auto given = [&parser](const char* name) { return parser.isSet(QString::fromLatin1(name)); };

    launch.capture = given("capture");
    launch.request.file = value("capture");
    const QStringList paths = parser.values(QStringLiteral("open")) + parser.positionalArguments();
    launch.request.openPath = paths.value(0);
    launch.request.train = given("start") || given("steps");
    bool valid = true;
    launch.request.steps = given("steps") ? value("steps").toLongLong(&valid) : 0;
    if (!valid || launch.request.steps < 0)
        return QStringLiteral("--steps needs a whole number from 0 up, not \"%1\"").arg(value("steps"));

    launch.workspaceGiven = given("workspace");
    const QString workspace =
        launch.workspaceGiven ? value("workspace").toLower() : QStringLiteral("monitor");
    const QStringList workspaces{QStringLiteral("monitor"), QStringLiteral("explore"), QStringLiteral("map"),
                                 QStringLiteral("compare"),
                                 QStringLiteral("study")}; // in the order of ui::Workspace
    if (!workspaces.contains(workspace))
        return QStringLiteral("there is no workspace \"%1\"; choose %2")
            .arg(workspace, workspaces.join(QStringLiteral(", ")));
    launch.request.workspace = ui::Workspace(workspaces.indexOf(workspace));
    if (launch.request.workspace == ui::Workspace::Compare && paths.size() > 1) {
        launch.request.models = paths;
        launch.request.openPath.clear();
    } else if (paths.size() > 1) {
        return QStringLiteral("several paths need --workspace compare, which shows models side by side");
    }

    launch.theme = value("theme");
    const QStringList themes{QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("system")};
    if (given("theme") && !themes.contains(launch.theme))
        return QStringLiteral("there is no theme \"%1\"; choose light, dark or system").arg(launch.theme);

    if (given("size")) {
        const QStringList sides = value("size").split(QLatin1Char('x'));
        launch.size = sides.size() == 2 ? QSize(sides[0].toInt(), sides[1].toInt()) : QSize(0, 0);
        const QSize smallest(400, 300);
        const QSize largest(16384, 16384);
        if (launch.size.expandedTo(smallest) != launch.size || launch.size.boundedTo(largest) != launch.size)
            return QStringLiteral("--size needs WxH from 400x300 up, such as 1280x800, not \"%1\"")
                .arg(value("size"));
    }
    if (given("runs"))
        launch.runs = QDir(value("runs")).absolutePath();
    for (const char* name : {"method", "data", "transform", "preset"})
        if (given(name))
            launch.setup[QString::fromLatin1(name)] = value(name);
    return {};
}

/// Settings and runs of a capture lie in `scratch`: a picture of the window leaves nothing behind.
ui::WindowServices makeServices(const Launch& launch, const QTemporaryDir& scratch) {
    ui::WindowServices services;
    services.engine = ui::makeRealEngine();
    services.dialogs = std::make_unique<ui::QtDialogs>();
    services.settings = launch.capture
                            ? std::make_unique<QSettings>(scratch.filePath(QStringLiteral("settings.ini")),
                                                          QSettings::IniFormat)
                            : std::make_unique<QSettings>();
    services.runsRoot = launch.runs;
    if (launch.runs.isEmpty() && launch.capture)
        services.runsRoot = scratch.filePath(QStringLiteral("runs"));
    return services;
}

void applySetup(ui::MainWindow& window, const Launch& launch) {
    if (launch.setup.empty())
        return;
    engine::RunConfig config = window.setupPanel()->config();
    const auto take = [&](const char* name, std::string& target) {
        const auto found = launch.setup.find(QString::fromLatin1(name));
        if (found != launch.setup.end())
            target = found->second.toStdString();
    };
    take("method", config.method);
    take("data", config.data);
    take("transform", config.transform);
    take("preset", config.preset);
    const QFileInfo file(QString::fromStdString(config.data));
    if (launch.setup.count(QStringLiteral("data")) > 0 && file.exists())
        config.data = file.absoluteFilePath().toStdString();
    window.setupPanel()->setConfig(config);
}

/// Of the first window ever opened: most of the screen, so that all curves have room, but no more than eyes
/// take in. A picture of the window has one size everywhere.
QSize firstSize(const QScreen* screen) {
    constexpr QSize most(1680, 1050);
    const QSize there = screen->availableGeometry().size();
    return QSize(1280, 800).expandedTo((there * 0.88).boundedTo(most)).boundedTo(there);
}

/// Opens and starts what was asked for, after the first paint: the engine's parts start on threads of their
/// own.
void begin(ui::MainWindow& window, const Launch& launch) {
    if (!launch.request.openPath.isEmpty())
        window.openPath(launch.request.openPath);
    for (const QString& model : launch.request.models)
        window.compare().addPath(model);
    if (launch.request.train) {
        engine::RunConfig config = window.setupPanel()->config();
        config.steps = launch.request.steps;
        window.setupPanel()->setConfig(config);
        window.startTraining();
    }
}

} // namespace

int main(int argc, char** argv) {
    if (!choosePlatform(argc, argv)) {
        std::fprintf(
            stderr, "alphascope: there is no display (DISPLAY and WAYLAND_DISPLAY are not set); "
                    "train in the terminal with alphascope-cli, or draw a picture with --capture FILE.png\n");
        return 2;
    }
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe and
    std::signal(SIGXFSZ, SIG_IGN); // a file that grows past its limit are errors to report, not to die of
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Alphascope"));
    QApplication::setOrganizationName(QStringLiteral("Alphascope"));
    QApplication::setApplicationVersion(QStringLiteral(ALPHASCOPE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("alphascope"));

    QCommandLineParser parser;
    defineOptions(parser);
    parser.process(application);
    Launch launch;
    if (const QString fault = readLaunch(parser, launch); !fault.isEmpty()) {
        std::fprintf(stderr, "alphascope: %s\n", qPrintable(fault));
        return 2;
    }

    auto* theme = new ui::Theme(&application);
    const QTemporaryDir scratch;
    ui::MainWindow window(makeServices(launch, scratch));
    watchSignals(window);
    if (!launch.capture)
        window.resize(firstSize(QApplication::primaryScreen()));
    window.restoreSession(launch.reopensLastSession());
    if (!launch.theme.isEmpty())
        theme->apply(ui::themeFromName(launch.theme));
    if (launch.size.isValid())
        window.resize(launch.size);
    if (launch.workspaceGiven)
        window.setWorkspace(launch.request.workspace);
    applySetup(window, launch);
    window.show();

    std::unique_ptr<ui::WindowCapture> shot;
    if (launch.capture) {
        shot = std::make_unique<ui::WindowCapture>(window, launch.request);
        QObject::connect(shot.get(), &ui::WindowCapture::finished, &application,
                         [](int code, const QString& message) {
                             if (!message.isEmpty())
                                 std::fprintf(stderr, "alphascope: %s\n", qPrintable(message));
                             QApplication::exit(code);
                         });
        QTimer::singleShot(0, shot.get(), &ui::WindowCapture::begin);
    } else {
        QTimer::singleShot(0, &window, [&] { begin(window, launch); });
    }
    return QApplication::exec();
}
