#include "ui/inspector/ledger_table.h"

#include "ui/theme/formula_number.h"
#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double headWidth = 44.0;  ///< Of the rows.
constexpr double headHeight = 34.0; ///< Of the columns.
constexpr double sumGap = 4.0;      ///< Sums stand apart.
constexpr double cutWidth = 14.0;   ///< The hatched stretch behind the cut.

} // namespace

LedgerTable::LedgerTable(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMouseTracking(true);
}

void LedgerTable::setLedger(std::optional<Ledger> ledger, bool isCut, int digits)
{
    const QSize before = sizeHint();
    m_ledger = std::move(ledger);
    m_isCut = isCut;
    const double greatest = m_ledger ? m_ledger->contributions.cwiseAbs().maxCoeff() : 0.0;
    m_power = greatest > 0.0 ? static_cast<int>(std::floor(std::log10(greatest))) : 0;
    m_digits = digits;
    setAccessibleName(m_ledger ? tr("Ledger of losses and copies of the weight, in all %1")
                                     .arg(formulaNumberText(m_ledger->total(), digits))
                               : tr("Ledger: nothing yet"));
    if (sizeHint() != before)
        updateGeometry();
    update();
}

int LedgerTable::shown() const
{
    return m_ledger ? static_cast<int>(std::min(mostSteps, m_ledger->window.length())) : 0;
}

std::int64_t LedgerTable::firstShown() const
{
    return m_ledger->window.to - shown() + 1;
}

double LedgerTable::cellWidth() const
{
    return (width() - headWidth - cutWidth - sumGap - 2.0) / (shown() + 1);
}

double LedgerTable::cellHeight() const
{
    return std::max(18.0,
                    QFontMetricsF(Theme::current().textFont(Theme::current().smallSize)).height() + 3.0);
}

QSize LedgerTable::sizeHint() const
{
    return {300, static_cast<int>(headHeight + (shown() + 1) * cellHeight() + sumGap + 4)};
}

QSize LedgerTable::minimumSizeHint() const
{
    return {220, sizeHint().height()};
}

/// Step 0 stands for the sums.
QRectF LedgerTable::cellRect(std::int64_t loss, std::int64_t source) const
{
    const double column = source == 0 ? shown() : static_cast<double>(source - firstShown());
    const double row = loss == 0 ? shown() : static_cast<double>(loss - firstShown());
    return {headWidth + cutWidth + column * cellWidth() + (source == 0 ? sumGap : 0.0),
            headHeight + row * cellHeight() + (loss == 0 ? sumGap : 0.0), cellWidth(), cellHeight()};
}

double LedgerTable::contribution(std::int64_t loss, std::int64_t source) const
{
    const Matrix& all = m_ledger->contributions;
    const std::int64_t from = m_ledger->window.from;
    if (loss == 0 && source == 0)
        return m_ledger->total();
    if (loss == 0)
        return all.col(source - from).sum();
    if (source == 0)
        return all.row(loss - from).sum();
    return all(loss - from, source - from);
}

QString LedgerTable::cellText(double value) const
{
    const double tenths = std::round(value / std::pow(10.0, m_power) * 10.0);
    const double shown = tenths == 0.0 ? 0.0 : tenths / 10.0; // what rounds to zero has no sign
    return withDecimalSign(QString::number(shown, 'f', 1).replace(u'-', QChar(0x2212)));
}

void LedgerTable::paintCell(QPainter& painter, const QRectF& cell, double value, double greatest) const
{
    const Theme& theme = Theme::current();
    const double strength = greatest > 0.0 ? value / greatest : 0.0;
    painter.setPen(theme.pen(theme.line, 0.6));
    painter.setBrush(theme.signColor(strength));
    painter.drawRect(cell);
    const QString text = cellText(value);
    if (value == 0.0 || painter.fontMetrics().horizontalAdvance(text) > cell.width() - 1)
        return;
    painter.setPen(theme.textOn(theme.signColor(strength)));
    painter.drawText(cell, Qt::AlignCenter, text);
}

