#pragma once

#include "tests/ui/plot_fixtures.h"
#include "ui/plots/loss_plot.h"

namespace chronograd {

/// Falls, and wavers.
inline double lossAt(std::int64_t update)
{
    return 0.05 + 1.0 / (1.0 + 0.05 * double(update)) + 0.03 * std::sin(double(update) * 1.7);
}

inline SessionNews newsOf(std::int64_t first, std::int64_t last, std::uint64_t run = 1)
{
    SessionNews news;
    news.run = run;
    for (std::int64_t update = first; update <= last; ++update) {
        LossPoint point{update, lossAt(update), 1.0, {}};
        if (update % 50 == 0)
            point.testLoss = 0.2 + 1.0 / double(update);
        news.points.push_back(point);
    }
    return news;
}

/// Where a point is, in coordinates of the widget (linear axes).
inline QPoint placeOf(const LossPlot& plot, double update, double loss)
{
    const QRect picture = plot.pictureRect();
    const PlotRange x = plot.xRange();
    const PlotRange y = plot.yRange();
    return {picture.left() + int(std::lround((update - x.lower) / x.length() * picture.width())),
            picture.bottom() - int(std::lround((loss - y.lower) / y.length() * picture.height()))};
}

inline void show(QWidget& widget, QSize size = {700, 260})
{
    widget.resize(size);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QTest::qWait(20);
}

} // namespace chronograd
