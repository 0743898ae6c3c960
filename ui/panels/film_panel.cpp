#include "ui/panels/film_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

#include "ui/models/code_payload.h"
#include "ui/models/figures.h"
#include "ui/panels/form.h"
#include "ui/panels/long_work_view.h"
#include "ui/theme/icons.h"
#include "ui/widgets/film_strip.h"
#include "ui/widgets/progress_row.h"

namespace alphascope::ui {

namespace {

constexpr int searchWidth = 360;

} // namespace

FilmPanel::FilmPanel(ExploreController& controller, QWidget* parent)
    : Panel(tr("Film strip"), parent), controller_(controller), strip_(new FilmStrip(this)),
      play_(new QToolButton(this)), progress_(new ProgressRow(this)),
      search_(new LongWorkView(tr("lowest energy"), tr("sum of squared steps"), this)) {
    strip_->setAccessibleName(tr("Film strip"));
    strip_->setEmptyText(tr("No keyframes yet"), tr("Press K to keep the present picture; two make a film."));
    play_->setObjectName(QStringLiteral("playFilm"));
    play_->setProperty("primary", true);
    play_->setAccessibleName(tr("Play"));
    play_->setToolTip(tr("Play the way through the keyframes (P)"));
    play_->setFixedSize(36, 36);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(play_, 0, Qt::AlignVCenter);
    row->addWidget(strip_, 1);
    row->addWidget(search_);
    search_->setObjectName(QStringLiteral("geodesicView"));
    search_->setFixedWidth(searchWidth);
    contentLayout()->addLayout(row, 1);
    contentLayout()->addWidget(buildPathRow());
    contentLayout()->addWidget(progress_);
    progress_->hide();
    buildHeader();

    connect(play_, &QToolButton::clicked, this, [this] { controller_.setPlaying(!controller_.playing()); });
    connect(strip_, &FilmStrip::playToggled, this,
            [this] { controller_.setPlaying(!controller_.playing()); });
    connect(strip_, &FilmStrip::positionChanged, this, [this](double t) {
        controller_.setPlaying(false);
        controller_.setPosition(t);
    });
    connect(strip_, &FilmStrip::keyframesReordered, &controller_, &ExploreController::reorderKeyframes);
    connect(strip_, &FilmStrip::removeRequested, &controller_, &ExploreController::removeKeyframe);
    connect(strip_, &FilmStrip::keyframeActivated, &controller_, &ExploreController::loadKeyframe);
    connect(strip_, &FilmStrip::payloadDropped, this, [this](const QByteArray& bytes, int index) {
        const CodePayload payload = unpackCode(bytes);
        if (!payload.empty())
            controller_.insertKeyframe(index, payload.code, payload.label);
    });
    connect(strip_, &FilmStrip::imageDropped, this, [this](const QImage& image, int index) {
        controller_.encodePicture(image, tr("dropped picture"), index);
    });
    connect(strip_, &FilmStrip::fileDropped, this,
            [this](const QString& path, int index) { controller_.encodeFile(path, index); });
    connect(&controller_, &ExploreController::keyframesDecoded, this,
            [this](const QVector<QImage>& thumbnails) {
                thumbnails_ = thumbnails;
                refresh();
            });
    connect(&controller_, &ExploreController::stripDecoded, strip_, &FilmStrip::setFrames);
    connect(&controller_, &ExploreController::positionChanged, strip_, &FilmStrip::setPosition);
    connect(&controller_, &ExploreController::playingChanged, this, [this](bool playing) {
        strip_->setPlaying(playing);
        refreshPlayIcon();
    });
    connect(&controller_, &ExploreController::pathChanged, this, &FilmPanel::refreshPathRow);
    connect(&controller_, &ExploreController::wayProgressed, this, &FilmPanel::showSearch);
    connect(&controller_, &ExploreController::longWorkEnded, search_, &LongWorkView::close);
    connect(search_, &LongWorkView::cancelRequested, &controller_, &ExploreController::cancelWays);
    connect(&controller_, &ExploreController::viewChanged, this, [this](ViewPart part) {
        if (part == ViewPart::Keyframes || part == ViewPart::All)
            refresh();
    });
    refresh();
}

void FilmPanel::buildHeader() {
    path_ = new FormCombo(this);
    path_->setObjectName(QStringLiteral("pathBox"));
    path_->addItem(tr("slerp"), int(engine::PathKind::Slerp));
    path_->addItem(tr("lerp"), int(engine::PathKind::Lerp));
    path_->addItem(tr("cubic"), int(engine::PathKind::Cubic));
    path_->addItem(tr("geodesic"), int(engine::PathKind::Geodesic));
    path_->setAccessibleName(tr("Path between keyframes"));
    path_->setToolTip(
        tr("slerp: along the sphere, as codes of the prior lie; lerp: the straight line; cubic: one "
           "smooth curve through all keyframes; geodesic: where the pictures change least, found by "
           "search"));
    fps_ = new FormCombo(this);
    for (const int fps : {12, 24, 30, 60})
        fps_->addItem(tr("%1 fps").arg(fps), fps);
    fps_->setAccessibleName(tr("Frames per second"));
    seconds_ = new FormCombo(this);
    for (const double seconds : {0.5, 1.0, 2.0, 4.0})
        seconds_->addItem(tr("%1 s").arg(seconds), seconds);
    seconds_->setAccessibleName(tr("Seconds between keyframes"));
    seconds_->setToolTip(tr("Time from one keyframe to the next"));
    fps_->setCurrentIndex(fps_->findData(controller_.framesPerSecond()));
    seconds_->setCurrentIndex(seconds_->findData(controller_.secondsPerSegment()));
    path_->setFixedWidth(118);
    fps_->setFixedWidth(92);
    seconds_->setFixedWidth(78);
    loop_ = new QToolButton(this);
    loop_->setObjectName(QStringLiteral("loopFilm"));
    loop_->setProperty("flat", true);
    loop_->setCheckable(true);
    loop_->setIcon(icon(QStringLiteral("loop"), IconColor::Muted));
    loop_->setToolTip(tr("Go back to the first keyframe and start again"));
    loop_->setAccessibleName(tr("Loop"));
    export_ = new QToolButton(this);
    export_->setProperty("flat", true);
    export_->setIcon(icon(QStringLiteral("export"), IconColor::Muted));
    export_->setToolTip(tr("Save the strip or a video"));
    export_->setAccessibleName(tr("Export film"));
    export_->setPopupMode(QToolButton::InstantPopup);
    for (QWidget* widget :
         {static_cast<QWidget*>(path_), static_cast<QWidget*>(fps_), static_cast<QWidget*>(seconds_),
          static_cast<QWidget*>(loop_), static_cast<QWidget*>(export_)})
        addHeaderWidget(widget);
    connect(path_, &QComboBox::activated, this,
            [this] { controller_.setPath(static_cast<engine::PathKind>(path_->currentData().toInt())); });
    connect(fps_, &QComboBox::activated, this,
            [this] { controller_.setFramesPerSecond(fps_->currentData().toInt()); });
    connect(seconds_, &QComboBox::activated, this,
            [this] { controller_.setSecondsPerSegment(seconds_->currentData().toDouble()); });
    connect(loop_, &QToolButton::clicked, &controller_, &ExploreController::setLoop);
}

void FilmPanel::refresh() {
    const ExploreView& view = controller_.view();
    QVector<Keyframe> keyframes;
    for (std::size_t i = 0; i < view.keyframes.size(); ++i)
        keyframes.append({view.keyframes[i].id, thumbnails_.value(qsizetype(i)), view.keyframes[i].label});
    strip_->setKeyframes(keyframes);
    strip_->setLoop(view.loop);
    path_->setCurrentIndex(path_->findData(int(view.path)));
    loop_->setChecked(view.loop);
    const bool film = pathSegments(view) > 0;
    play_->setEnabled(film);
    export_->setEnabled(film);
    if (!film)
        strip_->setFrames({});
    refreshPlayIcon();
    refreshPathRow();
}

QWidget* FilmPanel::buildPathRow() {
    auto* box = new QWidget(this);
    length_ = new QLabel(box);
    length_->setObjectName(QStringLiteral("pathLength"));
    length_->setProperty("role", QStringLiteral("caption"));
    length_->setToolTip(
        tr("How long the way is: the sum of the distances between neighbouring codes, and between "
           "their pictures, where black is −1 and white is 1."));
    evenSpeed_ = new QCheckBox(tr("even speed"), box);
    evenSpeed_->setObjectName(QStringLiteral("evenSpeed"));
    evenSpeed_->setToolTip(
        tr("Play so that the pictures change equally fast all the time, instead of the same time "
           "from each keyframe to the next"));
    pull_ = new QSpinBox(box);
    pull_->setObjectName(QStringLiteral("pullToData"));
    pull_->setRange(0, 100);
    pull_->setSingleStep(10);
    pull_->setKeyboardTracking(false);
    pull_->setPrefix(tr("pull to data "));
    pull_->setSuffix(tr(" %"));
    pull_->setAccessibleName(tr("Pull to the data"));
    pull_->setToolTip(tr("Move each code between keyframes this share of the way to where the encoder puts "
                         "its picture: to codes that look like those of data"));
    ways_ = new QLabel(box);
    ways_->setObjectName(QStringLiteral("waysLabel"));
    ways_->setProperty("role", QStringLiteral("caption"));
    find_ = new QPushButton(tr("Find geodesics"), box);
    find_->setObjectName(QStringLiteral("findGeodesics"));
    find_->setToolTip(tr("Search for the ways on which the pictures change least; this takes a while"));
    auto* layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(length_);
    layout->addWidget(evenSpeed_);
    layout->addWidget(pull_);
    layout->addStretch(1);
    layout->addWidget(ways_);
    layout->addWidget(find_);
    connect(evenSpeed_, &QCheckBox::clicked, &controller_, &ExploreController::setEvenSpeed);
    connect(pull_, &QSpinBox::valueChanged, &controller_,
            [this](int percent) { controller_.setPull(percent / 100.0); });
    connect(find_, &QPushButton::clicked, &controller_, &ExploreController::findWays);
    return box;
}

void FilmPanel::refreshPathRow() {
    const ExploreView& view = controller_.view();
    const auto all = int(controller_.path().ways());
    evenSpeed_->setChecked(view.evenSpeed);
    const QSignalBlocker quiet(pull_);
    pull_->setValue(int(std::lround(view.pull * 100.0)));
    pull_->setVisible(controller_.canEncode());
    length_->parentWidget()->setVisible(all > 0);
    if (all == 0)
        return;
    const ExploreController::PathLength length = controller_.pathLength();
    length_->setText(tr("length %1 in codes · %2 in pictures")
                         .arg(figureText(length.codes),
                              length.pictures ? figureText(*length.pictures) : QStringLiteral("…")));
    const bool geodesic = view.path == engine::PathKind::Geodesic;
    const auto missing = int(controller_.path().waysMissing());
    ways_->setVisible(geodesic);
    ways_->setText(missing == 0 ? tr("every way is a geodesic")
                                : tr("geodesics: %1 of %2 ways; the rest slerp").arg(all - missing).arg(all));
    find_->setVisible(geodesic && missing > 0 && !controller_.findingWays());
}

void FilmPanel::showSearch(const engine::ExploreResult& result) {
    const auto all = int(controller_.path().ways());
    search_->showStep(result,
                      tr("Geodesic %1 of %2").arg(all - int(controller_.path().waysMissing()) + 1).arg(all));
    // The next way, if there is one, opens it again.
    if (result.finished)
        search_->close();
}

void FilmPanel::refreshPlayIcon() {
    play_->setIcon(
        icon(controller_.playing() ? QStringLiteral("pause") : QStringLiteral("play"), IconColor::OnAccent));
    play_->setAccessibleName(controller_.playing() ? tr("Pause the film") : tr("Play the film"));
}

} // namespace alphascope::ui
