#include "ui/plots/weight_curves_plot.h"

#include "ui/plots/plot_canvas.h"
#include "ui/plots/weight_names.h"

#include <QComboBox>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int mostCurves = 64; ///< Of a larger matrix its first rows: more lines cannot be told apart.

} // namespace

WeightCurvesPlot::WeightCurvesPlot(QWidget* parent)
    : CurvesPlot(QStringLiteral("weights-over-time"), parent)
    , m_chooser(new QComboBox(this))
{
    setAccessibleName(tr("Weights over time"));
    setWhatsThis(tr("Every weight of one parameter after each update. Wheel or + and − zoom, drag or arrows "
                    "pan, double-click or 0 shows everything."));
    canvas().yAxis->setLabel(tr("weight"));
    m_chooser->setAccessibleName(tr("Parameter whose weights are shown"));
    m_chooser->setToolTip(tr("Whose weights are shown"));
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    connect(m_chooser, &QComboBox::activated, this, &WeightCurvesPlot::chooseParameter);
}

void WeightCurvesPlot::startExperiment(const Experiment& experiment)
{
    m_seen.clear();
    m_network = nullptr;
    m_parameter = 0;
    CurvesPlot::startExperiment(experiment);
}

/// What is drawn of it may have been chosen anew meanwhile.
void WeightCurvesPlot::showSession(const Lane* session)
{
    CurvesPlot::showSession(session);
    m_seen.show(session);
    forgetCurves();
    showAnalyses(m_seen->all());
}

void WeightCurvesPlot::forgetSession(const Lane* session)
{
    m_seen.forget(session);
    CurvesPlot::forgetSession(session);
}

void WeightCurvesPlot::showNews(const SessionNews& news)
{
    if (news.frame && news.frame->network != m_network) {
        const bool isOther = !m_network || !haveSameWeights(*m_network, *news.frame->network);
        m_network = news.frame->network;
        if (isOther) {
            fillChooser(*m_network);
            forgetCurves();
            showAnalyses(m_seen->all());
        }
    }
    m_seen->take(news);
    CurvesPlot::showNews(news);
}

void WeightCurvesPlot::fillChooser(const Network& network)
{
    m_chooser->clear();
    for (const ParameterView& view : network.parameters().views())
        m_chooser->addItem(QString::fromStdString(view.name));
    // The recurrent matrix, if there is one, tells most.
    const std::vector<RecurrentMatrix> recurrent = recurrentMatrices(network);
    m_parameter = recurrent.empty() ? 0 : recurrent.front().parameter;
    m_chooser->setCurrentIndex(m_parameter);
    placeChooser();
}

void WeightCurvesPlot::chooseParameter(int parameter)
{
    m_parameter = parameter;
    m_chooser->setCurrentIndex(parameter);
    forgetCurves();
    showAnalyses(m_seen->all());
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

void WeightCurvesPlot::placeChooser()
{
    const QSize size = m_chooser->sizeHint().boundedTo({160, 24});
    m_chooser->setGeometry(QRect(QPoint(width() - size.width() - 8, 3), size));
    m_chooser->raise();
    legend().setReserved(size.grownBy({0, 0, 8, 3}));
}

void WeightCurvesPlot::resizeEvent(QResizeEvent* event)
{
    CurvesPlot::resizeEvent(event);
    placeChooser();
}

} // namespace chronograd
