#include "ui/plots/rtrl_card.h"

#include "core/session/session.h"
#include "ui/plots/number_table.h"
#include "ui/plots/plot_numbers.h"

#include <QLabel>
#include <QVBoxLayout>

namespace chronograd {

RtrlCard::RtrlCard(QWidget* parent)
    : QWidget(parent)
    , m_table(new NumberTable(tr("The gradient by BPTT and by RTRL"), {tr("BPTT"), tr("RTRL"), tr("off by")}))
    , m_words(new QLabel)
{
    m_table->setToolTip(
        tr("Real-time recurrent learning carries ∂h_t/∂w from step to step instead of sending "
           "errors back; the gradient is the same up to rounding"));
    m_words->setProperty("look", QStringLiteral("secondary"));
    m_words->setWordWrap(true);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(2, 2, 2, 2);
    lines->addWidget(m_words);
    lines->addWidget(m_table, 1);
}

void RtrlCard::startExperiment(const Experiment&)
{
    showSession(nullptr);
}

void RtrlCard::showSession(const Lane*)
{
    m_table->setRows({}, {});
    m_words->setText(tr("The next update is computed both ways."));
}

void RtrlCard::ask(AnalysisRequest& request) const
{
    request.rtrl = true;
}

void RtrlCard::showNews(const SessionNews& news)
{
    if (news.analyses.empty() || !news.analyses.back()->request.rtrl)
        return;
    const UpdateAnalysis& analysis = *news.analyses.back();
    if (analysis.rtrl) {
        showComparison(analysis, *analysis.rtrl);
        return;
    }
    m_table->setRows({}, {});
    m_words->setText(tr("RTRL is shown for at most %1 units that all run with time: its cost grows with the "
                        "fourth power of their number.")
                         .arg(mostRtrlUnits));
}

void RtrlCard::showComparison(const UpdateAnalysis& analysis, const RtrlComparison& comparison)
{
    QStringList names;
    std::vector<std::vector<ShownNumber>> numbers;
    const auto shown = [](double value, int digits) {
        return ShownNumber{shownRounded(value, digits), value};
    };
    for (const RtrlComparison::Row& row : comparison.rows) {
        names << QString::fromStdString(analysis.network->parameters()[row.parameter].name);
        numbers.push_back({shown(row.backward, 4), shown(row.forward, 4), shown(row.difference, 2)});
    }
    m_table->setRows(names, numbers);
    m_words->setText(
        tr("Update %1: the same ‖∂L/∂w‖ both ways, to %2. RTRL carries %3 numbers along, however long the "
           "window; BPTT stores %4 for the %5 steps of this one.")
            .arg(analysis.update)
            .arg(shownRounded(comparison.difference, 2))
            .arg(groupedRounded(comparison.storedNumbers), groupedRounded(comparison.storedBackward))
            .arg(comparison.influence.size()));
}

} // namespace chronograd
