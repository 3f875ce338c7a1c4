#pragma once

#include "ui/sweep/sweep_shown.h"

#include <QLineF>
#include <QString>

class QPainter;

namespace chronograd {

struct Theme;

/// An upright axis for the measure: its scale, and above it a place for runs that diverged.
class SweepMeasureAxis
{
public:
    /// \param line where the axis stands: from its top to its bottom
    /// \param scale greater numbers are at its upper end
    SweepMeasureAxis(const SweepShown& shown, const QLineF& line, std::optional<SweepScale> scale);

    double yOf(double value) const; ///< Infinite: at the place of diverged runs.
    double yOfDiverged() const { return m_diverged; }

    /// Ticks and their numbers left or right of the axis; `grid`: lines to this x.
    void paint(QPainter& painter, const Theme& theme, Qt::AlignmentFlag side,
               std::optional<double> grid) const;
    static double labelWidth(const Theme& theme);

private:
    double m_x;
    double m_top;
    double m_bottom;
    double m_diverged;
    bool m_hasDiverged;
    std::optional<SweepScale> m_scale;
    bool m_isCut; ///< There are greater numbers.
};

} // namespace chronograd
