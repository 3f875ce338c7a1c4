#include "ui/main_window/run_until_menu.h"

#include <QAbstractSpinBox>
#include <QInputDialog>
#include <QPushButton>

#include <algorithm>
#include <limits>

namespace chronograd {

namespace {

/// Call last: fields and buttons are those of the kind of input that there is then.
void describeInput(QInputDialog& dialog, const QString& name, const QString& tip)
{
    dialog.setOkButtonText(RunUntilMenu::tr("Run"));
    for (auto* field : dialog.findChildren<QAbstractSpinBox*>()) {
        field->setAccessibleName(name);
        field->setToolTip(tip);
    }
    for (auto* button : dialog.findChildren<QPushButton*>())
        button->setToolTip(button->text() == dialog.okButtonText() ? RunUntilMenu::tr("Run until then")
                                                                   : RunUntilMenu::tr("Leave it as it is"));
}

} // namespace

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
        ->setToolTip(tr("Stops after the update of that number"));
    addAction(tr("&loss below…"), this, &RunUntilMenu::askLoss)
        ->setToolTip(tr("Stops after the first update whose loss is smaller"));
}

void RunUntilMenu::addEnd(const QString& text, const QString& tip, StopCondition::Kind kind)
{
    QAction* action = addAction(text, this, [this, kind] { emit chosen({.kind = kind}); });
    action->setToolTip(tip);
}

void RunUntilMenu::showNews(const SessionNews& news)
{
    if (news.frame)
        m_update = news.frame->position.update;
    if (!news.points.empty())
        m_loss = news.points.back().loss;
}

void RunUntilMenu::askUpdate()
{
    constexpr int most = std::numeric_limits<int>::max();
    auto* dialog = new QInputDialog(parentWidget());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Run until an update"));
    dialog->setLabelText(tr("Stop after update"));
    dialog->setInputMode(QInputDialog::IntInput);
    const auto next = static_cast<int>(std::min<std::int64_t>(m_update + 1, most));
    dialog->setIntRange(next, most);
    dialog->setIntValue(static_cast<int>(std::min<std::int64_t>((m_update / 100 + 1) * 100, most)));
    connect(dialog, &QInputDialog::intValueSelected, this,
            [this](int update) { emit chosen({.kind = StopCondition::Kind::Update, .update = update}); });
    describeInput(*dialog, tr("Update to stop after"),
                  tr("Training runs until this update is done; from %1 on").arg(next));
    dialog->open();
}

void RunUntilMenu::askLoss()
{
    constexpr int decimals = 6;
    constexpr double most = 1e9;
    auto* dialog = new QInputDialog(parentWidget());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Run until a loss"));
    dialog->setLabelText(tr("Stop when the loss of an update is below"));
    dialog->setInputMode(QInputDialog::DoubleInput);
    dialog->setDoubleDecimals(decimals);
    dialog->setDoubleRange(0.0, most);
    dialog->setDoubleValue(m_loss / 2);
    connect(dialog, &QInputDialog::doubleValueSelected, this,
            [this](double loss) { emit chosen({.kind = StopCondition::Kind::LossBelow, .loss = loss}); });
    describeInput(*dialog, tr("Loss to stop below"),
                  tr("Training runs until an update has a smaller loss than this"));
    dialog->open();
}

} // namespace chronograd