void LedgerTable::paintHeads(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    painter.setPen(theme.textSecondary);
    const double right = cellRect(0, 0).right();
    painter.drawText(QRectF(headWidth + cutWidth, 0, right - headWidth - cutWidth, headHeight / 2),
                     Qt::AlignLeft | Qt::AlignVCenter, tr("through the copy at t ="));
    painter.drawText(QRectF(headWidth + cutWidth, 0, right - headWidth - cutWidth, headHeight / 2),
                     Qt::AlignRight | Qt::AlignVCenter,
                     tr("numbers × %1").arg(QStringLiteral("10") + raised(m_power)));
    painter.drawText(QRectF(0, 0, headWidth + cutWidth - 4, headHeight / 2), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("loss at"));
    for (std::int64_t t = firstShown(); t <= m_ledger->window.to; ++t) {
        const QRectF top = cellRect(firstShown(), t);
        painter.drawText(QRectF(top.left() - 8, headHeight / 2, top.width() + 16, headHeight / 2),
                         Qt::AlignCenter, QString::number(t));
        const QRectF side = cellRect(t, firstShown());
        painter.drawText(QRectF(0, side.top(), headWidth - 4, side.height()),
                         Qt::AlignRight | Qt::AlignVCenter, QString::number(t));
    }
    painter.drawText(
        QRectF(cellRect(firstShown(), 0).left() - 8, headHeight / 2, cellWidth() + 16, headHeight / 2),
        Qt::AlignCenter, QStringLiteral("Σ"));
    painter.drawText(QRectF(0, cellRect(0, 0).top(), headWidth - 4, cellHeight()),
                     Qt::AlignRight | Qt::AlignVCenter, tr("share"));
}

void LedgerTable::paintEvent(QPaintEvent*)
{
    if (shown() == 0)
        return;
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme.textFont(theme.smallSize));
    paintHeads(painter);
    const double greatest = m_ledger->contributions.cwiseAbs().maxCoeff();
    double greatestSum = 0.0;
    for (std::int64_t t = firstShown(); t <= m_ledger->window.to; ++t)
        greatestSum = std::max({greatestSum, std::abs(contribution(0, t)), std::abs(contribution(t, 0))});
    for (std::int64_t loss = firstShown(); loss <= m_ledger->window.to; ++loss) {
        for (std::int64_t source = firstShown(); source <= loss; ++source)
            paintCell(painter, cellRect(loss, source), contribution(loss, source), greatest);
        paintCell(painter, cellRect(loss, 0), contribution(loss, 0), greatestSum);
        paintCell(painter, cellRect(0, loss), contribution(0, loss), greatestSum);
    }
    paintCell(painter, cellRect(0, 0), m_ledger->total(), greatestSum);
    if (m_isCut) {
        const QRectF first = cellRect(firstShown(), firstShown());
        painter.setPen(Qt::NoPen);
        painter.setBrush(QBrush(theme.cut, Qt::BDiagPattern));
        painter.drawRect(
            QRectF(first.left() - cutWidth + 2, first.top(), cutWidth - 4, shown() * cellHeight()));
    }
}

QString LedgerTable::textAt(QPointF position) const
{
    if (shown() == 0)
        return {};
    const auto number = [this](std::int64_t loss, std::int64_t source) {
        return formulaNumberText(contribution(loss, source), 8);
    };
    if (cellRect(0, 0).contains(position))
        return tr("∂L/∂w, everything: %1").arg(number(0, 0));
    for (std::int64_t t = firstShown(); t <= m_ledger->window.to; ++t) {
        if (cellRect(0, t).contains(position))
            return tr("share of the copy at t = %1: %2").arg(t).arg(number(0, t));
        if (cellRect(t, 0).contains(position))
            return tr("all that the loss at t = %1 sends: %2").arg(t).arg(number(t, 0));
        for (std::int64_t source = firstShown(); source <= t; ++source) {
            if (cellRect(t, source).contains(position))
                return tr("the loss at t = %1 through the copy at t = %2: %3")
                    .arg(t)
                    .arg(source)
                    .arg(number(t, source));
        }
    }
    const QRectF first = cellRect(firstShown(), firstShown());
    if (m_isCut && position.x() < first.left() && position.x() > first.left() - cutWidth)
        return tr("before the cut: k2 lets nothing through");
    return {};
}

bool LedgerTable::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), textAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

} // namespace chronograd
