#pragma once

#include "ui/plots/legend_row.h"
#include "ui/plots/plot_widget.h"
#include "ui/plots/polyline.h"

#include <memory>

class QCPGraph;

namespace chronograd {

/// A plot over two axes with a legend on top: the wheel zooms at the mouse, dragging pans, double-click shows
/// everything again; + − 0 and the arrow keys do the same.
class ChartWidget : public PlotWidget
{
    Q_OBJECT

public:
    explicit ChartWidget(const QString& fileName, QWidget* parent = nullptr);
    ~ChartWidget() override;

    bool isZoomed() const { return m_isZoomed; } ///< By hand; if not, everything is shown.
    PlotRange xRange() const;                    ///< What is shown.
    PlotRange yRange() const;
    QRect pictureRect() const; ///< Inside the axes, in coordinates of the widget.
    QStringList legendTexts() const;
    QString xLabel() const;
    QString yLabel() const; ///< In one line.

    void zoomBy(double factor); ///< Around the middle; 2: twice as large.
    void panBy(double shareOfWidth, double shareOfHeight);
    void showEverything();

signals:
    void viewMoved(); ///< Zoomed, panned or reset by hand.

protected:
    /// Ranges that show everything.
    struct Extent
    {
        PlotRange x;
        PlotRange y;
    };

    LegendRow& legend() { return *m_legend; }
    /// A control of this size in the upper right corner, which the legend leaves free.
    void placeInCorner(QWidget& control, QSize size);
    bool isLogarithmic() const { return m_isLogarithmic; }
    void setLogarithmic(bool on);
    int pictureWidth() const;
    /// Puts a line into a graph, cut to what is shown.
    void setLine(QCPGraph& graph, const Polyline& line);
    /// Puts those of the points that are shown into a graph of dots: where a line is cut there is no point.
    void setDots(QCPGraph& graph, const Polyline& points, const QColor& color, double size);

    virtual Extent extent() const = 0;
    /// The ranges and the size of the picture are known: fill the graphs for them.
    virtual void fill() = 0;

    void refresh() override;
    void applyTheme(const Theme& theme) override;
    QList<QAction*> viewActions() override;

    void keyPressEvent(QKeyEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

    bool isDragged() const { return m_isDragged; } ///< Since the button was pressed: no click.

private:
    void setRanges(PlotRange x, PlotRange y);
    void giveTicksRoom();
    void fitYAxis();

    std::unique_ptr<LegendRow> m_legend;
    QAction* m_showEverything;
    QString m_yLabel;   ///< As it was given, where …
    QString m_fitLabel; ///< … this is shown in its place.
    bool m_isZoomed = false;
    bool m_isLogarithmic = false;
    bool m_isDragged = false;
    QPoint m_dragFrom;
};

} // namespace chronograd
