#pragma once
// Chooses the method: a combo box whose list is a panel, grouped by family, with the card of the one under
// the cursor beside it. Arrow keys change the closed box, Alt+Down or a click opens the panel; there arrows
// walk, Return chooses, Escape leaves everything as it was. GUI thread only.

#include <QFrame>

#include "models/schema/method_traits.h"
#include "ui/panels/form.h"

class QListWidget;
class QScrollArea;

namespace alphascope::ui {

class MethodCard;

/// The open panel.
class MethodPopup : public QFrame {
    Q_OBJECT
public:
    /// `methods` must outlive the panel.
    explicit MethodPopup(const std::vector<models::MethodTraits>& methods, QWidget* parent = nullptr);
    /// Below (or above) `anchor`, on its screen, with the method called `name` under the cursor.
    void open(const QWidget* anchor, const QString& name);
    QListWidget* list() const { return list_; }

Q_SIGNALS:
    void chosen(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void choose();
    void showCurrent();

    const std::vector<models::MethodTraits>& methods_;
    QListWidget* list_;
    MethodCard* card_;
    QScrollArea* scroll_;
};

class MethodBox : public FormCombo {
    Q_OBJECT
public:
    explicit MethodBox(const std::vector<models::MethodTraits>& methods, QWidget* parent = nullptr);
    void showPopup() override;
    void hidePopup() override;
    MethodPopup* popup() const { return popup_; }

private:
    MethodPopup* popup_;
};

/// The methods family by family; families and their members in the order of `methods`.
std::vector<const models::MethodTraits*> byFamily(const std::vector<models::MethodTraits>& methods);

} // namespace alphascope::ui
