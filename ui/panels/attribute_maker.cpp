#include "ui/panels/attribute_maker.h"

#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/code_payload.h"
#include "ui/session/image_conversion.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/drag_payload.h"

namespace alphascope::ui {

namespace {

constexpr int thumbnailSide = 24;
constexpr int setHeight = 56;

} // namespace

AttributeSetView::AttributeSetView(AttributeSets& sets, AttributeSets::Side side, const QString& title,
                                   QWidget* parent)
    : QWidget(parent), sets_(sets), side_(side), title_(title) {
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title);
    setToolTip(
        tr("Drop pictures, folders or codes here; click to add the picture above. The menu clears it."));
    connect(&sets_, &AttributeSets::changed, this, [this] {
        setAccessibleDescription(tr("%n picture(s)", nullptr, int(sets_.codes(side_).count)));
        update();
    });
}

QSize AttributeSetView::sizeHint() const {
    return {120, setHeight};
}

QSize AttributeSetView::minimumSizeHint() const {
    return {80, setHeight};
}

void AttributeSetView::paintEvent(QPaintEvent*) {
    const Tokens& t = tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setBrush(t.raised);
    painter.setPen(QPen(dropping_ || hasFocus() ? t.accent : t.line, 1, Qt::DashLine));
    painter.drawRoundedRect(frame, t.controlRadius, t.controlRadius);
    const std::size_t count = sets_.codes(side_).count;
    const QRectF text = frame.adjusted(8, 4, -8, 0);
    painter.setPen(t.text);
    painter.drawText(text, Qt::AlignLeft | Qt::AlignTop, title_);
    painter.setPen(t.muted);
    painter.setFont(tabularFont(font()));
    painter.drawText(text, Qt::AlignRight | Qt::AlignTop, count ? tr("%L1").arg(count) : tr("drop here"));
    const auto& pictures = sets_.thumbnails(side_);
    const int room = int((frame.width() - 16) / (thumbnailSide + 2));
    const qsizetype first = std::max<qsizetype>(0, pictures.size() - room);
    for (qsizetype i = first; i < pictures.size(); ++i)
        painter.drawImage(QRectF(frame.left() + 8 + double(i - first) * (thumbnailSide + 2),
                                 frame.bottom() - thumbnailSide - 5, thumbnailSide, thumbnailSide),
                          pictures[i]);
}

void AttributeSetView::dragEnterEvent(QDragEnterEvent* event) {
    if (canReadDrop(event->mimeData())) {
        dropping_ = true;
        event->acceptProposedAction();
        update();
    }
}

void AttributeSetView::dragLeaveEvent(QDragLeaveEvent*) {
    dropping_ = false;
    update();
}

void AttributeSetView::dropEvent(QDropEvent* event) {
    dropping_ = false;
    update();
    event->acceptProposedAction();
    const DropContent content = readDrop(event->mimeData());
    if (!content.payload.isEmpty()) {
        const CodePayload payload = unpackCode(content.payload);
        if (payload.empty())
            return;
        engine::Codes codes(1, payload.code.size());
        codes.values = payload.code;
        const auto picture = qvariant_cast<QImage>(event->mimeData()->imageData());
        sets_.add(side_, codes, picture.isNull() ? QVector<QImage>() : QVector<QImage>{picture});
    } else if (!content.file.isEmpty()) {
        sets_.addFiles(side_, droppedFiles(event->mimeData()));
    } else if (!content.image.isNull()) {
        sets_.addPicture(side_, content.image);
    }
}

void AttributeSetView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && rect().contains(event->position().toPoint()))
        Q_EMIT presentCodeWanted();
}

void AttributeSetView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT presentCodeWanted();
    else if (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)
        sets_.clear(side_);
    else
        QWidget::keyPressEvent(event);
}

