#pragma once
// A few pictures side by side, each with two short lines below it, as wide as there is room; each can be
// clicked, and reached with the arrow keys. GUI thread only.

#include <QImage>
#include <QList>
#include <QWidget>

namespace alphascope::ui {

class PictureRow : public QWidget {
    Q_OBJECT
public:
    struct Item {
        QImage picture;
        QString figure; ///< below it, in the text's colour
        QString note;   ///< below that, muted
        QString toolTip;
        bool apart = false; ///< of another kind than those before: a line between them
        bool operator==(const Item&) const = default;
    };

    explicit PictureRow(QWidget* parent = nullptr);

    void setItems(QList<Item> items);
    const QList<Item>& items() const { return items_; }
    QRectF pictureRect(int index) const; ///< in widget coordinates
    int itemAt(const QPointF& position) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void activated(int index); ///< click or Return

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;

private:
    double side(int width) const;
    int heightFor(int width) const;
    void setCurrent(int index);

    QList<Item> items_;
    int hovered_ = -1;
    int current_ = 0; ///< by the keyboard
};

} // namespace alphascope::ui
