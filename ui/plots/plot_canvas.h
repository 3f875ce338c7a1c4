#pragma once

// Included by the sources of plots only: the header of QCustomPlot is slow to parse.
#include <qcustomplot.h>

#include <functional>
#include <vector>

namespace chronograd {

/// A point under the mouse, in pixels of the canvas.
struct HoverDot
{
    QPointF at;
    QColor color;
};

/// Draws the hover dots on a layer of its own, so that moving the mouse replots nothing else.
class HoverLayer : public QCPLayerable
{
public:
    explicit HoverLayer(QCustomPlot* plot);

    void show(std::vector<HoverDot> dots, QColor ground);

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    std::vector<HoverDot> m_dots;
    QColor m_ground;
};

/// Draws by a function, on the layer and in the order it is made.
class PaintedLayer : public QCPLayerable
{
public:
    PaintedLayer(QCustomPlot* plot, const QString& layer, std::function<void(QCPPainter&)> paint);

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override;
    void draw(QCPPainter* painter) override;

private:
    std::function<void(QCPPainter&)> m_paint;
};

/// A QCustomPlot that is replotted when it is out of date and in sight, never otherwise: at most once per
/// frame of the display, less often when there are many (PlotPacer).
class PlotCanvas : public QCustomPlot
{
public:
    /// \param refresh brings the plot to the newest data, before a replot
    PlotCanvas(QWidget* parent, std::function<void()> refresh);

    void markStale();
    /// Now, as for an export.
    void bringUpToDate();
    /// Lays the plot out anew in another size, at once; also one that is out of sight.
    void layOut(const QSize& size);
    HoverLayer& hover() { return *m_hover; }

    int replots() const { return m_replots; }
    double lastMilliseconds() const { return m_milliseconds; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    std::function<void()> m_refresh;
    HoverLayer* m_hover;
    bool m_isStale = true;
    int m_replots = 0;
    double m_milliseconds = 0.0;
};

} // namespace chronograd
