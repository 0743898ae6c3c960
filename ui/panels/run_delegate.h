#pragma once
// One run or checkpoint in the tree: thumbnail, name, a muted line below, a pin. GUI thread only.

#include <QStyledItemDelegate>

namespace alphascope::ui {

class RunDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace alphascope::ui
