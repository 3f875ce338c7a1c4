#include "ui/inspector/share_table.h"

#include "core/explain/explain.h"

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr int mostCutRows = 3;

std::optional<double> shareAt(const Frame& frame, Quantity share, std::int64_t t)
{
    share.kind = QuantityKind::Share;
    share.t = t;
    if (!hasQuantity(frame, share))
        return std::nullopt;
    return valueOf(frame, share);
}

} // namespace

ShareTable shareTable(const Frame& frame, const Quantity& weight, int mostRows)
{
    ShareTable table;
    const std::int64_t oldestShown = std::max(frame.window.from, frame.window.to - mostRows + 1);
    for (std::int64_t t = frame.window.to; t >= oldestShown; --t) {
        table.rows.push_back({t, shareAt(frame, weight, t), false});
        if (table.rows.back().share)
            table.greatest = std::max(table.greatest, std::abs(*table.rows.back().share));
    }
    table.olderSteps = oldestShown - frame.window.from;
    if (table.olderSteps > 0)
        table.olderSum = 0.0;
    for (std::int64_t t = oldestShown - 1; t >= frame.window.from && table.olderSum; --t) {
        const auto share = shareAt(frame, weight, t);
        table.olderSum = share ? std::optional(*table.olderSum + *share) : std::nullopt;
    }
    const std::int64_t oldestCut = std::max(frame.firstStep, frame.window.from - mostCutRows);
    for (std::int64_t t = frame.window.from - 1; t >= oldestCut; --t)
        table.rows.push_back({t, std::nullopt, true});
    Quantity gradient = weight;
    gradient.kind = QuantityKind::Gradient;
    if (hasQuantity(frame, gradient))
        table.sum = valueOf(frame, gradient);
    return table;
}

ShareTable pastTable(const PastGradients& past, int digits, int mostRows)
{
    ShareTable table;
    table.of = past.optimizer == Optimizer::Adam ? ShareTable::Of::UpdatesOfMoment : ShareTable::Of::Updates;
    table.sum = past.velocity;
    double greatest = std::abs(past.velocity);
    for (const PastGradient& each : past.gradients)
        greatest = std::max(greatest, std::abs(each.contribution()));
    const double least = 0.5 * greatest * std::pow(10.0, -digits); // below it no digit of the sum changes
    std::size_t shown = std::min(past.gradients.size(), static_cast<std::size_t>(mostRows));
    while (shown > 1 && std::abs(past.gradients[shown - 1].contribution()) < least)
        --shown;
    double older = past.contributionOfOlder();
    for (std::size_t i = past.gradients.size(); i > 0; --i) {
        const PastGradient& each = past.gradients[i - 1];
        if (i > shown)
            older += each.contribution();
    }
    for (std::size_t i = 0; i < shown; ++i) {
        table.rows.push_back({past.gradients[i].update, past.gradients[i].contribution(), false});
        table.greatest = std::max(table.greatest, std::abs(past.gradients[i].contribution()));
    }
    table.olderSteps = table.rows.empty() ? 0 : table.rows.back().t - 1;
    if (table.olderSteps > 0)
        table.olderSum = older;
    return table;
}

} // namespace chronograd
