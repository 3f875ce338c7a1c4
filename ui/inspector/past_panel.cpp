#include "ui/inspector/past_panel.h"

#include "ui/inspector/share_bars.h"
#include "ui/theme/formula_number.h"
#include "ui/theme/reading.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace chronograd {

PastPanel::PastPanel(QWidget* parent)
    : QWidget(parent)
    , m_switch(new QToolButton)
    , m_note(new QLabel)
    , m_bars(new ShareBars)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_switch);
    column->addWidget(m_note);
    column->addWidget(m_bars);
    m_switch->setObjectName(u"past"_s);
    m_switch->setText(tr("Why did it change? Past gradients"));
    m_switch->setAccessibleName(tr("Past gradients"));
    m_switch->setToolTip(tr("What each earlier update still adds to the velocity of this weight; the last "
                            "updates are trained again to find out"));
    m_switch->setCheckable(true);
    m_switch->setArrowType(Qt::RightArrow);
    m_switch->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_switch->setProperty("look", u"expander"_s);
    m_note->setProperty("look", u"secondary"_s);
    m_note->setWordWrap(true);
    m_bars->setToolTip(tr("What is left of the gradient of each update; click one to go back to it"));
    connect(m_switch, &QToolButton::toggled, this, [this](bool on) {
        m_switch->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
        refresh();
        emit toggled();
    });
    connect(m_bars, &ShareBars::stepActivated, this, &PastPanel::updateActivated);
    refresh();
}

bool PastPanel::isOpen() const
{
    return m_switch->isChecked() && addsGradientsUp(m_optimizer);
}

void PastPanel::setOpen(bool open)
{
    m_switch->setChecked(open);
}

void PastPanel::setWeight(std::size_t weight, std::int64_t update, Optimizer optimizer)
{
    m_weight = weight;
    m_update = update;
    m_optimizer = optimizer;
    refresh();
}

void PastPanel::setPast(std::shared_ptr<const PastGradients> past)
{
    m_past = std::move(past);
    refresh();
}

void PastPanel::refresh()
{
    setVisible(addsGradientsUp(m_optimizer));
    const bool on = m_switch->isChecked();
    const bool has = on && m_past && m_past->weight == m_weight && m_past->update == m_update &&
                     !m_past->gradients.empty();
    m_note->setVisible(on);
    m_bars->setVisible(has);
    if (!on)
        return;
    if (!has) {
        m_note->setText(m_update < 1 ? tr("No update has been made yet.")
                                     : tr("Told while training stands: pause to see them."));
        return;
    }
    const int digits = Reading::current().digits;
    m_bars->setTable(pastTable(*m_past, digits), digits);
    const PastGradient& newest = m_past->gradients.front();
    const bool isAdam = m_past->optimizer == Optimizer::Adam;
    m_note->setText(
        (isAdam
             ? tr("Each update adds (1 − β₁) = %1 times its gradient to the mean, and leaves β₁ of the rest.")
             : tr("Each update adds −α = %1 times its gradient, and leaves γ of what was there before."))
            .arg(formulaNumberText(newest.step, digits)));
}

} // namespace chronograd
