// What the operations of a step are called, for tips and screen readers.
#include "ui/graph/graph_state.h"
#include "ui/graph/operations_view.h"
#include "ui/theme/number_text.h"

#include <QStringList>

#include <algorithm>

namespace chronograd {

namespace {

QString listOf(const Vector& values)
{
    constexpr Eigen::Index most = 6;
    QStringList parts;
    for (Eigen::Index unit = 0; unit < std::min(most, values.size()); ++unit)
        parts << exactNumber(values[unit]);
    if (values.size() > most)
        parts << QStringLiteral("…");
    return parts.join(QStringLiteral(", "));
}

} // namespace

QString OperationsView::nodeSentence(int index) const
{
    const OperationNode& node = m_graph.nodes[static_cast<std::size_t>(index)];
    const auto& layers = m_state.frame->network->layers();
    const QString layer =
        node.layer < 0 ? tr("input")
                       : QString::fromStdString(layers[static_cast<std::size_t>(node.layer)].spec.name);
    QString kind;
    switch (node.kind) {
    case OperationKind::Input:
        kind = tr("input of the step");
        break;
    case OperationKind::Before:
        kind = tr("from the neighbouring step");
        break;
    case OperationKind::Product:
        kind = tr("matrix product");
        break;
    case OperationKind::Sum:
        kind = tr("sum");
        break;
    case OperationKind::Activation:
        kind = tr("activation");
        break;
    case OperationKind::Gate:
        kind = tr("product unit by unit");
        break;
    case OperationKind::Complement:
        kind = tr("one minus");
        break;
    case OperationKind::Scale:
        kind = tr("times a constant");
        break;
    case OperationKind::Join:
        kind = tr("one below the other");
        break;
    case OperationKind::Target:
        kind = tr("target");
        break;
    case OperationKind::Loss:
        kind = tr("loss");
        break;
    }
    QString sentence = tr("%1, %2 of %3").arg(QString::fromStdString(node.label), kind, layer);
    if (node.kind == OperationKind::Loss) {
        const auto loss = m_state.stepLoss(m_graph.t);
        return sentence + QStringLiteral(": ") + (loss ? exactNumber(*loss) : tr("not computed yet"));
    }
    for (const OperationArrow& arrow : m_graph.arrows) {
        if (arrow.from != index)
            continue;
        sentence += QStringLiteral(": ") + (arrow.values.size() > 0 ? tr("value %1").arg(listOf(arrow.values))
                                                                    : tr("not computed yet"));
        if (arrow.gradients.size() > 0)
            sentence += QStringLiteral(", ") + tr("gradient %1").arg(listOf(arrow.gradients));
        break;
    }
    return sentence;
}

QString OperationsView::tipAt(QPointF position) const
{
    const QPointF place = toGraph(position);
    if (const auto cell = m_layout.cellAt(place)) {
        const OperationArrow& arrow = m_graph.arrows[static_cast<std::size_t>(cell->arrow)];
        const auto number = [&](const Vector& numbers) {
            return cell->unit < numbers.size() ? exactNumber(numbers[cell->unit]) : tr("not computed");
        };
        const QString name =
            arrow.name.empty()
                ? tr("unit %1").arg(cell->unit + 1)
                : tr("%1, unit %2").arg(QString::fromStdString(arrow.name)).arg(cell->unit + 1);
        return QStringLiteral("<b>%1</b><br>").arg(name.toHtmlEscaped()) +
               tr("value that flows: %1").arg(number(arrow.values)) + QStringLiteral("<br>") +
               tr("gradient that comes back here: %1").arg(number(arrow.gradients));
    }
    const auto node = m_layout.nodeAt(place);
    return node ? nodeSentence(*node).toHtmlEscaped() : QString();
}

} // namespace chronograd
