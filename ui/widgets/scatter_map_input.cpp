// The map's mouse and keys.

#include "ui/widgets/scatter_map.h"

#include "ui/widgets/scatter_map_lasso.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineF>
#include <QMouseEvent>
#include <QStyleHints>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace alphascope::ui {

namespace {

constexpr double wheelFactor = 1.2; // a notch
constexpr double keyFactor = 1.25;
constexpr double keyPan = 0.1;    // of the map's lesser side
constexpr double farKeyPan = 0.5; // with Shift
constexpr double lassoStep = 3;   // pixels between corners

bool hasCtrl(Qt::KeyboardModifiers modifiers) {
    return modifiers.testFlag(Qt::ControlModifier);
}

} // namespace

ScatterTool ScatterMap::toolFor(Qt::KeyboardModifiers modifiers) const {
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        return hasCtrl(modifiers) ? ScatterTool::Rectangle : ScatterTool::Lasso;
    }
    return tool_;
}

void ScatterMap::mousePressEvent(QMouseEvent* event) {
    const bool left = event->button() == Qt::LeftButton;
    if ((!left && event->button() != Qt::MiddleButton) || gesture_ != Gesture::None || count() == 0 ||
        !view_.area.contains(event->position())) {
        QWidget::mousePressEvent(event);
        return;
    }
    pressedAt_ = event->position();
    draggedTo_ = pressedAt_;
    const ScatterTool tool = left ? toolFor(event->modifiers()) : ScatterTool::Pan;
    if (tool == ScatterTool::Pan) {
        gesture_ = left ? Gesture::Press : Gesture::Pan;
        return;
    }
    gesture_ = tool == ScatterTool::Lasso ? Gesture::Lasso : Gesture::Rectangle;
    lasso_ = QPolygonF({view_.fromWidget(pressedAt_)});
    hover(-1);
    update();
}

void ScatterMap::mouseMoveEvent(QMouseEvent* event) {
    const QPointF at = event->position();
    const double far = QGuiApplication::styleHints()->startDragDistance();
    if (gesture_ == Gesture::Press && QLineF(at, pressedAt_).length() >= far) {
        gesture_ = Gesture::Pan;
        hover(-1);
    }
    switch (gesture_) {
    case Gesture::None:
        hover(pointAt(at));
        break;
    case Gesture::Press:
        break;
    case Gesture::Pan:
        moveView(view_.panned(at - draggedTo_));
        draggedTo_ = at;
        break;
    case Gesture::Lasso:
    case Gesture::Rectangle:
        extendLasso(at);
        break;
    }
}

void ScatterMap::extendLasso(const QPointF& at) {
    const QPointF corner = view_.fromWidget(at);
    if (gesture_ == Gesture::Rectangle) {
        lasso_ = rectanglePolygon(view_.fromWidget(pressedAt_), corner);
    } else if (QLineF(at, draggedTo_).length() >= lassoStep) {
        lasso_.append(corner);
        draggedTo_ = at;
    }
    update();
}

void ScatterMap::mouseReleaseEvent(QMouseEvent* event) {
    const Gesture ended = gesture_;
    const bool ends = ended != Gesture::None && !(event->buttons() & (Qt::LeftButton | Qt::MiddleButton));
    if (!ends) {
        return;
    }
    gesture_ = Gesture::None;
    const bool ctrl = hasCtrl(event->modifiers());
    if (ended == Gesture::Press) {
        click(event->position(), ctrl);
    } else if (ended == Gesture::Lasso || ended == Gesture::Rectangle) {
        // Shift and Ctrl together mean the rectangle, so there Alt adds.
        const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
        endLasso(event->modifiers().testFlag(Qt::AltModifier) || (ctrl && !shift));
    }
    hover(pointAt(event->position()));
}

void ScatterMap::endLasso(bool add) {
    const double moved = QLineF(pressedAt_, view_.toWidget(lasso_.last())).length();
    const bool form = lasso_.size() >= 4 || (lasso_.size() == 3 && moved > lassoStep);
    if (!form) {
        dropLasso();
        click(pressedAt_, true);
        return;
    }
    QVector<int> chosen = pointsInPolygon(index_, lasso_);
    if (add) {
        QVector<int> both;
        std::set_union(chosen.cbegin(), chosen.cend(), selection_.cbegin(), selection_.cend(),
                       std::back_inserter(both));
        chosen = both;
    }
    chooseSelection(chosen);
    if (selection_.isEmpty()) {
        dropLasso();
    }
    update();
}

void ScatterMap::dropLasso() {
    lasso_.clear();
    update();
}

void ScatterMap::click(const QPointF& at, bool add) {
    if (const int mark = markAt(at); mark >= 0) {
        Q_EMIT markClicked(mark);
        return;
    }
    const int index = pointAt(at);
    if (index < 0) {
        return;
    }
    QVector<int> chosen{index};
    if (add) {
        chosen = selection_;
        const auto place = std::lower_bound(chosen.begin(), chosen.end(), index);
        if (place != chosen.end() && *place == index) {
            chosen.erase(place);
        } else {
            chosen.insert(place, index);
        }
    }
    dropLasso();
    chooseSelection(chosen);
    Q_EMIT pointActivated(index);
}

void ScatterMap::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !view_.area.contains(event->position())) {
        return;
    }
    const int index = pointAt(event->position());
    if (index >= 0) {
        Q_EMIT pointOpened(index);
    } else {
        fit();
    }
}

void ScatterMap::wheelEvent(QWheelEvent* event) {
    if (count() == 0 || !view_.area.contains(event->position())) {
        event->ignore();
        return;
    }
    const double factor = std::pow(wheelFactor, event->angleDelta().y() / 120.0);
    moveView(view_.zoomedAbout(event->position(), allowedZoom(factor)));
    if (gesture_ == Gesture::None) {
        hover(pointAt(event->position()));
    }
    event->accept();
}

void ScatterMap::keyPressEvent(QKeyEvent* event) {
    const double share = event->modifiers().testFlag(Qt::ShiftModifier) ? farKeyPan : keyPan;
    const double step = std::round(std::min(view_.area.width(), view_.area.height()) * share);
    const QPointF middle = view_.area.center();
    switch (event->key()) {
    case Qt::Key_Left:
        moveView(view_.panned({step, 0}));
        return;
    case Qt::Key_Right:
        moveView(view_.panned({-step, 0}));
        return;
    case Qt::Key_Up:
        moveView(view_.panned({0, step}));
        return;
    case Qt::Key_Down:
        moveView(view_.panned({0, -step}));
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        moveView(view_.zoomedAbout(middle, allowedZoom(keyFactor)));
        return;
    case Qt::Key_Minus:
        moveView(view_.zoomedAbout(middle, allowedZoom(1 / keyFactor)));
        return;
    case Qt::Key_Home:
        fit();
        return;
    case Qt::Key_Escape:
        if (gesture_ == Gesture::Lasso || gesture_ == Gesture::Rectangle) {
            gesture_ = Gesture::None;
            dropLasso();
            return;
        }
        if (!selection_.isEmpty()) {
            dropLasso();
            chooseSelection({});
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void ScatterMap::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    hover(-1);
}

} // namespace alphascope::ui
