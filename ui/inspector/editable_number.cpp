#include "ui/inspector/editable_number.h"

#include "core/explain/explain.h"
#include "ui/inspector/quantity_words.h"

#include <QCoreApplication>

#include <algorithm>

namespace chronograd {

namespace {

struct EditWords
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::EditableNumber)
};

bool isDatum(const Quantity& quantity, const Frame& frame)
{
    return quantity.kind == QuantityKind::Target ||
           (quantity.kind == QuantityKind::Slot && quantity.slot == frame.network->inputSlot());
}

/// The weight itself, whatever of it is looked at.
Quantity weightOf(const Quantity& quantity, QuantityKind kind)
{
    Quantity weight = quantity;
    weight.kind = kind;
    weight.t = 0;
    return weight;
}

QString whenInForce(const Quantity& quantity, const Frame& frame)
{
    // The steps to come that are shown are those of the update being gathered, or of the next.
    if (!isOfWeight(quantity) && !(frame.updateDone && quantity.t > frame.position.t))
        return EditWords::tr("changed: in force when sequence %1 comes again").arg(frame.position.sequence);
    return frame.updateDone ? EditWords::tr("changed: in force for update %1").arg(frame.update + 1)
                            : EditWords::tr("changed: in force after update %1").arg(frame.update);
}

} // namespace

std::optional<EditableNumber> editableNumber(const Quantity& quantity, const Frame& frame)
{
    EditableNumber number;
    if (isOfWeight(quantity)) {
        const Quantity after = weightOf(quantity, QuantityKind::After);
        const Quantity before = weightOf(quantity, QuantityKind::Weight);
        number.name = quantityText(before, *frame.network);
        number.label = EditWords::tr("weight now");
        number.value = valueOf(frame, hasQuantity(frame, after) ? after : before);
    } else if (isDatum(quantity, frame) && hasQuantity(frame, quantity)) {
        const std::string text = quantityText(quantity, *frame.network);
        number.name = text.substr(0, text.find('@')) + frame.dataNames.at(quantity.t);
        number.label =
            quantity.kind == QuantityKind::Target ? EditWords::tr("target") : EditWords::tr("input");
        number.value = valueOf(frame, quantity);
    } else {
        return std::nullopt;
    }
    const auto edit = std::find_if(frame.pendingEdits.rbegin(), frame.pendingEdits.rend(),
                                   [&](const Edit& each) { return each.of == number.name; });
    if (edit != frame.pendingEdits.rend()) {
        number.value = edit->value;
        number.note = whenInForce(quantity, frame);
    }
    return number;
}

} // namespace chronograd
