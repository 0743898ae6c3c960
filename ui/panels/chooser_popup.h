#pragma once
// The open list of a combo box as a panel: grouped entries at the left, what the one under the cursor is at
// the right. Arrows and typed letters walk, Return chooses, Escape leaves everything as it was. GUI thread
// only.

#include <QWidget>

class QListWidget;
class QListWidgetItem;
class QScrollArea;

namespace alphascope::ui {

class ChooserPopup : public QWidget {
    Q_OBJECT
public:
    /// Takes the card over; it is shown beside the list, and scrolls where it is higher.
    ChooserPopup(QWidget* card, const QString& accessibleName, QWidget* parent = nullptr);

    /// Below (or above) `anchor`, on its screen, with the entry `key` under the cursor.
    void open(const QWidget* anchor, const QString& key);
    QListWidget* list() const { return list_; }
    /// Of the entry under the cursor; "" for none.
    QString currentKey() const;

    void clearEntries();
    void addHeading(const QString& title);
    QListWidgetItem* addEntry(const QString& text, const QString& key, const QString& description = {});
    void setCurrent(const QString& key);

Q_SIGNALS:
    void chosen(const QString& key);
    void currentChanged(const QString& key);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose();

    QListWidget* list_;
    QScrollArea* scroll_;
};

} // namespace alphascope::ui
