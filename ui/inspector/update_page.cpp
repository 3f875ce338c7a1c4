#include "ui/inspector/update_page.h"

#include "core/explain/explain.h"
#include "ui/inspector/explanation_block.h"
#include "ui/inspector/ledger_table.h"
#include "ui/inspector/past_panel.h"
#include "ui/inspector/quantity_words.h"
#include "ui/inspector/share_bars.h"
#include "ui/inspector/velocity_arrows.h"
#include "ui/theme/formula_number.h"
#include "ui/theme/reading.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

Quantity of(Quantity weight, QuantityKind kind, std::int64_t t = 0)
{
    weight.kind = kind;
    weight.t = t;
    return weight;
}

/// Of the squared gradients, where the optimizer keeps them.
QuantityKind squaresOf(Optimizer optimizer)
{
    return optimizer == Optimizer::Adam ? QuantityKind::SecondMoment : QuantityKind::MeanSquare;
}

} // namespace

UpdatePage::UpdatePage(QWidget* parent)
    : InspectorPage(parent)
    , m_path(new QLabel)
    , m_summary(new QLabel)
    , m_bars(new ShareBars)
    , m_ledgerSwitch(new QToolButton)
    , m_ledgerNote(new QLabel)
    , m_ledger(new LedgerTable)
    , m_share(new ExplanationBlock(QString()))
    , m_gradient(new ExplanationBlock(tr("Gradient: the sum of the shares")))
    , m_velocity(new ExplanationBlock(tr("Velocity")))
    , m_arrows(new VelocityArrows)
    , m_past(new PastPanel)
    , m_squares(new ExplanationBlock(QString()))
    , m_change(new ExplanationBlock(tr("Change")))
    , m_after(new ExplanationBlock(tr("New weight")))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto* heading = new QLabel(tr("Share of each time step in the gradient"));
    heading->setProperty("look", u"heading"_s);
    heading->setWordWrap(true);
    m_path->setProperty("look", u"secondary"_s);
    m_path->setWordWrap(true);
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::RichText);
    column->addWidget(m_summary);
    column->addWidget(heading);
    column->addWidget(m_bars);
    column->addWidget(m_path);
    column->addWidget(m_ledgerSwitch);
    column->addWidget(m_ledgerNote);
    column->addWidget(m_ledger);
    buildLedger();
    for (ExplanationBlock* block : {m_share, m_gradient, m_velocity, m_squares, m_change, m_after}) {
        if (block != m_share)
            block->setLineAbove();
        column->addWidget(block);
        if (block == m_velocity) {
            column->addWidget(m_arrows);
            column->addWidget(m_past);
        }
        connect(block, &ExplanationBlock::linkActivated, this, &InspectorPage::linkActivated);
    }
    connect(m_bars, &ShareBars::stepActivated, this,
            [this](qint64 t) { emit linkActivated(of(m_weight, QuantityKind::Share, t)); });
}

void UpdatePage::buildLedger()
{
    m_ledgerSwitch->setText(tr("Ledger: which loss, which copy"));
    m_ledgerSwitch->setObjectName(u"ledger"_s);
    m_ledgerSwitch->setAccessibleName(tr("Ledger"));
    m_ledgerSwitch->setToolTip(tr(
        "What each loss contributes through each copy of the weight; costs one backward pass for each loss"));
    m_ledgerSwitch->setCheckable(true);
    m_ledgerSwitch->setArrowType(Qt::RightArrow);
    m_ledgerSwitch->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_ledgerSwitch->setProperty("look", u"expander"_s);
    m_ledgerNote->setProperty("look", u"secondary"_s);
    m_ledgerNote->setWordWrap(true);
    connect(m_ledgerSwitch, &QToolButton::toggled, this, [this](bool on) {
        m_ledgerSwitch->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
        showLedger();
    });
    showLedger();
}

