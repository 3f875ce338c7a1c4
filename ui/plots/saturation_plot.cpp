#include "ui/plots/saturation_plot.h"

#include "ui/plots/plot_canvas.h"

namespace chronograd {

namespace {

/// "hidden"; of a gated layer's activations "memory f".
QString nameOf(const Network& network, SlotId id)
{
    const Slot& slot = network.program().slotTable[static_cast<std::size_t>(id)];
    const Layer& layer = network.layers()[static_cast<std::size_t>(slot.layer)];
    const QString name = QString::fromStdString(layer.spec.name);
    return id == layer.output ? name : name + u' ' + QString::fromStdString(slot.name);
}

} // namespace

SaturationPlot::SaturationPlot(QWidget* parent)
    : CurvesPlot(QStringLiteral("saturation"), parent)
{
    setAccessibleName(tr("Saturation"));
    setWhatsThis(tr("The share of units whose f′ is below 5 % of its greatest value, over the steps of each "
                    "update's window: they pass hardly any error on. Wheel or + and − zoom, drag or arrows "
                    "pan, double-click or 0 shows everything."));
    canvas().yAxis->setLabel(tr("saturated units, %"));
}

std::optional<CurvesPlot::Sample> SaturationPlot::sampleOf(const UpdateAnalysis& analysis) const
{
    if (analysis.saturations.empty())
        return std::nullopt;
    Sample sample;
    for (const SaturatedUnits& each : analysis.saturations) {
        sample.names << nameOf(*analysis.network, each.slot);
        sample.values.push_back(100.0 * each.share);
    }
    return sample;
}

QString SaturationPlot::hint() const
{
    return tr("From the next update on: the share of saturated units.");
}

QString SaturationPlot::valueText(double value) const
{
    return tr("%1 %").arg(value, 0, 'f', 1);
}

} // namespace chronograd
