// The window's program: command line, signals, and putting the engine behind the window.

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QSocketNotifier>
#include <QTemporaryDir>
#include <QTimer>

#include <csignal>
#include <cstdio>
#include <cstdlib>
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
    parser.addPositionalArgument(QStringLiteral("path"),
                                 text("Checkpoint, run folder, folder of runs, picture, or data to open."),
                                 QStringLiteral("[path]"));
    const auto add = [&](const char* name, const char* words, const char* value = "") {
        parser.addOption({QString::fromLatin1(name), text(words), QString::fromLatin1(value)});
    };
    add("capture", "Draw the window into a PNG file and leave.", "file");
    add("workspace", "Workspace to show: monitor or explore.", "name");
    add("open", "The same as the path.", "path");
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

int usageError(const QString& message) {
    std::fprintf(stderr, "alphascope: %s\n", qPrintable(message));
    return 2;
}

} // namespace

int main(int argc, char** argv) {
    if (!choosePlatform(argc, argv)) {
        std::fprintf(
            stderr, "alphascope: there is no display (DISPLAY and WAYLAND_DISPLAY are not set); "
                    "train in the terminal with alphascope-cli, or draw a picture with --capture FILE.png\n");
        return 2;
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Alphascope"));
    QApplication::setOrganizationName(QStringLiteral("Alphascope"));
    QApplication::setApplicationVersion(QStringLiteral(ALPHASCOPE_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("alphascope"));

    QCommandLineParser parser;
    defineOptions(parser);
    parser.process(application);
    const auto value = [&parser](const char* name) { return parser.value(QString::fromLatin1(name)); };
    const auto given = [&parser](const char* name) { return parser.isSet(QString::fromLatin1(name)); };

    ui::CaptureRequest request;
    request.file = value("capture");
    request.openPath = given("open") ? value("open") : parser.positionalArguments().value(0);
    bool valid = true;
    request.steps = given("steps") ? value("steps").toLongLong(&valid) : 0;
    if (!valid || request.steps < 0)
        return usageError(
            QStringLiteral("--steps needs a whole number from 0 up, not \"%1\"").arg(value("steps")));
    const QString workspace = given("workspace") ? value("workspace").toLower() : QStringLiteral("monitor");
    if (workspace != QStringLiteral("monitor") && workspace != QStringLiteral("explore"))
        return usageError(
            QStringLiteral("there is no workspace \"%1\"; choose monitor or explore").arg(workspace));
    request.workspace =
        workspace == QStringLiteral("explore") ? ui::Workspace::Explore : ui::Workspace::Monitor;
    const bool capture = given("capture");
    request.train = given("start") || given("steps");
    if (given("theme") &&
        !QStringList{QStringLiteral("light"), QStringLiteral("dark"), QStringLiteral("system")}.contains(
            value("theme")))
        return usageError(
            QStringLiteral("there is no theme \"%1\"; choose light, dark or system").arg(value("theme")));
    QSize size;
    if (given("size")) {
        const QStringList sides = value("size").split(QLatin1Char('x'));
        size = sides.size() == 2 ? QSize(sides[0].toInt(), sides[1].toInt()) : QSize();
        if (size.width() < 400 || size.height() < 300 || size.width() > 16384 || size.height() > 16384)
            return usageError(QStringLiteral("--size needs WxH from 400x300 up, such as 1280x800, not \"%1\"")
                                  .arg(value("size")));
    }

    auto* theme = new ui::Theme(&application);
    // A picture of the window leaves nothing behind: no settings, no run.
    QTemporaryDir scratch;
    ui::WindowServices services;
    services.engine = ui::makeRealEngine();
    services.dialogs = std::make_unique<ui::QtDialogs>();
    services.settings = capture ? std::make_unique<QSettings>(
                                      scratch.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat)
                                : std::make_unique<QSettings>();
    services.runsRoot = given("runs") ? QDir(value("runs")).absolutePath()
                        : capture     ? scratch.filePath(QStringLiteral("runs"))
                                      : QString();
    ui::MainWindow window(std::move(services));
    watchSignals(window);
    const bool reopen = !capture && request.openPath.isEmpty() && !request.train;
    window.restoreSession(reopen);
    if (given("theme"))
        theme->apply(ui::themeFromName(value("theme")));
    if (size.isValid())
        window.resize(size);
    if (!reopen && given("workspace"))
        window.setWorkspace(request.workspace);
    if (given("method") || given("data") || given("transform") || given("preset")) {
        engine::RunConfig config = window.setupPanel()->config();
        const auto take = [&](const char* name, std::string& target) {
            if (given(name))
                target = value(name).toStdString();
        };
        take("method", config.method);
        take("data", config.data);
        take("transform", config.transform);
        take("preset", config.preset);
        if (given("data") && QFileInfo::exists(value("data")))
            config.data = QFileInfo(value("data")).absoluteFilePath().toStdString();
        window.setupPanel()->setConfig(config);
    }
    window.show();

    std::unique_ptr<ui::WindowCapture> shot;
    if (capture) {
        shot = std::make_unique<ui::WindowCapture>(window, request);
        QObject::connect(shot.get(), &ui::WindowCapture::finished, &application,
                         [](int code, const QString& message) {
                             if (!message.isEmpty())
                                 std::fprintf(stderr, "alphascope: %s\n", qPrintable(message));
                             QApplication::exit(code);
                         });
        QTimer::singleShot(0, shot.get(), &ui::WindowCapture::begin);
    } else {
        // After the first paint: the engine's parts start on threads of their own.
        QTimer::singleShot(0, &window, [&] {
            if (!request.openPath.isEmpty())
                window.openPath(request.openPath);
            if (request.train) {
                engine::RunConfig config = window.setupPanel()->config();
                config.steps = request.steps;
                window.setupPanel()->setConfig(config);
                window.startTraining();
            }
        });
    }
    return QApplication::exec();
}
