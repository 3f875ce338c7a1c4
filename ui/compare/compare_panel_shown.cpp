#include "ui/compare/compare_panel.h"

#include "ui/compare/lane_row.h"
#include "ui/compare/lane_words.h"

#include <QLabel>

/// The lane that the graph shows: its news, and in what it first differs from the reference.

namespace chronograd {

namespace {

constexpr int lookEvery = 200; ///< Milliseconds between two searches for the difference while lanes run.

} // namespace

void ComparePanel::show(std::optional<std::size_t> lane)
{
    if (lane != m_shown) {
        stopLooking();
        m_shown = lane;
        m_comparedA = m_comparedB = nullptr;
        setMark(std::nullopt);
        emit shownChanged();
        if (m_shown)
            tellNews(true);
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_rows[i]->setShown(m_shown == i);
}

/// At what only a lane that is shown is asked for.
void ComparePanel::stopLooking()
{
    if (!m_shown)
        return;
    m_comparison->lanes()[*m_shown]->look({});
    m_comparison->lanes()[*m_shown]->post(PastCommand{});
}

const Lane* ComparePanel::shownLane() const
{
    return m_shown ? m_comparison->lanes()[*m_shown].get() : nullptr;
}

QString ComparePanel::shownName() const
{
    return m_shown ? QString::fromStdString(m_comparison->lanes()[*m_shown]->name()) : QString();
}

void ComparePanel::tellNews(bool isFirst)
{
    const Lane& lane = *m_comparison->lanes()[*m_shown];
    SessionNews news = lane.lastNews();
    if (isFirst) {
        news.restarted = true;
        news.frame = lane.frame();
    }
    news.points.clear(); // its curve is here
    news.message = lane.message();
    news.state = m_comparison->isRunning() ? RunState::Running
                 : lane.hasEnded()         ? lane.state()
                                           : RunState::Paused;
    emit newsTaken(news);
}

void ComparePanel::lookForDifference()
{
    if (!m_shown || *m_shown == 0)
        return;
    const auto& a = m_comparison->lanes().front()->frame();
    const auto& b = m_comparison->lanes()[*m_shown]->frame();
    if ((a == m_comparedA && b == m_comparedB) || !a || !b || !isVisible())
        return;
    const bool isSoon = m_sinceCompared.isValid() && m_sinceCompared.elapsed() < lookEvery;
    // While they run, one of them may be a little ahead.
    const bool areTogether = a->position.update == b->position.update;
    if (m_comparison->isRunning() && (isSoon || !areTogether))
        return;
    m_comparedA = a;
    m_comparedB = b;
    m_sinceCompared.start();
    setMark(m_comparison->differenceFromFirst(*m_shown));
}

void ComparePanel::setMark(const std::optional<Difference>& difference)
{
    QString words;
    if (difference) {
        const auto& lanes = m_comparison->lanes();
        words = firstDifferenceWords(*difference, *lanes[*m_shown]->frame()->network,
                                     QString::fromStdString(lanes.front()->name()), shownName());
        if (!showSameSequence(*m_comparedA, *m_comparedB))
            words += u' ' + tr("(The lanes are at different sequences: only weights are compared.)");
    } else if (m_shown && m_comparedA && !areComparable(*m_comparedA, *m_comparedB)) {
        words = tr("Its network is not that of “%1”: no numbers are compared.")
                    .arg(QString::fromStdString(m_comparison->lanes().front()->name()));
    } else if (m_shown && m_comparedA && m_comparedA->position.update != m_comparedB->position.update) {
        words = tr("“%1” stands at update %2, this one at update %3: at different updates no numbers are "
                   "compared.")
                    .arg(QString::fromStdString(m_comparison->lanes().front()->name()))
                    .arg(m_comparedA->position.update)
                    .arg(m_comparedB->position.update);
    } else if (m_shown && m_comparedA) {
        words = tr("Up to update %1 no number differs from “%2”.")
                    .arg(m_comparedA->position.update)
                    .arg(QString::fromStdString(m_comparison->lanes().front()->name()));
    }
    m_difference->setText(words);
    m_difference->setVisible(!words.isEmpty());
    emit markChanged(difference ? std::optional(GraphMark{difference->quantity, differenceTag(*difference)})
                                : std::nullopt);
}

} // namespace chronograd
