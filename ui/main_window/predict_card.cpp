#include "ui/main_window/predict_card.h"

#include "ui/main_window/card_desk.h"
#include "ui/main_window/session_bridge.h"
#include "ui/main_window/transport_bar.h"
#include "ui/theme/card.h"
#include "ui/theme/desk_size.h"
#include "ui/worked/predict_mode.h"
#include "ui/worked/predict_panel.h"

#include <QAction>
#include <QScrollArea>

namespace chronograd {

namespace {

constexpr int leastHeight = 110; ///< Of the card, so that a window with it can still be made low.

QScrollArea* scrolling(PredictPanel& panel)
{
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    fixLeastSize(*scroll, {PredictPanel::leastWidth, leastHeight});
    scroll->setWidget(&panel);
    panel.setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    return scroll;
}

} // namespace

PredictCard::PredictCard(CardDesk& desk, SessionBridge& bridge, TransportBar& transport, QObject* parent)
    : QObject(parent)
    , m_desk(desk)
    , m_bridge(bridge)
    , m_transport(transport)
    , m_mode(new PredictMode(this))
    , m_card(desk.addCard(Qt::RightDockWidgetArea, QStringLiteral("predict"), tr("Predict"),
                          scrolling(*m_mode->panel())))
    , m_action(new QAction(tr("&Predict, then reveal"), this))
{
    m_card->setOffered(false);
    m_action->setCheckable(true);
    m_action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_P));
    m_action->setToolTip(tr("Each step's numbers are asked for before they are shown (Ctrl+P)"));
    connect(m_action, &QAction::toggled, this, &PredictCard::turn);
    const auto end = [this] { m_action->setChecked(false); };
    connect(m_mode, &PredictMode::endAsked, m_action, end);
    connect(m_card, &Card::closedByHand, m_action, end);
    connect(m_mode, &PredictMode::asked, this, &PredictCard::asked);
    connect(m_mode, &PredictMode::shownChanged, &bridge, &SessionBridge::tell);
    connect(&transport, &TransportBar::asked, m_mode, &PredictMode::watch);
    connect(m_mode, &PredictMode::stepAsked, &transport, qOverload<>(&TransportBar::step));
    bridge.setCover([this](SessionNews news) { return m_mode->covered(std::move(news)); });
}

void PredictCard::startExperiment(const WorkedExample& example)
{
    m_hasBook = !example.isEmpty();
    m_mode->setExample(example);
    m_action->setChecked(false); // another experiment is shown first
}

void PredictCard::setSelected(const Quantity& selected)
{
    m_mode->setSelected(selected);
}

void PredictCard::turn(bool on)
{
    if (on && m_neighbour)
        m_desk.makeRoom(*m_card, *m_neighbour);
    m_card->setOffered(on);
    const bool isInPast = m_bridge.frame() && m_bridge.frame()->position.update < m_bridge.furthest();
    m_mode->setOn(on, m_bridge.frame(), m_hasBook);
    emit turned(on);
    if (on && (m_hasBook || isInPast))
        emit forgetAsked();
    if (!on) {
        if (m_neighbour)
            m_neighbour->raise();
        return;
    }
    m_card->raise();
    m_mode->panel()->takeFocus();
    if (m_transport.granularity() > Granularity::Layer)
        m_transport.setGranularity(Granularity::Unit);
    // Of a worked example every number is asked for: it begins at its beginning.
    if (m_hasBook)
        m_bridge.post(GoToCommand{0});
}

} // namespace chronograd
