#include "ui/panels/data_box.h"

#include <QListWidget>

#include "ui/models/text.h"
#include "ui/panels/chooser_popup.h"
#include "ui/panels/data_card.h"

namespace alphascope::ui {

DataBox::DataBox(DataLibrary& library, const std::vector<engine::DataSetInfo>& builtIn, QWidget* parent)
    : FormCombo(parent), library_(library) {
    setObjectName(QStringLiteral("dataBox"));
    for (const engine::DataSetInfo& info : builtIn) {
        addItem(text(info.name), text(info.name));
        setItemData(count() - 1, text(info.description), Qt::ToolTipRole);
    }
    addItem(tr("Folder…"), folderEntry());
    setItemData(count() - 1, tr("Pictures (sub-folders are labels), or the files of MNIST, CIFAR or CelebA"),
                Qt::ToolTipRole);
    addItem(tr("File…"), fileEntry());

    auto* card = new DataCard(library_);
    popup_ = new ChooserPopup(card, tr("Data sets"), this);
    popup_->setObjectName(QStringLiteral("dataPopup"));
    connect(this, &QComboBox::activated, this,
            [this](int index) { Q_EMIT chosen(itemData(index).toString()); });
    connect(popup_, &ChooserPopup::currentChanged, card, &DataCard::setSet);
    connect(popup_, &ChooserPopup::chosen, this, &DataBox::choose);
    connect(card, &DataCard::fetchWanted, &library_, &DataLibrary::fetch);
    connect(card, &DataCard::folderWanted, this, [this](const QString& name) {
        popup_->hide();
        Q_EMIT folderWanted(name);
    });
    connect(&library_, &DataLibrary::setsChanged, this, &DataBox::fillPopup);
}

int DataBox::insertBeforeChoosers(const QString& title, const QString& data) {
    const int place = findData(folderEntry());
    insertItem(place, title, data);
    setItemData(place, data, Qt::ToolTipRole);
    return place;
}

void DataBox::setData(const QString& data, const QString& title) {
    int index = findData(data);
    if (index < 0)
        index = insertBeforeChoosers(title, data);
    setCurrentIndex(index);
}

void DataBox::fillPopup() {
    const QString before = popup_->currentKey();
    popup_->clearEntries();
    bool builtIn = false;
    bool other = false;
    for (const engine::KnownDataSet& set : library_.sets()) {
        if (set.builtIn && !std::exchange(builtIn, true))
            popup_->addHeading(tr("Drawn by the program"));
        if (!set.builtIn && !std::exchange(other, true))
            popup_->addHeading(tr("Public sets"));
        popup_->addEntry(set.ready ? text(set.title) : tr("%1 · not here").arg(text(set.title)),
                         text(set.name), stateText(set));
        if (set.ready && findData(text(set.name)) < 0)
            insertBeforeChoosers(text(set.name), text(set.name));
    }
    popup_->addHeading(tr("Your own"));
    popup_->addEntry(tr("Folder…"), folderEntry(),
                     tr("Pictures (sub-folders are labels), or the files of a public set"));
    popup_->addEntry(tr("File…"), fileEntry());
    popup_->setCurrent(before.isEmpty() ? currentData().toString() : before);
}

void DataBox::choose(const QString& key) {
    const engine::KnownDataSet* set = library_.find(key);
    if (set && !set->ready) {
        // What is not here cannot be trained on: the panel stays, with the ways to get it.
        popup_->open(this, key);
        return;
    }
    const int index = findData(key);
    if (index >= 0)
        setCurrentIndex(index);
    Q_EMIT chosen(key);
}

void DataBox::showPopup() {
    library_.refresh();
    popup_->open(this, currentData().toString());
}

void DataBox::hidePopup() {
    popup_->hide();
    QComboBox::hidePopup();
}

} // namespace alphascope::ui
