#include "ui/main_window/plot_cards.h"

#include "ui/main_window/card_desk.h"
#include "ui/main_window/letter_keys.h"
#include "ui/main_window/transport_bar.h"
#include "ui/plots/course_button.h"
#include "ui/plots/heat_map_plot.h"
#include "ui/plots/loss_plot.h"
#include "ui/plots/prediction_plot.h"
#include "ui/theme/card.h"

namespace chronograd {

PlotCards::PlotCards(CardDesk& desk, TransportBar& transport, QObject* parent)
    : QObject(parent)
    , m_loss(new LossPlot)
    , m_courses(new CourseButton)
    , m_prediction(new PredictionPlot)
    , m_weights(new HeatMapPlot(HeatMapPlot::What::Weights))
    , m_updates(new HeatMapPlot(HeatMapPlot::What::Updates))
{
    const auto add = [&desk, &transport](const QString& name, const QString& title, QWidget* plot) {
        Card* card = desk.addCard(Qt::BottomDockWidgetArea, name, title, plot);
        addLetterKeys(*card, transport);
        return card;
    };
    add(QStringLiteral("loss"), tr("Loss"), m_loss)->title()->addAtEnd(m_courses);
    m_predictionCard = add(QStringLiteral("prediction"), tr("Prediction"), m_prediction);
    add(QStringLiteral("weights"), tr("Weights"), m_weights);
    add(QStringLiteral("updates"), tr("Updates"), m_updates);
    connect(m_weights, &HeatMapPlot::quantitySelected, this, &PlotCards::quantitySelected);
    connect(m_updates, &HeatMapPlot::quantitySelected, this, &PlotCards::quantitySelected);
    connect(m_courses, &CourseButton::chosen, this, &PlotCards::courseChosen);
    connect(m_loss, &LossPlot::updateAsked, &transport, &TransportBar::goTo);
    connect(m_predictionCard, &QDockWidget::visibilityChanged, this, &PlotCards::requestChanged);
}

void PlotCards::startExperiment(const Experiment& experiment)
{
    m_member = 0;
    m_loss->clear(experiment.training.start);
    m_prediction->showPrediction(nullptr);
    m_weights->showFrame(nullptr);
    m_updates->showFrame(nullptr);
}

void PlotCards::showNews(const SessionNews& news)
{
    m_loss->showNews(news);
    m_courses->showNews(news);
    if (news.prediction)
        m_prediction->showPrediction(news.prediction);
    if (news.frame) {
        m_weights->showFrame(news.frame);
        m_updates->showFrame(news.frame);
    }
}

void PlotCards::setMember(int member)
{
    m_member = member;
    emit requestChanged();
}

FrameRequest PlotCards::request() const
{
    FrameRequest request;
    request.prediction = m_prediction->isVisible();
    request.member = m_member;
    return request;
}

} // namespace chronograd
