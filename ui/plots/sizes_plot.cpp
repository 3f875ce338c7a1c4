#include "ui/plots/sizes_plot.h"

#include "ui/plots/plot_canvas.h"

#include <QComboBox>

namespace chronograd {

namespace {

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
    : CurvesPlot(QStringLiteral("update-sizes"), parent)
    , m_chooser(new QComboBox(this))
{
    setAccessibleName(tr("Sizes of the updates"));
    setWhatsThis(
        tr("How much each update moves each parameter, as Euclidean norms. About 10⁻³ of the weights "
           "is often a good pace. Wheel or + and − zoom, drag or arrows pan, double-click or 0 shows "
           "everything."));
    m_chooser->addItems({tr("|Δw| / |w|"), tr("|Δw|"), tr("|v|"), tr("|∂L/∂w|")});
    m_chooser->setAccessibleName(tr("What is shown of the updates"));
    m_chooser->setToolTip(tr("The change of a parameter in parts of its own size; the change; the velocity "
                             "that momentum keeps; the gradient before clipping"));
    connect(m_chooser, &QComboBox::activated, this, [this](int index) { show(static_cast<What>(index)); });
    canvas().yAxis->setLabel(tr("|Δw|/|w|"));
    setLogarithmic(true);
}

void SizesPlot::startExperiment(const Experiment& experiment)
{
    m_seen.clear();
    CurvesPlot::startExperiment(experiment);
}

/// What is drawn of it may have been chosen anew meanwhile.
void SizesPlot::showSession(const Lane* session)
{
    CurvesPlot::showSession(session);
    m_seen.show(session);
    forgetCurves();
    showAnalyses(m_seen->all());
}

void SizesPlot::forgetSession(const Lane* session)
{
    m_seen.forget(session);
    CurvesPlot::forgetSession(session);
}

void SizesPlot::showNews(const SessionNews& news)
{
    m_seen->take(news);
    CurvesPlot::showNews(news);
}

void SizesPlot::show(What what)
{
    m_what = what;
    m_chooser->setCurrentIndex(static_cast<int>(what));
    const QStringList labels{tr("|Δw|/|w|"), tr("|Δw|"), tr("velocity |v|"), tr("gradient |∂L/∂w|")};
    canvas().yAxis->setLabel(labels[static_cast<int>(what)]);
    forgetCurves();
    showAnalyses(m_seen->all());
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

void SizesPlot::placeChooser()
{
    const QSize size = m_chooser->sizeHint().boundedTo({160, 24});
    m_chooser->setGeometry(QRect(QPoint(width() - size.width() - 8, 3), size));
    m_chooser->raise();
    legend().setReserved(size.grownBy({0, 0, 8, 3}));
}

void SizesPlot::resizeEvent(QResizeEvent* event)
{
    CurvesPlot::resizeEvent(event);
    placeChooser();
}

} // namespace chronograd