void AttributeSetView::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addAction(icon(QStringLiteral("add")), tr("Add the picture above"), this,
                   &AttributeSetView::presentCodeWanted);
    menu.addAction(icon(QStringLiteral("trash")), tr("Clear"), this, [this] { sets_.clear(side_); });
    menu.exec(event->globalPos());
}

AttributeMaker::AttributeMaker(DirectionController& controller, AttributeSets& sets, QWidget* parent)
    : QWidget(parent), controller_(controller),
      sets_(sets), views_{new AttributeSetView(sets, AttributeSets::With, tr("A: with"), this),
                          new AttributeSetView(sets, AttributeSets::Without, tr("B: without"), this)},
      name_(new QLineEdit(this)), apart_(new QToolButton(this)), apartMenu_(new QMenu(this)),
      make_(new QPushButton(tr("Make"), this)) {
    views_[0]->setObjectName(QStringLiteral("attributeWith"));
    views_[1]->setObjectName(QStringLiteral("attributeWithout"));
    name_->setObjectName(QStringLiteral("attributeName"));
    name_->setPlaceholderText(tr("name, such as bold"));
    name_->setMaxLength(100);
    name_->setAccessibleName(tr("Name of the attribute"));
    apart_->setText(tr("apart from"));
    apart_->setToolTip(
        tr("The new direction stands at right angles to the ticked ones: it leaves them alone"));
    apart_->setPopupMode(QToolButton::InstantPopup);
    apart_->setMenu(apartMenu_);
    make_->setObjectName(QStringLiteral("makeAttribute"));
    make_->setToolTip(tr("The direction from the mean code of B to that of A, with its figures"));
    auto* drops = new QHBoxLayout;
    drops->setSpacing(6);
    drops->addWidget(views_[0]);
    drops->addWidget(views_[1]);
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(name_, 1);
    row->addWidget(apart_);
    row->addWidget(make_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addLayout(drops);
    layout->addLayout(row);

    for (const auto side : {AttributeSets::With, AttributeSets::Without})
        connect(views_[side], &AttributeSetView::presentCodeWanted, this, [this, side] { addPresent(side); });
    connect(apartMenu_, &QMenu::aboutToShow, this, &AttributeMaker::fillApart);
    connect(make_, &QPushButton::clicked, this, [this] {
        QStringList apart;
        for (const QAction* action : apartMenu_->actions())
            if (action->isChecked())
                apart.append(action->text());
        controller_.makeAttribute(name_->text(), sets_.codes(AttributeSets::With),
                                  sets_.codes(AttributeSets::Without), apart);
    });
    connect(&sets_, &AttributeSets::changed, this, &AttributeMaker::refresh);
    connect(&controller_, &DirectionController::directionsChanged, this, &AttributeMaker::refresh);
    refresh();
}

void AttributeMaker::refresh() {
    make_->setEnabled(sets_.ready() && !sets_.busy());
    make_->setText(sets_.busy() ? tr("Encoding…") : tr("Make"));
    apart_->setEnabled(!controller_.directions(DirectionSet::Own).empty());
}

void AttributeMaker::fillApart() {
    QStringList ticked;
    for (const QAction* action : apartMenu_->actions())
        if (action->isChecked())
            ticked.append(action->text());
    apartMenu_->clear();
    for (const auto& own : controller_.directions(DirectionSet::Own)) {
        QAction* action = apartMenu_->addAction(QString::fromStdString(own.name));
        action->setCheckable(true);
        action->setChecked(ticked.contains(action->text()));
    }
}

void AttributeMaker::addPresent(AttributeSets::Side side) {
    ExploreController& explore = controller_.explore();
    if (!explore.hasModel())
        return;
    engine::Codes codes(1, explore.view().code.size());
    codes.values = decodedCode(explore.view());
    const QImage picture = toQImage(explore.decoded());
    sets_.add(side, codes, picture.isNull() ? QVector<QImage>() : QVector<QImage>{picture});
}

} // namespace alphascope::ui
