#include "ui/panels/data_card.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/models/figures.h"
#include "ui/models/text.h"
#include "ui/panels/form.h"
#include "ui/session/image_conversion.h"
#include "ui/theme/icons.h"
#include "ui/widgets/image_grid.h"

namespace alphascope::ui {

namespace {

constexpr int gridHeight = 250;

} // namespace

QString labelsText(const std::vector<std::string>& labels, int shown) {
    if (labels.empty())
        return DataCard::tr("No labels.");
    QStringList names;
    for (std::size_t i = 0; i < labels.size() && int(i) < shown; ++i)
        names << text(labels[i]);
    if (labels.size() > std::size_t(names.size()))
        names << QStringLiteral("…");
    return DataCard::tr("%1 labels: %2").arg(labels.size()).arg(names.join(QStringLiteral(", ")));
}

QString stateText(const engine::KnownDataSet& set) {
    QStringList parts{set.ready ? DataCard::tr("ready") : DataCard::tr("not here")};
    const bool points = set.channels == 2;
    const QString what = points              ? DataCard::tr("points in the plane")
                         : set.channels == 1 ? DataCard::tr("%1 px, grey").arg(set.size)
                                             : DataCard::tr("%1 px, colour").arg(set.size);
    const auto count = std::int64_t(set.trainCount + set.testCount);
    parts << (count == 0 ? DataCard::tr("endless") : DataCard::tr("%1 pictures").arg(stepText(count)))
          << what;
    if (set.bytes > 0)
        parts << (set.ready ? bytesText(set.bytes)
                            : DataCard::tr("%1 to download").arg(bytesText(set.bytes)));
    return parts.join(QStringLiteral(" · "));
}

DataCard::DataCard(DataLibrary& library, QWidget* parent)
    : QWidget(parent), library_(library), title_(textLabel(this, "dataTitle", "heading")),
      state_(textLabel(this, "dataState", "caption")), description_(textLabel(this, "dataDescription", "")),
      byHand_(textLabel(this, "dataByHand", "hint")),
      fetch_(new QPushButton(icon(QStringLiteral("checkpoint")), tr("Download"), this)),
      folder_(new QPushButton(icon(QStringLiteral("folder")), tr("Choose its folder…"), this)),
      pictures_(new ImageGrid(this)), labels_(textLabel(this, "dataLabels", "caption")) {
    setObjectName(QStringLiteral("dataCard"));
    fetch_->setObjectName(QStringLiteral("dataFetch"));
    folder_->setObjectName(QStringLiteral("dataFolder"));
    pictures_->setObjectName(QStringLiteral("dataPictures"));
    pictures_->setAccessibleName(tr("Some of its pictures"));
    pictures_->setFixedHeight(gridHeight);
    pictures_->setFocusPolicy(Qt::NoFocus);
    byHand_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(fetch_);
    buttons->addWidget(folder_);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    for (QWidget* widget : {title_, state_, description_, byHand_})
        layout->addWidget(widget);
    layout->addLayout(buttons);
    layout->addWidget(pictures_);
    layout->addWidget(labels_);
    layout->addStretch(1);
    connect(fetch_, &QPushButton::clicked, this, [this] { Q_EMIT fetchWanted(name_); });
    connect(folder_, &QPushButton::clicked, this, [this] { Q_EMIT folderWanted(name_); });
    connect(&library_, &DataLibrary::setsChanged, this, [this] { setSet(name_); });
    connect(&library_, &DataLibrary::fetchProgressed, this, &DataCard::refresh);
    connect(&library_, &DataLibrary::fetchEnded, this, &DataCard::refresh);
    connect(&library_, &DataLibrary::sampled, this, [this](const QString& name, const auto& sample) {
        if (name == name_)
            showSample(*sample);
    });
    connect(&library_, &DataLibrary::sampleFailed, this, [this](const QString& name, const QString& message) {
        if (name == name_)
            labels_->setText(message);
    });
    refresh();
}

void DataCard::setSet(const QString& name) {
    name_ = name;
    pictures_->setCells({});
    labels_->clear();
    refresh();
    const engine::KnownDataSet* set = library_.find(name);
    if (set && set->ready && isVisible()) {
        pictures_->setEmptyText(tr("Reading…"));
        library_.look(name);
    }
}

void DataCard::refresh() {
    const engine::KnownDataSet* set = library_.find(name_);
    for (QWidget* widget :
         std::initializer_list<QWidget*>{state_, byHand_, fetch_, folder_, pictures_, labels_})
        widget->setVisible(set != nullptr);
    if (!set) {
        title_->setText(tr("Your own data"));
        description_->setText(
            tr("A folder of pictures, in which sub-folders are labels; or the files of MNIST "
               "and its family, CIFAR-10, CIFAR-100 or CelebA as they were published."));
        return;
    }
    title_->setText(text(set->title));
    state_->setText(stateText(*set));
    state_->setToolTip(text(set->folder));
    description_->setText(text(set->description));
    byHand_->setText(text(set->byHand));
    byHand_->setVisible(!set->ready && !set->fetchable && !set->byHand.empty());
    const bool onItsWay = library_.fetched() == name_;
    fetch_->setVisible(!set->ready && set->fetchable);
    fetch_->setEnabled(!library_.fetching());
    fetch_->setText(onItsWay ? tr("Downloading…") : tr("Download %1").arg(bytesText(set->bytes)));
    fetch_->setToolTip(library_.fetching() && !onItsWay ? tr("One download at a time.")
                                                        : tr("Fetches the set from its public address."));
    folder_->setVisible(!set->ready);
    pictures_->setVisible(set->ready);
    labels_->setVisible(set->ready);
}

void DataCard::showSample(const DataSample& sample) {
    pictures_->setEmptyText(tr("No pictures"));
    pictures_->setCells(toQImages(sample.pictures));
    labels_->setText(labelsText(sample.info.labels));
}

} // namespace alphascope::ui
