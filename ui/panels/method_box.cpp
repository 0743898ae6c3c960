#include "ui/panels/method_box.h"

#include <algorithm>

#include "ui/models/method_text.h"
#include "ui/models/text.h"
#include "ui/panels/chooser_popup.h"
#include "ui/panels/method_card.h"

namespace alphascope::ui {

std::vector<const models::MethodTraits*> byFamily(const std::vector<models::MethodTraits>& methods) {
    std::vector<const models::MethodTraits*> result;
    for (const models::MethodTraits& traits : methods) {
        const auto after =
            std::find_if(result.rbegin(), result.rend(),
                         [&](const models::MethodTraits* other) { return other->family == traits.family; });
        result.insert(after == result.rend() ? result.end() : after.base(), &traits);
    }
    return result;
}

MethodBox::MethodBox(const std::vector<models::MethodTraits>& methods, QWidget* parent) : FormCombo(parent) {
    setObjectName(QStringLiteral("methodBox"));
    auto* card = new MethodCard(true);
    popup_ = new ChooserPopup(card, tr("Methods by family"), this);
    popup_->setObjectName(QStringLiteral("methodPopup"));
    const models::MethodTraits* before = nullptr;
    for (const models::MethodTraits* traits : byFamily(methods)) {
        addItem(text(traits->title), text(traits->name));
        setItemData(count() - 1, methodToolTip(*traits), Qt::ToolTipRole);
        if (!before || before->family != traits->family)
            popup_->addHeading(tr(models::toText(traits->family)));
        popup_->addEntry(text(traits->title), text(traits->name), familyAndYear(*traits));
        before = traits;
    }
    connect(popup_, &ChooserPopup::currentChanged, card, [card, &methods](const QString& name) {
        for (const models::MethodTraits& traits : methods)
            if (text(traits.name) == name)
                card->setMethod(traits);
    });
    connect(popup_, &ChooserPopup::chosen, this, [this](const QString& name) {
        const int index = findData(name);
        if (index < 0 || index == currentIndex())
            return;
        setCurrentIndex(index);
        Q_EMIT activated(index);
    });
}

void MethodBox::showPopup() {
    popup_->open(this, currentData().toString());
}

void MethodBox::hidePopup() {
    popup_->hide();
    QComboBox::hidePopup();
}

} // namespace alphascope::ui