/// Only what is looked at is computed.
void UpdatePage::showLedger()
{
    constexpr std::int64_t mostSteps = 256;
    const bool on = m_ledgerSwitch->isChecked() && m_frame;
    const bool isShort = on && m_frame->window.length() <= mostSteps;
    const bool has = on && isShort && hasLedger(*m_frame);
    m_ledger->setVisible(has);
    m_ledgerNote->setVisible(on);
    if (!on)
        return;
    m_ledgerNote->setText(!isShort ? tr("The window is longer than %1 steps.").arg(mostSteps)
                          : !has   ? tr("The update is not done yet.")
                          : m_frame->window.length() > LedgerTable::mostSteps
                              ? tr("The newest %1 of %2 steps; sums are over all of them.")
                                    .arg(LedgerTable::mostSteps)
                                    .arg(m_frame->window.length())
                              : tr("Rows sum to what a loss sends, columns to the share of a time step."));
    if (has)
        m_ledger->setLedger(ledgerOf(*m_frame, m_weight.parameter, m_weight.row, m_weight.column),
                            m_frame->window.from > 1, Reading::current().digits);
}

void UpdatePage::show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity)
{
    m_frame = frame;
    m_weight = of(quantity, QuantityKind::Weight);
    const Quantity after = of(m_weight, QuantityKind::After);
    m_path->setText(pathOf(m_weight, *frame->network));
    const QString before = formulaNumberText(valueOf(*frame, m_weight), Reading::current().digits);
    if (hasQuantity(*frame, after)) {
        m_summary->setText(tr("update %1: <b>%2 → %3</b>")
                               .arg(QString::number(frame->update), before,
                                    formulaNumberText(valueOf(*frame, after), Reading::current().digits)));
    } else {
        m_summary->setText(tr("<b>%1</b>, update %2 is being gathered").arg(before).arg(frame->update));
    }
    m_bars->setTable(shareTable(*frame, m_weight), Reading::current().digits);
    showShare(frame, quantity);
    showLedger();

    const Optimizer optimizer = frame->settings.optimizer;
    m_gradient->show(frame, of(m_weight, QuantityKind::Gradient));
    m_change->show(frame, of(m_weight, QuantityKind::Change));
    m_after->show(frame, of(m_weight, QuantityKind::After));
    const bool done = !m_gradient->isAbsent();
    showMemory(frame, done);
    if (quantity.kind == QuantityKind::VelocityBefore || quantity.kind == QuantityKind::FirstMomentBefore)
        m_past->setOpen(true); // that is what it is made of
    m_change->setVisible(done && optimizer != Optimizer::Sgd);
    m_after->setVisible(done);
}

/// What the optimizer keeps of earlier gradients.
void UpdatePage::showMemory(const std::shared_ptr<const Frame>& frame, bool done)
{
    const Optimizer optimizer = frame->settings.optimizer;
    const bool isAdam = optimizer == Optimizer::Adam;
    m_velocity->setVisible(done && optimizer != Optimizer::Rmsprop);
    m_velocity->setHeading(isAdam           ? tr("First moment: the mean of the gradients")
                           : frame->clipped ? tr("Velocity, from the clipped gradient")
                                            : tr("Velocity"));
    m_velocity->show(frame, of(m_weight, isAdam ? QuantityKind::FirstMoment : QuantityKind::Velocity));
    const ParameterView& view = frame->network->parameters()[m_weight.parameter];
    const auto parts = velocityParts(*frame, view, m_weight.row, m_weight.column);
    m_arrows->setVisible(parts.has_value());
    if (parts)
        m_arrows->setParts(*parts, Reading::current().digits);
    m_past->setWeight(view.at(m_weight.row, m_weight.column), frame->position.update, optimizer);
    m_squares->setVisible(done && keepsSquares(optimizer));
    m_squares->setHeading(isAdam ? tr("Second moment: the mean of their squares")
                                 : tr("Mean square of the gradients"));
    m_squares->show(frame, of(m_weight, squaresOf(optimizer)));
}

void UpdatePage::showShare(const std::shared_ptr<const Frame>& frame, const Quantity& quantity)
{
    const bool chosen = quantity.kind == QuantityKind::Share;
    const std::int64_t t = chosen ? quantity.t : frame->window.to;
    m_bars->setChosen(t);
    m_share->setHeading(tr("Share of t = %1").arg(t));
    m_share->show(frame, of(quantity, QuantityKind::Share, t));
}

} // namespace chronograd
