#include "ui/panels/run_delegate.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>

#include "ui/models/run_tree_model.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

namespace alphascope::ui {

namespace {

constexpr int thumbnailSide = 30;
constexpr int padding = 5;
constexpr int branchWidth = 16;
constexpr int deepestDrawn = 6; // forks of forks beyond it leave no room for their names

QFont smallFont(const QFont& base) {
    QFont font = tabularFont(base);
    font.setPixelSize(std::max(9, QFontInfo(base).pixelSize() - 2));
    return font;
}

void paintThumbnail(QPainter* painter, const QRect& box, const QImage& image) {
    painter->save();
    QPainterPath clip;
    clip.addRoundedRect(box, 4, 4);
    painter->setClipPath(clip);
    painter->fillRect(box, tokens().imageGround);
    if (!image.isNull()) {
        // A sheet of several samples: its first one says most at this size.
        const int side = std::min(image.width(), image.height());
        painter->drawImage(box, image, QRect(0, 0, side, side));
    }
    painter->restore();
}

/// From the run above to a fork of it, and on to the next one when `more` follow.
void paintBranch(QPainter* painter, const QRect& row, int left, bool more) {
    const double x = left + branchWidth / 2.0;
    const double y = row.center().y() + 0.5;
    const double radius = 5;
    QPainterPath path({x, double(row.top())});
    path.lineTo(x, y - radius);
    path.quadTo(x, y, x + radius, y);
    path.lineTo(left + branchWidth + 1, y);
    if (more) {
        path.moveTo(x, row.top());
        path.lineTo(x, row.bottom() + 1);
    }
    painter->setPen(QPen(mix(tokens().muted, tokens().panel, 0.3), 1.5));
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(path);
}

} // namespace

QSize RunDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    const int text = QFontMetrics(option.font).height() + QFontMetrics(smallFont(option.font)).height();
    return {120, std::max(thumbnailSide, text) + 2 * padding - 1};
}

void RunDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                        const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const Tokens& look = tokens();
    const int depth = std::min(index.data(RunTreeModel::DepthRole).toInt(), deepestDrawn);
    if (depth > 0 && !index.data(RunTreeModel::CheckpointRole).toBool())
        paintBranch(painter, option.rect, option.rect.left() + (depth - 1) * branchWidth,
                    index.siblingAtRow(index.row() + 1).data(RunTreeModel::DepthRole).toInt() >= depth);
    const QRect row = option.rect.adjusted(depth * branchWidth, 1, -2, -1);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || (option.state & QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? look.raised : mix(look.panel, look.raised, 0.5));
        painter->drawRoundedRect(row, look.controlRadius, look.controlRadius);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(look.accent, 1.2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(row).adjusted(0.6, 0.6, -0.6, -0.6), look.controlRadius,
                                 look.controlRadius);
    }
    const QRect box(row.left() + padding, row.center().y() - thumbnailSide / 2 + 1, thumbnailSide,
                    thumbnailSide);
    paintThumbnail(painter, box, index.data(Qt::DecorationRole).value<QImage>());

    const bool problem = !index.data(RunTreeModel::ProblemRole).toString().isEmpty();
    int right = row.right() - padding;
    const QString mark = problem                                         ? QStringLiteral("warning")
                         : index.data(RunTreeModel::PinnedRole).toBool() ? QStringLiteral("pin")
                                                                         : QString();
    if (!mark.isEmpty()) {
        const QRect place(right - 14, row.center().y() - 7, 14, 14);
        icon(mark, problem ? IconColor::Amber : IconColor::Muted).paint(painter, place);
        right -= 20;
    }
    const QFont small = smallFont(option.font);
    const QFontMetrics titleMetrics(option.font);
    const QFontMetrics smallMetrics(small);
    const int left = box.right() + 9;
    const int height = titleMetrics.height() + smallMetrics.height();
    const QRect title(left, row.center().y() - height / 2, right - left, titleMetrics.height());
    painter->setFont(option.font);
    painter->setPen(look.text);
    painter->drawText(title, Qt::AlignLeft | Qt::AlignVCenter,
                      titleMetrics.elidedText(index.data().toString(), Qt::ElideRight, title.width()));
    const QRect below(left, title.bottom() + 1, right - left, smallMetrics.height());
    int from = below.left();
    if (index.data(RunTreeModel::LiveRole).toBool()) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(look.green);
        painter->drawEllipse(QRectF(from, below.center().y() - 2.5, 6, 6));
        from += 11;
    }
    painter->setFont(small);
    painter->setPen(look.muted);
    painter->drawText(below.adjusted(from - below.left(), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                      smallMetrics.elidedText(index.data(RunTreeModel::SubtitleRole).toString(),
                                              Qt::ElideRight, below.right() - from));
    painter->restore();
}

} // namespace alphascope::ui
