#include "ui/graph/unit_cells.h"

#include "ui/theme/sign_ramp.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <array>

namespace chronograd {

namespace {

enum Strength : quint8
{
    Full,
    Ghost,  ///< Not reached in this pass.
    Beyond, ///< Beyond the cut.
};

Strength strengthOf(const GraphState& state, std::int64_t t)
{
    return state.isBeyondCut(t) ? Beyond : t > state.newest() ? Ghost : Full;
}

/// One pixel for each unit and step.
QImage pictureOf(const GraphState& state, int level, Window steps)
{
    const Theme& theme = Theme::current();
    const std::array ramps{SignRamp(theme), SignRamp(theme, 0.5), SignRamp(theme, 0.3)};
    const bool deltas = state.cellsShowDeltas() && level > 0;
    const double scale = deltas ? state.scales.delta : state.scales.value[static_cast<std::size_t>(level)];
    QImage picture(static_cast<int>(steps.length()), state.layout.units(level), QImage::Format_RGB32);
    picture.fill(theme.ground);
    for (std::int64_t t = steps.from; t <= steps.to; ++t) {
        const SignRamp& ramp = ramps[strengthOf(state, t)];
        for (int unit = 0; unit < picture.height(); ++unit) {
            const UnitId id{t, level, unit};
            if (const auto number = deltas ? state.delta(id) : state.value(id))
                reinterpret_cast<QRgb*>(picture.scanLine(unit))[t - steps.from] = ramp.at(*number / scale);
        }
    }
    return picture;
}

void paintLossBars(QPainter& painter, const GraphState& state, Window steps)
{
    const Theme& theme = Theme::current();
    for (std::int64_t t = steps.from; t <= steps.to; ++t) {
        const std::optional<double> loss = state.hasTarget(t) ? state.stepLoss(t) : std::nullopt;
        if (!loss)
            continue;
        const QRectF box = state.layout.lossBox(t);
        const double height = std::max(1.0, box.height() * std::clamp(*loss / state.scales.loss, 0.0, 1.0));
        QColor colour = state.isInjected(t) ? theme.cut : theme.outline;
        colour.setAlphaF(state.isBeyondCut(t) ? 0.3F : 1.0F);
        painter.fillRect(QRectF(box.left(), box.bottom() - height, box.width(), height), colour);
    }
}

} // namespace

void paintUnitCells(QPainter& painter, const GraphState& state)
{
    const GraphLayout& layout = state.layout;
    const Window steps{std::max(state.inView.from, state.frame->firstStep),
                       std::min(state.inView.to, layout.steps())};
    if (steps.length() <= 0)
        return;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    for (int level = 0; level < layout.levels(); ++level) {
        const QRectF first = layout.cell({steps.from, level, 0});
        const QRectF last = layout.cell({steps.to, level, layout.units(level) - 1});
        painter.drawImage(first.united(last), pictureOf(state, level, steps));
    }
    paintLossBars(painter, state, steps);
}

} // namespace chronograd
