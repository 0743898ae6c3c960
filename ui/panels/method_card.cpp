#include "ui/panels/method_card.h"

#include <QLabel>
#include <QVBoxLayout>

#include "ui/models/method_text.h"
#include "ui/models/text.h"
#include "ui/panels/form.h"
#include "ui/widgets/method_diagram.h"

namespace alphascope::ui {

namespace {

DiagramKind kindOf(models::Diagram::Kind kind) {
    switch (kind) {
    case models::Diagram::Kind::Data:
        return DiagramKind::Data;
    case models::Diagram::Kind::Code:
        return DiagramKind::Code;
    case models::Diagram::Kind::Network:
        return DiagramKind::Network;
    case models::Diagram::Kind::Loss:
        break;
    }
    return DiagramKind::Loss;
}

void showDiagram(MethodDiagram* widget, const models::Diagram& diagram) {
    QVector<DiagramNode> nodes;
    QStringList names;
    for (const models::Diagram::Node& node : diagram.nodes) {
        nodes.append({text(node.name), kindOf(node.kind), {node.column, node.row}});
        names.append(text(node.name));
    }
    QVector<QPair<int, int>> arrows;
    for (const auto& [from, to] : diagram.arrows)
        arrows.append({int(names.indexOf(text(from))), int(names.indexOf(text(to)))});
    widget->setDiagram(nodes, arrows, diagramText(diagram));
}

} // namespace

MethodCard::MethodCard(bool withTitle, QWidget* parent)
    : QWidget(parent), withTitle_(withTitle), title_(textLabel(this, "methodTitle", "heading")),
      family_(textLabel(this, "methodFamily", "caption")),
      explanation_(textLabel(this, "methodExplanation", "")), diagram_(new MethodDiagram(this)),
      limits_(textLabel(this, "methodLimits", "hint")), paper_(textLabel(this, "methodPaper", "caption")) {
    setObjectName(QStringLiteral("methodCard"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(title_);
    layout->addWidget(family_);
    layout->addWidget(explanation_);
    layout->addSpacing(4);
    layout->addWidget(diagram_);
    layout->addWidget(limits_);
    layout->addWidget(paper_);
    layout->addStretch(1);
    title_->setVisible(withTitle_);
    paper_->setTextInteractionFlags(Qt::TextSelectableByMouse);
}

void MethodCard::setMethod(const models::MethodTraits& traits) {
    title_->setText(text(traits.title));
    family_->setText(familyAndYear(traits));
    explanation_->setText(text(traits.explanation));
    explanation_->setVisible(!traits.explanation.empty());
    showDiagram(diagram_, traits.diagram);
    diagram_->setVisible(!diagram_->isEmpty());
    const QStringList lines = limits(traits);
    limits_->setText(lines.join(QLatin1Char('\n')));
    limits_->setVisible(!lines.isEmpty());
    paper_->setText(QStringLiteral("%1 (%2)").arg(text(traits.paper)).arg(traits.year));
}

} // namespace alphascope::ui
