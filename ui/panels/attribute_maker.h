#pragma once
// Two places to drop pictures on, with and without something, and the button that makes a direction of them.
// GUI thread only.

#include <QWidget>

#include "ui/session/attribute_sets.h"
#include "ui/session/direction_controller.h"

class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace alphascope::ui {

/// One of the two places: newest pictures, count, drops, clear.
class AttributeSetView : public QWidget {
    Q_OBJECT
public:
    AttributeSetView(AttributeSets& sets, AttributeSets::Side side, const QString& title,
                     QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void presentCodeWanted(); ///< clicked: the explored code is to be added

protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    AttributeSets& sets_;
    AttributeSets::Side side_;
    QString title_;
    bool dropping_ = false;
};

class AttributeMaker : public QWidget {
    Q_OBJECT
public:
    AttributeMaker(DirectionController& controller, AttributeSets& sets, QWidget* parent = nullptr);
    AttributeSetView* set(AttributeSets::Side side) const { return views_[side]; }
    QLineEdit* name() const { return name_; }
    QPushButton* makeButton() const { return make_; }

private:
    void refresh();
    void fillApart();
    void addPresent(AttributeSets::Side side);

    DirectionController& controller_;
    AttributeSets& sets_;
    AttributeSetView* views_[2];
    QLineEdit* name_;
    QToolButton* apart_;
    QMenu* apartMenu_;
    QPushButton* make_;
};

} // namespace alphascope::ui
