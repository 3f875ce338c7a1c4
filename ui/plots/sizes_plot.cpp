#include "ui/plots/sizes_plot.h"

#include "ui/plots/plot_canvas.h"

#include <QComboBox>

namespace chronograd {

namespace {

constexpr std::size_t mostSizes = 2048; ///< Updates.

double numberOf(const UpdateSize& size, SizesPlot::What what)
{
    switch (what) {
    case SizesPlot::What::Relative:
        return size.relative();
    case SizesPlot::What::Change:
        return size.change;
    case SizesPlot::What::Velocity:
        return size.velocity;
    case SizesPlot::What::Gradient:
        return size.gradient;
    }
    return 0.0;
}

} // namespace

SizesPlot::SizesPlot(QWidget* parent)
    : ChosenCurvesPlot(QStringLiteral("update-sizes"), mostSizes, parent)
{
    setAccessibleName(tr("Sizes of the updates"));
    setWhatsThis(
        tr("How much each update moves each parameter, as Euclidean norms. About 10⁻³ of the weights "
           "is often a good pace. Wheel or + and − zoom, drag or arrows pan, double-click or 0 shows "
           "everything."));
    chooser().addItems({tr("|Δw| / |w|"), tr("|Δw|"), tr("|v|"), tr("|∂L/∂w|")});
    chooser().setAccessibleName(tr("What is shown of the updates"));
    chooser().setToolTip(tr("The change of a parameter in parts of its own size; the change; the velocity "
                            "that momentum keeps; the gradient before clipping"));
    connect(&chooser(), &QComboBox::activated, this, [this](int index) { show(static_cast<What>(index)); });
    canvas().yAxis->setLabel(tr("|Δw|/|w|"));
    setLogarithmic(true);
}

void SizesPlot::show(What what)
{
    m_what = what;
    chooser().setCurrentIndex(static_cast<int>(what));
    const QStringList labels{tr("|Δw|/|w|"), tr("|Δw|"), tr("velocity |v|"), tr("gradient |∂L/∂w|")};
    canvas().yAxis->setLabel(labels[static_cast<int>(what)]);
    drawAnew();
}

std::optional<CurvesPlot::Sample> SizesPlot::sampleOf(const UpdateAnalysis& analysis) const
{
    if (analysis.sizes.empty())
        return std::nullopt;
    Sample sample;
    for (const UpdateSize& size : analysis.sizes) {
        sample.names << QString::fromStdString(analysis.network->parameters()[size.parameter].name);
        sample.values.push_back(numberOf(size, m_what));
    }
    return sample;
}

QString SizesPlot::hint() const
{
    return tr("From the next update on: how much it moves each parameter.");
}

} // namespace chronograd
