#include "ui/inspector/explanation_block.h"

#include "ui/inspector/formula_view.h"
#include "ui/inspector/quantity_words.h"
#include "ui/theme/formula_number.h"
#include "ui/theme/reading.h"

#include <QFrame>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

constexpr int exactDigits = Reading::mostDigits;

} // namespace

ExplanationBlock::ExplanationBlock(const QString& heading, QWidget* parent)
    : QWidget(parent)
    , m_heading(new QLabel)
    , m_formula(new FormulaView)
    , m_absence(new QLabel)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_heading);
    column->addWidget(m_formula);
    column->addWidget(m_absence);
    m_heading->setProperty("look", u"heading"_s);
    m_heading->setWordWrap(true);
    m_absence->setProperty("look", u"secondary"_s);
    m_absence->setWordWrap(true);
    m_absence->hide();
    setHeading(heading);
    connect(m_formula, &FormulaView::linkActivated, this, &ExplanationBlock::linkActivated);
}

void ExplanationBlock::setHeading(const QString& heading)
{
    m_heading->setText(heading);
    m_heading->setVisible(!heading.isEmpty());
}

void ExplanationBlock::setLineAbove()
{
    auto* line = new QFrame;
    line->setProperty("look", u"line"_s);
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->insertWidget(0, line);
    column->insertSpacing(1, 5);
}

void ExplanationBlock::show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity)
{
    m_frame = frame;
    m_quantity = quantity;
    const bool present = hasQuantity(*frame, quantity);
    m_formula->setVisible(present);
    m_absence->setVisible(!present);
    if (present)
        explainIt(frame);
    else
        m_absence->setText(absenceOf(quantity, *frame));
}

void ExplanationBlock::explainIt(const std::shared_ptr<const Frame>& frame)
{
    const Reading& reading = Reading::current();
    const Explanation explanation = explain(*frame, m_quantity, reading.sign);
    const std::shared_ptr<const Network> network = frame->network;
    const auto describe = [network](const Quantity& quantity, double value) {
        return u"%1\n%2 = %3"_s.arg(wordsFor(quantity, *network),
                                    QString::fromStdString(quantityText(quantity, *network)),
                                    formulaNumberText(value, exactDigits));
    };
    const QString text = QString::fromStdString(explanationText(explanation, *network, reading.digits));
    m_formula->setEquation(equationOf(explanation, reading.digits), text, describe);
}

bool ExplanationBlock::isAbsent() const
{
    return m_formula->isHidden();
}

} // namespace chronograd
