#include "ui/plots/eigenvalue_card.h"

#include "ui/plots/curves_plot.h"
#include "ui/plots/eigenvalue_plot.h"
#include "ui/plots/plot_canvas.h"

#include <QHBoxLayout>

namespace chronograd {

namespace {

class RadiusPlot : public CurvesPlot
{
public:
    explicit RadiusPlot(QWidget* parent)
        : CurvesPlot(QStringLiteral("spectral-radius"), parent)
    {
        setAccessibleName(EigenvalueCard::tr("Spectral radius over the updates"));
        canvas().yAxis->setLabel(EigenvalueCard::tr("greatest |λ|"));
        canvas().axisRect()->setMinimumMargins(QMargins(44, 4, 12, 20));
    }

    void ask(AnalysisRequest& request) const override { request.spectra = true; }

protected:
    std::optional<Sample> sampleOf(const UpdateAnalysis& analysis) const override
    {
        if (analysis.spectra.empty())
            return std::nullopt;
        Sample sample;
        for (const Spectrum& spectrum : analysis.spectra) {
            sample.names << matrixName(*analysis.network, spectrum.matrix);
            sample.values.push_back(spectrum.radius());
        }
        return sample;
    }
    QString hint() const override { return EigenvalueCard::tr("From the next update on: the greatest |λ|."); }
    PlotRange leastRange() const override { return {0.0, 1.1}; }
};

} // namespace

EigenvalueCard::EigenvalueCard(QWidget* parent)
    : QWidget(parent)
    , m_plane(new EigenvaluePlot(this))
    , m_radius(new RadiusPlot(this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_plane, 1);
    row->addWidget(m_radius, 1);
    m_plane->setMinimumWidth(120);
    m_radius->setMinimumWidth(120);
}

void EigenvalueCard::startExperiment(const Experiment& experiment)
{
    m_plane->showAnalysis(nullptr);
    m_radius->startExperiment(experiment);
}

void EigenvalueCard::showSession(const Lane* session)
{
    m_plane->showAnalysis(nullptr);
    m_radius->showSession(session);
}

void EigenvalueCard::forgetSession(const Lane* session)
{
    m_radius->forgetSession(session);
}

void EigenvalueCard::ask(AnalysisRequest& request) const
{
    m_radius->ask(request);
}

void EigenvalueCard::setSeen(bool seen)
{
    m_radius->setSeen(seen);
}

void EigenvalueCard::showNews(const SessionNews& news)
{
    if (news.restarted)
        m_plane->showAnalysis(nullptr);
    for (const auto& analysis : news.analyses)
        if (analysis->request.spectra)
            m_plane->showAnalysis(analysis);
    m_radius->showNews(news);
}

} // namespace chronograd
