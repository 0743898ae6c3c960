#include "ui/panels/place_list.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

#include "ui/panels/form.h"
#include "ui/theme/tokens.h"

namespace alphascope::ui {

namespace {

constexpr int shownRows = 3;

/// What the critic states at a place, and what happened on held-out codes where it stated about that; NaN
/// where it never did.
std::pair<double, double> reliabilityAt(const engine::CodeCriticReport& report, double logRatio) {
    const double stated = 1.0 / (1.0 + std::exp(-logRatio));
    const std::size_t bins = report.reliability.size();
    if (bins == 0)
        return {stated, std::nan("")};
    const std::size_t bin = std::min(bins - 1, std::size_t(stated * double(bins)));
    return {stated, double(report.reliability[bin])};
}

QString percentText(double share) {
    return PlaceList::tr("%1 %").arg(100.0 * share, 0, 'f', 0);
}

} // namespace

PlaceList::PlaceList(QWidget* parent)
    : QWidget(parent), note_(textLabel(this, "placeNote", "caption")), list_(new QListWidget(this)),
      decode_(new QPushButton(this)) {
    setObjectName(QStringLiteral("placeList"));
    list_->setAccessibleName(tr("Holes and leaks"));
    list_->setFont(tabularFont(list_->font()));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    decode_->setObjectName(QStringLiteral("decodePlace"));
    decode_->setToolTip(tr("Shows in Explore what the model makes of the code at this place"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(note_);
    layout->addWidget(list_);
    layout->addWidget(decode_);
    connect(list_, &QListWidget::currentRowChanged, this, [this](int row) {
        refresh();
        if (row >= 0)
            Q_EMIT chosen(row);
    });
    connect(list_, &QListWidget::itemActivated, this, [this] { Q_EMIT decodeRequested(current()); });
    connect(decode_, &QPushButton::clicked, this, [this] { Q_EMIT decodeRequested(current()); });
    clear();
}

QString PlaceList::nameOf(const MapPlace& place) {
    return (place.kind == MapPlace::Kind::Hole ? tr("hole %1") : tr("leak %1")).arg(place.number);
}

void PlaceList::setPlaces(const std::vector<MapPlace>& places, const engine::CodeCriticReport& report) {
    const QSignalBlocker quiet(list_);
    places_ = report.reliable() ? places : std::vector<MapPlace>();
    list_->clear();
    for (const MapPlace& place : places_) {
        auto* item = new QListWidgetItem(
            tr("%1 · log q/p %2").arg(nameOf(place)).arg(place.logRatio, 0, 'f', 1), list_);
        const auto [stated, found] = reliabilityAt(report, place.logRatio);
        item->setToolTip(
            tr("The critic takes a code here for a picture's with a probability of %1. ")
                .arg(percentText(stated)) +
            (std::isfinite(found)
                 ? tr("Of held-out codes of which it said about that, %1 were.").arg(percentText(found))
                 : tr("Of no held-out code it said about that: it has not been tried here.")));
    }
    if (!report.reliable())
        note_->setText(
            report.heldOut < 100
                ? tr("Too few codes to trust the critic: no holes or leaks are marked. Encode more pictures.")
                : tr("The critic's probabilities are off by %1 on held-out codes: no holes or leaks are "
                     "marked.")
                      .arg(percentText(report.calibration)));
    else if (places_.empty())
        note_->setText(tr("No code is ten times rarer or denser than the prior says."));
    else
        note_->setText(tr("Ten times rarer (hole) or denser (leak):"));
    note_->setToolTip(
        tr("Holes are codes drawn from the prior, leaks codes of pictures: of each kind the most "
           "extreme, apart from each other on the map, onto whose plane they are projected. The field "
           "shows the plane itself, through the mean of the codes."));
    list_->setVisible(!places_.empty());
    decode_->setVisible(!places_.empty());
    const int rows = std::min(shownRows, int(places_.size()));
    if (rows > 0)
        list_->setFixedHeight(rows * list_->sizeHintForRow(0) + 2 * list_->frameWidth() + 2);
    list_->setCurrentRow(places_.empty() ? -1 : 0);
    refresh();
    show();
}

void PlaceList::clear() {
    const QSignalBlocker quiet(list_);
    places_.clear();
    list_->clear();
    hide();
}

void PlaceList::setCurrent(int index) {
    list_->setCurrentRow(index);
}

int PlaceList::current() const {
    return list_->currentRow();
}

QString PlaceList::note() const {
    return note_->text();
}

void PlaceList::refresh() {
    const int row = current();
    if (row >= 0)
        decode_->setText(tr("Decode %1").arg(nameOf(places_[std::size_t(row)])));
}

} // namespace alphascope::ui
