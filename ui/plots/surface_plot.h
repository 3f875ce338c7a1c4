#pragma once

#include "core/analysis/landscape.h"
#include "ui/plots/chart_widget.h"

#include <memory>

namespace chronograd {

/// The loss over a plane of weights as shades and contour lines, with the path that training took.
class SurfacePlot : public ChartWidget
{
    Q_OBJECT

public:
    explicit SurfacePlot(QWidget* parent = nullptr);

    /// Null: nothing to show. `xName` and `yName` are the directions of the plane.
    void showLandscape(std::shared_ptr<const Landscape> landscape, const QString& xName,
                       const QString& yName);
    struct PathPoint
    {
        QPointF at;
        bool isAfterGap = false; ///< Nothing was recorded on the way here.
    };
    void showPath(std::vector<PathPoint> path); ///< Oldest first; the last is where training stands.
    const std::vector<PathPoint>& path() const { return m_path; }
    void setHint(const QString& hint); ///< In the place of a landscape.

protected:
    Extent extent() const override;
    void fill() override {}
    void refresh() override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void writeCsv(QTextStream& out) const override;

private:
    void paint(QPainter& painter) const;
    void paintShades(QPainter& painter) const;
    void paintContours(QPainter& painter) const;
    void paintPath(QPainter& painter) const;
    double share(double loss) const; ///< 0 at the least loss, 1 at the greatest, logarithmic between.

    std::shared_ptr<const Landscape> m_landscape;
    double m_least = 0.0;
    double m_greatest = 0.0;
    std::vector<PathPoint> m_path;
    QString m_hint;
};

} // namespace chronograd
