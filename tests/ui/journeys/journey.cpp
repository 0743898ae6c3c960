#include "journey.h"

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <filesystem>

#include "engine/api/data_sets.h"
#include "ui/session/image_conversion.h"
#include "ui/session/real_engine.h"
#include "ui/theme/theme.h"

namespace alphascope::ui::test {

namespace {

constexpr int trainingSteps = 240;
constexpr int comparedSteps = 60;       ///< of methods that are only laid beside others
constexpr QSize pictureSize(1280, 800); ///< of the README's pictures

/// Each pixel becomes the largest (or, for by < 0, smallest) of those at most |by| pixels away.
QImage thickened(const QImage& picture, int by) {
    if (by == 0)
        return picture;
    const QImage grey = picture.convertToFormat(QImage::Format_Grayscale8);
    QImage result = grey.copy();
    const int reach = std::abs(by);
    for (int y = 0; y < grey.height(); ++y)
        for (int x = 0; x < grey.width(); ++x) {
            uchar value = grey.constScanLine(y)[x];
            for (int v = std::max(0, y - reach); v <= std::min(grey.height() - 1, y + reach); ++v)
                for (int u = std::max(0, x - reach); u <= std::min(grey.width() - 1, x + reach); ++u) {
                    const uchar other = grey.constScanLine(v)[u];
                    value = by > 0 ? std::max(value, other) : std::min(value, other);
                }
            result.scanLine(y)[x] = value;
        }
    return result;
}

/// What a journey keeps with a run is not to stay there. "" when it cannot be copied.
QString copyOf(const QString& folder, const QString& to) {
    std::error_code failed;
    if (!QFileInfo::exists(to))
        std::filesystem::copy(folder.toStdString(), to.toStdString(),
                              std::filesystem::copy_options::recursive, failed);
    return failed ? QString() : to;
}

} // namespace

Journey::Journey() {
    if (!qApp->findChild<Theme*>())
        new Theme(qApp);
    QDir().mkpath(runsRoot());
}

Journey::~Journey() = default;

MainWindow& Journey::open() {
    window_.reset();
    auto answers = std::make_unique<FakeDialogs>();
    dialogs_ = answers.get();
    WindowServices services;
    services.engine = makeRealEngine();
    services.dialogs = std::move(answers);
    services.settings =
        std::make_unique<QSettings>(path(QStringLiteral("%1.ini").arg(++windows_)), QSettings::IniFormat);
    services.runsRoot = runsRoot();
    window_ = std::make_unique<MainWindow>(std::move(services));
    window_->restoreSession(false);
    window_->resize(pictureSize);
    window_->show();
    (void)QTest::qWaitForWindowActive(window_.get()); // keys go to the active window
    return *window_;
}

QString Journey::runFolder(const QString& method) {
    const QString given = qEnvironmentVariable("ALPHASCOPE_JOURNEY_RUNS");
    if (!given.isEmpty() && QFileInfo::exists(given + QLatin1Char('/') + method + QStringLiteral("/run")))
        return copyOf(given + QLatin1Char('/') + method + QStringLiteral("/run"),
                      runsRoot() + QStringLiteral("/given-") + method);
    return trainedHere(method);
}

QString Journey::trainedHere(const QString& method) {
    const QString folder = runsRoot() + QLatin1Char('/') + method;
    if (QFileInfo::exists(folder))
        return folder;
    engine::RunConfig config;
    config.method = method.toStdString();
    config.data = "glyphs";
    config.steps = method == QStringLiteral("alpha-gan") ? trainingSteps : comparedSteps;
    config.checkpointEvery = config.steps / 4;
    config.runFolder = folder.toStdString();
    engine::TrainingSession session([] {});
    session.start(config);
    session.waitUntilFinished(patience);
    return session.status().state == engine::SessionState::Stopped ? folder : QString();
}

bool Journey::explore(const QString& method) {
    return exploreFolder(runFolder(method));
}

bool Journey::exploreFolder(const QString& folder) {
    QSignalSpy decoded(&window_->explore(), &ExploreController::pictureDecoded);
    window_->openPath(folder);
    window_->setWorkspace(Workspace::Explore);
    return QTest::qWaitFor([&] { return !decoded.isEmpty() && window_->explore().hasModel(); }, patience);
}

QStringList Journey::pictures(const QString& method, const QString& name, int count, int bold) {
    const QString folder = path(name);
    QDir().mkpath(folder);
    const engine::RunConfig config = engine::readRunConfig(runFolder(method).toStdString());
    QStringList files;
    const auto slice =
        engine::dataSetPictures({.data = config.data, .split = "test", .count = std::size_t(count)});
    for (std::size_t i = 0; i < slice.pictures.size(); ++i) {
        files.append(QStringLiteral("%1/%2-digit-%3.png")
                         .arg(folder)
                         .arg(i, 3, 10, QLatin1Char('0'))
                         .arg(slice.labels[i]));
        thickened(toQImage(slice.pictures[i]), bold).save(files.back());
    }
    return files;
}

QString Journey::digit(const QStringList& pictures, int label) {
    const QString ending = QStringLiteral("-digit-%1.png").arg(label);
    const auto found = std::find_if(pictures.begin(), pictures.end(),
                                    [&](const QString& file) { return file.endsWith(ending); });
    return found == pictures.end() ? QString() : *found;
}

void Journey::keep(const QString& name) {
    const QString folder = qEnvironmentVariable("ALPHASCOPE_JOURNEY_PICTURES");
    if (!folder.isEmpty())
        window_->grab().save(QStringLiteral("%1/%2.png").arg(folder, name));
}

QComboBox* Journey::box(const QString& accessibleName) {
    for (auto* found : window_->findChildren<QComboBox*>())
        if (found->isVisible() && found->accessibleName() == accessibleName)
            return found;
    return nullptr;
}

bool Journey::canClick(const char* button) {
    const auto* found = find<QAbstractButton>(button);
    return found && found->isEnabled();
}

bool Journey::click(const char* button) {
    if (!canClick(button))
        return false;
    QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton);
    return true;
}

void Journey::key(Qt::Key key, Qt::KeyboardModifiers modifiers) {
    QTest::keyClick(window_.get(), key, modifiers);
}

void Journey::choose(QComboBox* box, int index) {
    while (box->currentIndex() < index)
        QTest::keyClick(box, Qt::Key_Down);
    while (box->currentIndex() > index)
        QTest::keyClick(box, Qt::Key_Up);
}

void Journey::drag(QWidget* widget, const QPoint& from, const QPoint& to, Qt::KeyboardModifiers modifiers) {
    QTest::mousePress(widget, Qt::LeftButton, modifiers, from);
    for (int i = 1; i <= 10; ++i) {
        QMouseEvent move(QEvent::MouseMove, from + (to - from) * i / 10,
                         widget->mapToGlobal(from + (to - from) * i / 10), Qt::NoButton, Qt::LeftButton,
                         modifiers);
        QApplication::sendEvent(widget, &move);
    }
    QTest::mouseRelease(widget, Qt::LeftButton, modifiers, to);
}

} // namespace alphascope::ui::test
