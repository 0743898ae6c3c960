#include "ui/panels/form.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

namespace alphascope::ui {

namespace {

constexpr int dotSize = 6;
constexpr int widestControl = 140;

} // namespace

FormLabel::FormLabel(const QString& text, bool live, QWidget* parent)
    : QWidget(parent), text_(text), live_(live) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize FormLabel::sizeHint() const {
    const QFontMetrics metrics(font());
    const int live = live_ ? metrics.horizontalAdvance(tr("live")) + dotSize + 10 : 0;
    return {metrics.horizontalAdvance(text_) + live, metrics.height() + 6};
}

QSize FormLabel::minimumSizeHint() const {
    return {40, sizeHint().height()};
}

void FormLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetrics metrics(font());
    const QString mark = tr("live");
    const int room = live_ ? metrics.horizontalAdvance(mark) + dotSize + 10 : 0;
    const QString shown = metrics.elidedText(text_, Qt::ElideRight, width() - room);
    painter.setPen(isEnabled() ? tokens().text : tokens().muted);
    painter.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, shown);
    if (!live_)
        return;
    const double left = metrics.horizontalAdvance(shown) + 6;
    painter.setPen(Qt::NoPen);
    painter.setBrush(tokens().accent);
    painter.drawEllipse(QRectF(left, height() / 2.0 - dotSize / 2.0 + 0.5, dotSize, dotSize));
    painter.setPen(tokens().accent);
    painter.drawText(QRectF(left + dotSize + 4, 0, width() - left, height()),
                     Qt::AlignLeft | Qt::AlignVCenter, mark);
}

QLabel* textLabel(QWidget* parent, const char* name, const char* role) {
    auto* result = new QLabel(parent);
    result->setObjectName(QString::fromLatin1(name));
    result->setProperty("role", QString::fromLatin1(role));
    result->setWordWrap(true);
    return result;
}

FormGrid::FormGrid(int controlWidth, QWidget* parent)
    : QWidget(parent), controlWidth_(controlWidth), grid_(new QGridLayout(this)) {
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setHorizontalSpacing(8);
    grid_->setVerticalSpacing(5);
    grid_->setColumnStretch(0, 1);
    grid_->setColumnMinimumWidth(1, controlWidth_);
}

FormLabel* FormGrid::addRow(const QString& label, QWidget* control, const QString& toolTip, bool live) {
    auto* name = new FormLabel(label, live, this);
    const int row = grid_->rowCount();
    control->setAccessibleName(label);
    name->setToolTip(toolTip);
    control->setToolTip(toolTip);
    // A choice is as wide as its longest name; everything else lines up.
    const bool typed = qobject_cast<QLineEdit*>(control) || control->findChild<QLineEdit*>();
    control->setFixedWidth(typed ? controlWidth_
                                 : std::clamp(control->sizeHint().width(), controlWidth_, widestControl));
    if (control->maximumWidth() > controlWidth_) {
        // A line of its own, or the labels of all other rows would lose the width that this choice needs.
        auto* line = new QHBoxLayout;
        line->setSpacing(grid_->horizontalSpacing());
        line->addWidget(name, 1);
        line->addWidget(control);
        grid_->addLayout(line, row, 0, 1, 2);
        return name;
    }
    grid_->addWidget(name, row, 0);
    grid_->addWidget(control, row, 1, Qt::AlignRight | Qt::AlignVCenter);
    return name;
}

void FormGrid::addWide(QWidget* widget) {
    grid_->addWidget(widget, grid_->rowCount(), 0, 1, 2);
}

FoldingSection::FoldingSection(const QString& title, QWidget* content, bool open, QWidget* parent)
    : QWidget(parent), heading_(new QToolButton(this)), content_(content) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    heading_->setProperty("flat", true);
    heading_->setText(titleText(title));
    heading_->setFont(titleFont(font()));
    heading_->setAccessibleName(title);
    heading_->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    heading_->setIconSize({12, 12});
    heading_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    layout->addWidget(heading_);
    layout->addWidget(content);
    connect(heading_, &QToolButton::clicked, this, [this] { setOpen(!isOpen()); });
    setOpen(open);
}

void FoldingSection::setOpen(bool open) {
    open_ = open;
    content_->setVisible(open);
    heading_->setIcon(
        icon(open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), IconColor::Muted));
    heading_->setAccessibleDescription(open ? tr("unfolded") : tr("folded"));
}

FormCombo::FormCombo(QWidget* parent) : QComboBox(parent) {
    setFocusPolicy(Qt::StrongFocus);
    // The closed box is narrow; the open list shows whole names.
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(6);
}

void FormCombo::wheelEvent(QWheelEvent* event) {
    if (hasFocus())
        QComboBox::wheelEvent(event);
    else
        event->ignore();
}

} // namespace alphascope::ui
