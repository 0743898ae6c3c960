#pragma once
// One method introduced: title, family and year, two sentences, its drawing, what it cannot do, its paper.
// GUI thread only.

#include <QWidget>

#include "models/schema/method_traits.h"

class QLabel;

namespace alphascope::ui {

class MethodDiagram;

class MethodCard : public QWidget {
    Q_OBJECT
public:
    /// Without the title where it stands beside the card already.
    explicit MethodCard(bool withTitle, QWidget* parent = nullptr);
    void setMethod(const models::MethodTraits& traits);
    MethodDiagram* diagram() const { return diagram_; }

private:
    bool withTitle_;
    QLabel* title_;
    QLabel* family_;
    QLabel* explanation_;
    MethodDiagram* diagram_;
    QLabel* limits_;
    QLabel* paper_;
};

} // namespace alphascope::ui
