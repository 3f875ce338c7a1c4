#pragma once

#include "core/analysis/ledger.h"

#include <QWidget>

#include <optional>

namespace chronograd {

/// The ledger of one weight as a picture: a row for each loss, a column for each copy of the weight, the
/// newest steps if there are many; sums at the right and below. What k2 cuts off is hatched.
class LedgerTable : public QWidget
{
    Q_OBJECT

public:
    explicit LedgerTable(QWidget* parent = nullptr);

    void setLedger(std::optional<Ledger> ledger, bool isCut, int digits);
    const std::optional<Ledger>& ledger() const { return m_ledger; }
    /// Of what is shown: contribution, column sum (`loss` 0), row sum (`source` 0) or total; "" elsewhere.
    QString textAt(QPointF position) const;
    QString cellText(double value) const; ///< As in a cell: tenths of the unit of the table.
    QRectF cellRect(std::int64_t loss, std::int64_t source) const;

    static constexpr std::int64_t mostSteps = 12;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    std::int64_t firstShown() const;
    int shown() const;
    double cellWidth() const;
    double cellHeight() const;
    double contribution(std::int64_t loss, std::int64_t source) const;
    void paintCell(QPainter& painter, const QRectF& cell, double value, double greatest) const;
    void paintHeads(QPainter& painter) const;

    std::optional<Ledger> m_ledger;
    bool m_isCut = false;
    int m_digits = 4;
    int m_power = 0; ///< Of ten: the unit of the numbers in the cells.
};

} // namespace chronograd
