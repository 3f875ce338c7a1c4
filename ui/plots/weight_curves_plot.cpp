#include "ui/plots/weight_curves_plot.h"

#include "ui/plots/plot_canvas.h"
#include "ui/plots/weight_names.h"

#include <QComboBox>

#include <algorithm>

namespace chronograd {

namespace {

constexpr std::size_t mostWeightsSeen = 1024; ///< Updates.
constexpr int mostCurves = 64; ///< Of a larger matrix its first rows: more lines cannot be told apart.

} // namespace

WeightCurvesPlot::WeightCurvesPlot(QWidget* parent)
    : ChosenCurvesPlot(QStringLiteral("weights-over-time"), mostWeightsSeen, parent)
{
    setAccessibleName(tr("Weights over time"));
    setWhatsThis(tr("Every weight of one parameter after each update. Wheel or + and − zoom, drag or arrows "
                    "pan, double-click or 0 shows everything."));
    canvas().yAxis->setLabel(tr("weight"));
    chooser().setAccessibleName(tr("Parameter whose weights are shown"));
    chooser().setToolTip(tr("Whose weights are shown"));
    chooser().setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(&chooser(), &QComboBox::activated, this, &WeightCurvesPlot::chooseParameter);
}

void WeightCurvesPlot::startExperiment(const Experiment& experiment)
{
    m_network = nullptr;
    m_parameter = 0;
    ChosenCurvesPlot::startExperiment(experiment);
}

void WeightCurvesPlot::showNews(const SessionNews& news)
{
    if (news.frame && news.frame->network != m_network) {
        const bool isOther = !m_network || !haveSameWeights(*m_network, *news.frame->network);
        m_network = news.frame->network;
        if (isOther)
            fillChooser(*m_network);
    }
    ChosenCurvesPlot::showNews(news);
}

void WeightCurvesPlot::fillChooser(const Network& network)
{
    chooser().clear();
    for (const ParameterView& view : network.parameters().views())
        chooser().addItem(QString::fromStdString(view.name));
    // The recurrent matrix, if there is one, tells most.
    const std::vector<RecurrentMatrix> recurrent = recurrentMatrices(network);
    m_parameter = recurrent.empty() ? 0 : recurrent.front().parameter;
    chooseParameter(m_parameter);
    placeChooser();
}

void WeightCurvesPlot::chooseParameter(int parameter)
{
    m_parameter = parameter;
    chooser().setCurrentIndex(parameter);
    canvas().yAxis->setLabel(tr("weights %1").arg(chooser().currentText()));
    drawAnew();
}

std::optional<CurvesPlot::Sample> WeightCurvesPlot::sampleOf(const UpdateAnalysis& analysis) const
{
    const auto& views = analysis.network->parameters().views();
    if (!analysis.weights || static_cast<std::size_t>(m_parameter) >= views.size())
        return std::nullopt;
    const ParameterView& view = views[static_cast<std::size_t>(m_parameter)];
    Sample sample;
    for (int row = 0; row < view.rows; ++row)
        for (int column = 0; column < view.columns && sample.names.size() < mostCurves; ++column) {
            sample.names << (view.isBias ? tr("[%1]").arg(row + 1)
                                         : tr("[%1,%2]").arg(row + 1).arg(column + 1));
            sample.values.push_back((*analysis.weights)[static_cast<Eigen::Index>(view.at(row, column))]);
        }
    return sample;
}

QString WeightCurvesPlot::hint() const
{
    return tr("From the next update on: the weights.");
}

} // namespace chronograd
