#include "ui/main_window/run_until_menu.h"

#include "ui/main_window/run_until_dialog.h"

namespace chronograd {

RunUntilMenu::RunUntilMenu(QWidget* parent)
    : QMenu(parent)
{
    setTitle(tr("Run &until"));
    setObjectName(QStringLiteral("runUntil"));
    setToolTipsVisible(true);
    addEnd(tr("the next weight &update"), tr("Stops after one more update"), StopCondition::Kind::NextUpdate);
    addEnd(tr("the end of this &sequence"), tr("Stops after its last time step"),
           StopCondition::Kind::Sequence);
    addEnd(tr("the end of this &epoch"), tr("Stops when every sequence has been trained once more"),
           StopCondition::Kind::Epoch);
    addEnd(tr("the first &warning"), tr("Stops when something is wrong that is not now"),
           StopCondition::Kind::Warning);
    addSeparator();
    addAction(tr("update &number…"), this, &RunUntilMenu::askUpdate)
        ->setToolTip(tr("Stops after the update of that number, or goes back to it"));
    addAction(tr("&loss below…"), this, &RunUntilMenu::askLoss)
        ->setToolTip(tr("Stops after the first update whose loss is smaller"));
}

void RunUntilMenu::addEnd(const QString& text, const QString& tip, StopCondition::Kind kind)
{
    QAction* action = addAction(text, this, [this, kind] { emit chosen({.kind = kind}); });
    action->setToolTip(tip);
}

void RunUntilMenu::begin(std::optional<std::int64_t> lastUpdate)
{
    m_lastUpdate = lastUpdate;
    m_update = 0;
    m_loss.reset();
}

void RunUntilMenu::showNews(const SessionNews& news)
{
    if (news.frame) {
        m_update = news.frame->position.update;
        m_loss = news.frame->updateDone ? news.frame->loss : m_loss;
    }
    if (!news.points.empty())
        m_loss = news.points.back().loss;
}

void RunUntilMenu::askUpdate()
{
    auto* dialog = new UpdateDialog({m_update, m_lastUpdate}, parentWidget());
    connect(dialog, &UpdateDialog::runAsked, this,
            [this](qint64 update) { emit chosen({.kind = StopCondition::Kind::Update, .update = update}); });
    connect(dialog, &UpdateDialog::goToAsked, this, &RunUntilMenu::goToAsked);
    dialog->open();
}

void RunUntilMenu::askLoss()
{
    auto* dialog = new LossDialog(m_loss, parentWidget());
    connect(dialog, &LossDialog::runAsked, this,
            [this](double loss) { emit chosen({.kind = StopCondition::Kind::LossBelow, .loss = loss}); });
    dialog->open();
}

} // namespace chronograd
