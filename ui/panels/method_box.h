#pragma once
// Chooses the method: a combo box whose list is a panel, grouped by family, with the card of the one under
// the cursor beside it. GUI thread only.

#include "models/schema/method_traits.h"
#include "ui/panels/form.h"

namespace alphascope::ui {

class ChooserPopup;

class MethodBox : public FormCombo {
    Q_OBJECT
public:
    /// `methods` must outlive the box.
    explicit MethodBox(const std::vector<models::MethodTraits>& methods, QWidget* parent = nullptr);
    void showPopup() override;
    void hidePopup() override;
    ChooserPopup* popup() const { return popup_; }

private:
    ChooserPopup* popup_;
};

/// The methods family by family; families and their members in the order of `methods`.
std::vector<const models::MethodTraits*> byFamily(const std::vector<models::MethodTraits>& methods);

} // namespace alphascope::ui
