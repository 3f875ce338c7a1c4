#include "ui/main_window/position_text.h"

#include "core/explain/explain.h"
#include "core/explain/partial_sum.h"
#include "ui/theme/reading.h"

#include <QCoreApplication>

namespace chronograd {

namespace {

QString translated(const char* text)
{
    return QCoreApplication::translate("chronograd::positionText", text);
}

QString count(std::int64_t number)
{
    return groupingLocale().toString(qlonglong{number});
}

QString layerName(const Frame& frame)
{
    const int layer = frame.position.layer;
    if (layer < 0 || layer >= frame.layers())
        return {};
    return QString::fromStdString(frame.network->layers()[std::size_t(layer)].spec.name);
}

/// "forward: hidden 3 at t = 15, term 2 of 9: W·h = 0.5·0.31 = 0.155"
QString atWorkInside(const Frame& frame)
{
    const Position& position = frame.position;
    const QString pass = position.phase == Phase::Forward ? translated("forward") : translated("backward");
    const QString unit = translated("%1: %2 %3 at t = %4")
                             .arg(pass, layerName(frame), count(position.unit + 1), count(position.at));
    const std::optional<PartialSum> sum = partialSum(frame, Reading::current().sign);
    const QString term =
        translated("%1, term %2 of %3").arg(unit, count(position.term), count(position.terms));
    return sum ? QStringLiteral("%1: %2").arg(term, withDecimalSign(QString::fromStdString(termText(*sum))))
               : term;
}

/// "update: hidden.W_h[3,2], Δw = 0.0034"
QString weightAtWork(const Frame& frame)
{
    const Position& position = frame.position;
    Quantity weight;
    weight.kind = QuantityKind::Weight;
    weight.parameter = position.parameter;
    weight.row = position.unit;
    weight.column = position.term - 1;
    const QString name = QString::fromStdString(quantityText(weight, *frame.network));
    weight.kind = QuantityKind::Change;
    const Expression change = Expression::number(valueOf(frame, weight));
    return translated("update: %1 changes by %2")
        .arg(name, withDecimalSign(QString::fromStdString(formulaText(change, 4))));
}

QString atWork(const Frame& frame, const QString& pass)
{
    if (frame.position.isInside())
        return atWorkInside(frame);
    const QString layer = layerName(frame);
    const QString at = count(frame.position.at);
    return layer.isEmpty() ? translated("%1: t = %2").arg(pass, at)
                           : translated("%1: %2 layer at t = %3").arg(pass, layer, at);
}

} // namespace

QString positionText(const Position& position, std::int64_t furthest)
{
    const QString sequence =
        position.sequences > 1
            ? translated("sequence %1 of %2").arg(count(position.sequence), count(position.sequences))
            : translated("sequence %1").arg(count(position.sequence));
    const QString update =
        furthest > 0 ? translated("update %1 of %2 computed").arg(count(position.update), count(furthest))
                     : translated("update %1").arg(count(position.update));
    return translated("epoch %1 · %2 · t = %3 · %4")
        .arg(count(position.epoch), sequence, count(position.t), update);
}

QString shortPositionText(const Position& position, std::int64_t furthest)
{
    const auto of = [](std::int64_t number, std::int64_t all) {
        return all > 1 ? QStringLiteral("%1/%2").arg(count(number), count(all)) : count(number);
    };
    return translated("ep. %1 · seq. %2 · t = %3 · upd. %4")
        .arg(count(position.epoch), of(position.sequence, position.sequences), count(position.t),
             of(position.update, furthest));
}

QString phaseText(const Frame& frame)
{
    switch (frame.position.phase) {
    case Phase::Ready:
        return translated("ready: nothing computed yet");
    case Phase::Forward:
        return atWork(frame, translated("forward pass"));
    case Phase::Backward:
        return atWork(frame, translated("backward pass"));
    case Phase::Updating:
        return weightAtWork(frame);
    case Phase::Updated:
        return translated("weights updated after t = %1").arg(count(frame.position.t));
    case Phase::Finished:
        return translated("training has ended");
    }
    return {};
}

} // namespace chronograd
