#include "ui/main_window/worked_card.h"

#include "core/experiment/input_error.h"
#include "ui/main_window/card_desk.h"
#include "ui/main_window/letter_keys.h"
#include "ui/main_window/transport_bar.h"
#include "ui/theme/card.h"
#include "ui/worked/worked_model.h"
#include "ui/worked/worked_panel.h"

#include <QAction>
#include <QToolButton>

#include <utility>

namespace chronograd {

WorkedCard::WorkedCard(CardDesk& desk, Card& neighbour, TransportBar& transport, QObject* parent)
    : QObject(parent)
    , m_panel(new WorkedPanel)
    , m_card(desk.addCardBehind(neighbour, QStringLiteral("worked"), tr("Worked example"), m_panel))
{
    m_card->setOffered(false);
    addLetterKeys(*m_card, transport);
    connect(m_card, &QDockWidget::visibilityChanged, this, [this](bool isSeen) {
        m_isSeen = isSeen;
        if (isSeen)
            showKept();
    });
    connect(m_panel, &WorkedPanel::quantitySelected, this, &WorkedCard::quantitySelected);
    connect(m_panel, &WorkedPanel::updateAsked, &transport, &TransportBar::goTo);
}

void WorkedCard::startExperiment(const Experiment& experiment)
{
    WorkedExample example;
    std::shared_ptr<const Network> network;
    try {
        if (!experiment.expected.empty()) {
            network = Network::build(experiment.network);
            example = WorkedExample(experiment.expected, *network);
        }
    } catch (const InputError& error) {
        emit failed(QString::fromUtf8(error.what()));
    }
    m_card->setOffered(!example.isEmpty());
    if (!example.isEmpty())
        m_card->raise();
    m_unseen.clear();
    m_known.clear();
    m_panel->setExample(std::move(example), std::move(network));
}

const WorkedExample& WorkedCard::example() const
{
    return m_panel->model().example();
}

void WorkedCard::addTitleButton(QAction& action)
{
    auto* button = new QToolButton;
    button->setDefaultAction(&action);
    button->setProperty("look", QStringLiteral("compact"));
    m_card->title()->add(button);
}

void WorkedCard::showNews(const SessionNews& news)
{
    if (news.restarted) {
        m_unseen.clear();
        m_panel->forget();
    }
    if (!news.frame || example().isEmpty())
        return;
    keep(news.frame);
    if (m_isSeen)
        showKept();
}

void WorkedCard::keep(const std::shared_ptr<const Frame>& frame)
{
    const auto isReplaced = [&](const Frame& before) {
        return before.update >= frame->update || !example().hasNumbersOf(before.update);
    };
    while (!m_unseen.empty() && isReplaced(*m_unseen.back()))
        m_unseen.pop_back();
    m_unseen.push_back(frame);
}

void WorkedCard::setKnown(std::shared_ptr<const Frame> whole, const std::vector<std::size_t>& entries)
{
    m_whole = std::move(whole);
    m_known = entries;
}

void WorkedCard::showKept()
{
    for (const std::shared_ptr<const Frame>& frame : std::exchange(m_unseen, {}))
        m_panel->showFrame(*frame);
    if (m_whole && !m_known.empty())
        m_panel->showMore(*m_whole, m_known);
}

} // namespace chronograd
