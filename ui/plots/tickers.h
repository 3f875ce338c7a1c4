#pragma once

#include "ui/plots/plot_canvas.h"

namespace chronograd {

/// Ticks at whole numbers only: updates, years, steps.
class WholeTicker : public QCPAxisTicker
{
public:
    /// \param grouped 10,000 instead of 10000 (years are not grouped)
    explicit WholeTicker(bool grouped)
        : m_isGrouped(grouped)
    {}

protected:
    double getTickStep(const QCPRange& range) override;
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale& locale, QChar, int) override;

private:
    bool m_isGrouped;
};

/// Ticks at powers of ten; within two decades also at their doubles and fives, within half a decade as on a
/// linear axis: there is always more than one number to read.
class LogTicker : public QCPAxisTicker
{
protected:
    int getSubTickCount(double) override { return 0; }
    QVector<double> createTickVector(double tickStep, const QCPRange& range) override;
    QString getTickLabel(double tick, const QLocale& locale, QChar, int) override;
};

/// Names of rows: those at whole numbers, as many as have room.
class NameTicker : public QCPAxisTicker
{
public:
    /// \param names of 0, 1, 2 …
    NameTicker(QStringList names, int mostTicks);

protected:
    double getTickStep(const QCPRange& range) override;
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale& locale, QChar, int) override;

private:
    QStringList m_names;
    int m_mostTicks;
};

/// As few digits as tell neighbouring ticks apart: 0.25, 1·10⁻⁵.
class NumberTicker : public QCPAxisTicker
{
protected:
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale& locale, QChar, int) override;
};

} // namespace chronograd
