#include "ui/main_window/plot_cards.h"

#include "ui/main_window/card_desk.h"
#include "ui/main_window/letter_keys.h"
#include "ui/main_window/transport_bar.h"
#include "ui/plots/comparison_plot.h"
#include "ui/plots/cost_card.h"
#include "ui/plots/course_button.h"
#include "ui/plots/eigenvalue_card.h"
#include "ui/plots/error_curve_plot.h"
#include "ui/plots/error_functions_plot.h"
#include "ui/plots/flow_plot.h"
#include "ui/plots/heat_map_plot.h"
#include "ui/plots/jacobian_plot.h"
#include "ui/plots/lag_plot.h"
#include "ui/plots/loss_plot.h"
#include "ui/plots/prediction_plot.h"
#include "ui/plots/rtrl_card.h"
#include "ui/plots/saturation_plot.h"
#include "ui/plots/sizes_plot.h"
#include "ui/plots/surface_card.h"
#include "ui/plots/weight_curves_plot.h"
#include "ui/theme/card.h"

#include <QPushButton>

#include <utility>

namespace chronograd {

PlotCards::PlotCards(CardDesk& desk, TransportBar& transport, QObject* parent)
    : QObject(parent)
    , m_loss(new LossPlot)
    , m_courses(new CourseButton)
    , m_prediction(new PredictionPlot)
    , m_weights(new HeatMapPlot(HeatMapPlot::What::Weights))
    , m_updates(new HeatMapPlot(HeatMapPlot::What::Updates))
    , m_errorCurve(new ErrorCurvePlot)
{
    fillPlaces(desk, transport);
    connect(m_weights, &HeatMapPlot::quantitySelected, this, &PlotCards::quantitySelected);
    connect(m_updates, &HeatMapPlot::quantitySelected, this, &PlotCards::quantitySelected);
    connect(m_courses, &CourseButton::chosen, this, &PlotCards::courseChosen);
    connect(m_loss, &LossPlot::courseAsked, this, &PlotCards::courseChosen);
    connect(m_loss, &LossPlot::updateAsked, &transport, &TransportBar::goTo);
    connect(m_errorCurve, &ErrorCurvePlot::requestChanged, this, &PlotCards::requestChanged);
}

void PlotCards::fillPlaces(CardDesk& desk, TransportBar& transport)
{
    const auto add = [&](std::size_t place, const char* name, const QString& title, QWidget* plot) {
        Card* card = desk.addAtBottom(place, QString::fromLatin1(name), title, plot);
        addLetterKeys(*card, transport);
        if (auto* view = dynamic_cast<AnalysisView*>(plot))
            watch(card, view);
        return card;
    };
    // What is learned
    add(0, "loss", tr("Loss"), m_loss);
    m_loss->setBesideSwitch(m_courses); // not in a row of its own: the plot is low
    connect(m_courses, &CourseButton::refilled, m_loss, &LossPlot::placeSwitch);
    Card* prediction = add(0, "prediction", tr("Prediction"), m_prediction);
    add(0, "error-curve", tr("Error curve"), m_errorCurve);
    connect(prediction, &QDockWidget::visibilityChanged, this, [this](bool isSeen) {
        m_isPredictionSeen = isSeen;
        emit requestChanged();
    });
    add(0, "weight-curves", tr("Weight curves"), new WeightCurvesPlot);
    // What flows through time
    add(1, "flow", tr("Gradient flow"), new FlowPlot);
    add(1, "jacobians", tr("Jacobians"), new JacobianPlot);
    add(1, "eigenvalues", tr("Eigenvalues"), new EigenvalueCard);
    add(1, "rtrl", tr("RTRL"), new RtrlCard);
    // What the gradient is made of
    add(2, "lag", tr("Gradient by lag"), new LagPlot);
    add(2, "saturation", tr("Saturation"), new SaturationPlot);
    add(2, "sizes", tr("Step sizes"), new SizesPlot);
    add(2, "cost", tr("Cost"), new CostCard);
    // What the update makes of it
    auto* comparison = new ComparisonPlot;
    add(3, "comparison", tr("Truncated / full"), comparison)->title()->addAtEnd(comparison->makeSwitch());
    connect(comparison, &ComparisonPlot::requestChanged, this, &PlotCards::requestChanged);
    add(3, "weights", tr("Weights"), m_weights);
    add(3, "updates", tr("Updates"), m_updates);
    add(3, "surface", tr("Error surface"), new SurfaceCard);
    add(3, "error-functions", tr("Error functions"), new ErrorFunctionsPlot);
}

void PlotCards::watch(Card* card, AnalysisView* view)
{
    const std::size_t index = m_analyses.size();
    m_analyses.push_back({card, view, false});
    connect(card, &QDockWidget::visibilityChanged, this, [this, index](bool isSeen) {
        m_analyses[index].isSeen = isSeen;
        m_analyses[index].view->setSeen(isSeen);
        emit requestChanged();
    });
}

void PlotCards::startExperiment(const Experiment& experiment)
{
    m_member = 0;
    m_loss->clear(experiment.training.start);
    forget(experiment);
}

void PlotCards::forget(const Experiment& experiment)
{
    forgetFrame();
    for (const Seen& each : m_analyses)
        each.view->startExperiment(experiment);
}

void PlotCards::showRunNews(const SessionNews& news)
{
    m_loss->showNews(news);
    m_courses->showNews(news);
}

void PlotCards::showSession(const Lane* session)
{
    if (session == m_session)
        return;
    m_session = session;
    m_isNewlyShown = true;
    m_loss->setLaneShown(session != nullptr);
    forgetFrame();
    for (const Seen& each : m_analyses)
        each.view->showSession(session);
}

void PlotCards::forgetSession(const Lane& lane)
{
    for (const Seen& each : m_analyses)
        each.view->forgetSession(&lane);
}

void PlotCards::forgetFrame()
{
    m_prediction->showPrediction(nullptr);
    m_weights->showFrame(nullptr);
    m_updates->showFrame(nullptr);
}

void PlotCards::showNews(const SessionNews& told)
{
    SessionNews news = told;
    if (std::exchange(m_isNewlyShown, false))
        news.restarted = false; // for those who look at it only: what was recorded of it goes on
    if (news.prediction)
        m_prediction->showPrediction(news.prediction);
    if (news.frame) {
        m_weights->showFrame(news.frame);
        m_updates->showFrame(news.frame);
    }
    for (const Seen& each : m_analyses)
        each.view->showNews(news);
}

void PlotCards::setPredicting(bool on)
{
    m_loss->hideRunBefore(on);
    if (on)
        m_prediction->showPrediction(nullptr);
}

void PlotCards::setMember(int member)
{
    m_member = member;
    emit requestChanged();
}

void PlotCards::select(const Quantity& quantity)
{
    if (quantity.kind >= QuantityKind::Weight)
        m_errorCurve->chooseWeight({quantity.parameter, quantity.row, quantity.column});
}

ViewCommand PlotCards::view() const
{
    ViewCommand view;
    view.request.prediction = m_isPredictionSeen;
    view.request.member = m_member;
    for (const Seen& each : m_analyses)
        if (each.isSeen)
            each.view->ask(view.analysis);
    return view;
}

} // namespace chronograd
