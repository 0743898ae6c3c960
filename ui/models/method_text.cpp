#include "ui/models/method_text.h"

#include <array>
#include <utility>

#include "ui/models/text.h"

namespace alphascope::ui {

QString familyAndYear(const models::MethodTraits& traits) {
    return QStringLiteral("%1 · %2").arg(tr(models::toText(traits.family))).arg(traits.year);
}

QStringList limits(const models::MethodTraits& traits) {
    using models::Capability;
    QStringList lines;
    if (!traits.can(Capability::Encode))
        lines << tr(
            "It has no encoder: the code of a picture is found by optimisation, which takes a while.");
    if (!traits.can(Capability::Criticise))
        lines << tr("It has no discriminator that could judge pictures.");
    else if (traits.can(Capability::Energy))
        lines << tr("Its discriminator gives an energy, low for what it takes as real, instead of a logit.");
    if (traits.needsLabels)
        lines << tr("It trains only on data with labels.");
    return lines;
}

QString diagramText(const models::Diagram& diagram) {
    using Kind = models::Diagram::Kind;
    const std::array<std::pair<Kind, QString>, 4> kinds{{{Kind::Data, tr("Data")},
                                                         {Kind::Code, tr("Codes")},
                                                         {Kind::Network, tr("Networks")},
                                                         {Kind::Loss, tr("Losses")}}};
    QStringList sentences;
    for (const auto& [kind, title] : kinds) {
        QStringList names;
        for (const models::Diagram::Node& node : diagram.nodes)
            if (node.kind == kind)
                names << text(node.name);
        if (!names.isEmpty())
            sentences << QStringLiteral("%1: %2.").arg(title, names.join(QStringLiteral(", ")));
    }
    for (const std::string& chain : models::arrowChains(diagram))
        sentences << text(chain);
    return sentences.join(QLatin1Char('\n'));
}

QString methodToolTip(const models::MethodTraits& traits) {
    QStringList lines{QStringLiteral("%1 · %2").arg(text(traits.title), familyAndYear(traits)),
                      text(traits.paper)};
    if (!traits.explanation.empty())
        lines << text(traits.explanation);
    return lines.join(QLatin1Char('\n'));
}

} // namespace alphascope::ui
