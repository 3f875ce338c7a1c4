#include "ui/plots/cost_card.h"

#include "core/analysis/cost.h"
#include "core/session/session.h"
#include "ui/plots/number_table.h"
#include "ui/plots/plot_numbers.h"

#include <QLabel>
#include <QVBoxLayout>

namespace chronograd {

namespace {

QString text(StepCount steps)
{
    return steps.isWholeSequence() ? QStringLiteral("n") : QString::number(steps.number());
}

/// "×0.36"
ShownNumber ratio(double number, double of)
{
    const double share = of > 0.0 ? number / of : 0.0;
    return {QStringLiteral("×%1").arg(share, 0, 'f', share < 10.0 ? 2 : share < 100.0 ? 1 : 0), share};
}

} // namespace

CostCard::CostCard(QWidget* parent)
    : QWidget(parent)
    , m_table(new NumberTable(tr("Cost of one sequence"), {tr("(k1, k2)"), tr("(n, n)"), tr("(1, n)")}))
    , m_speed(new QLabel)
{
    m_table->setToolTip(tr("Of one sequence. Counted are the multiply-adds of all matrix products, forward, "
                           "backward and for the gradient"));
    m_speed->setProperty("look", QStringLiteral("secondary"));
    m_speed->setWordWrap(true);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(2, 2, 2, 2);
    lines->addWidget(m_table, 1);
    lines->addWidget(m_speed);
}

void CostCard::startExperiment(const Experiment&)
{
    showSession(nullptr);
}

void CostCard::showSession(const Lane*)
{
    m_frame = nullptr;
    m_shown.reset();
    m_speed->clear();
}

void CostCard::showNews(const SessionNews& news)
{
    if (news.frame)
        m_frame = news.frame;
    if (!isVisible() || !m_frame)
        return;
    if (news.frame)
        showCosts();
    const QString speed =
        news.stepsPerSecond > 0.0
            ? tr("Measured while training: %1 time steps a second.").arg(groupedRounded(news.stepsPerSecond))
            : tr("Let it run to see how many time steps a second this machine trains.");
    if (speed != m_speed->text())
        m_speed->setText(speed);
}

void CostCard::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_frame)
        showCosts();
}

void CostCard::showCosts()
{
    const std::int64_t length = m_frame->position.sequenceLength;
    if (m_shown == m_frame->settings && m_shownLength == length && m_shownNetwork == m_frame->network.get())
        return;
    m_shown = m_frame->settings;
    m_shownLength = length;
    m_shownNetwork = m_frame->network.get();
    const auto costWith = [&](StepCount k1, StepCount k2) {
        Hyperparameters settings = m_frame->settings;
        settings.k1 = k1;
        settings.k2 = k2;
        return costOf(*m_frame->network, settings, length);
    };
    const StepCount n = StepCount::wholeSequence();
    const Cost set = costOf(*m_frame->network, m_frame->settings, length);
    const Cost whole = costWith(n, n);
    const Cost every = costWith(StepCount(1), n);
    using Row = std::vector<ShownNumber>;
    const auto count = [](double number) { return ShownNumber{groupedRounded(number), number}; };
    const auto row = [&](double Cost::*number) {
        return Row{count(set.*number), count(whole.*number), count(every.*number)};
    };
    const auto wholeNumbers = [&](std::int64_t Cost::*number) {
        return Row{count(static_cast<double>(set.*number)), count(static_cast<double>(whole.*number)),
                   count(static_cast<double>(every.*number))};
    };
    const auto ratios = [&](double Cost::*number) {
        return Row{ratio(set.*number, whole.*number), ratio(whole.*number, whole.*number),
                   ratio(every.*number, whole.*number)};
    };
    m_table->setHorizontalHeaderLabels(
        {tr("(%1, %2)").arg(text(m_frame->settings.k1), text(m_frame->settings.k2)), tr("(n, n)"),
         tr("(1, n)")});
    m_table->setRows({tr("updates"), tr("multiply-adds"), tr("   against (n, n)"), tr("   per update"),
                      tr("stored numbers"), tr("   against (n, n)"), tr("steps back at most")},
                     {wholeNumbers(&Cost::updates),
                      row(&Cost::multiplyAdds),
                      ratios(&Cost::multiplyAdds),
                      {count(set.perUpdate()), count(whole.perUpdate()), count(every.perUpdate())},
                      row(&Cost::storedNumbers),
                      ratios(&Cost::storedNumbers),
                      wholeNumbers(&Cost::longestSweep)});
}

} // namespace chronograd
