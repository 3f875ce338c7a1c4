#pragma once

#include "tests/support/frame_maker.h"
#include "tests/ui/plot_fixtures.h"
#include "ui/plots/chart_widget.h"

#include <cmath>
#include <optional>
#include <string>

namespace chronograd {

/// News after each of so many updates, with everything computed that can be.
class NewsMaker
{
public:
    explicit NewsMaker(const std::string& json)
        : m_maker(json)
    {}

    SessionNews next(std::optional<ErrorCurveRequest> errorCurve = {})
    {
        SessionNews news;
        news.frame = m_maker.after(Granularity::Update);
        AnalysisRequest request{true, true, true, true, true, true, true, true, true};
        request.errorCurve = errorCurve;
        news.analyses.push_back(analyse(m_maker.trainer(), request, 0));
        return news;
    }

    const UpdateAnalysis& last(const SessionNews& news) const { return *news.analyses.back(); }

private:
    FrameMaker m_maker;
};

inline NewsMaker echo()
{
    return NewsMaker(FrameMaker::recurrent(4, 20, "3", "5"));
}

inline void show(QWidget& widget, QSize size = {420, 230})
{
    widget.resize(size);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QTest::qWait(20);
}

/// The place of a point of the axes on the widget.
inline QPoint placeOf(const ChartWidget& plot, double x, double y)
{
    const QRect picture = plot.pictureRect();
    const double right = (x - plot.xRange().lower) / plot.xRange().length();
    const double up = (y - plot.yRange().lower) / plot.yRange().length();
    return {picture.left() + int(std::lround(right * picture.width())),
            picture.bottom() - int(std::lround(up * picture.height()))};
}

inline QString number(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace chronograd
