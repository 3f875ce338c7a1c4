#include "ui/plots/error_functions_plot.h"

#include "core/session/session.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/plot_painting.h"
#include "ui/plots/tickers.h"
#include "ui/theme/segmented_control.h"
#include "ui/theme/theme.h"

#include <QTextStream>

#include <algorithm>
#include <array>
#include <cmath>

namespace chronograd {

namespace {

constexpr std::array functions{ErrorFunction::Signed, ErrorFunction::Absolute, ErrorFunction::HalfSquared};
constexpr int lowForSums = 220; ///< There the sums would leave the curves no room.
constexpr int points = 401;     ///< Of a curve; odd, so that 0 is one.

QString nameOf(int function)
{
    switch (function) {
    case 0:
        return ErrorFunctionsPlot::tr("signed: e");
    case 1:
        return ErrorFunctionsPlot::tr("absolute: |e|");
    default:
        return ErrorFunctionsPlot::tr("squared: ½e²");
    }
}

} // namespace

ErrorFunctionsPlot::ErrorFunctionsPlot(QWidget* parent)
    : ChartWidget(QStringLiteral("error-functions"), parent)
    , m_switch(new SegmentedControl(tr("Error or its slope"), {tr("error"), tr("slope")}, this))
{
    setAccessibleName(tr("Error functions"));
    setWhatsThis(
        tr("Three ways to measure an error e = y − d, and their slopes, which are what is sent back. "
           "The dots are the outputs now. Signed errors of several outputs cancel, absolute ones have "
           "the same slope however near the target, squared ones slow down towards it. Wheel or + and "
           "− zoom, drag or arrows pan, double-click or 0 shows everything."));
    canvas().xAxis->setTicker(QSharedPointer<NumberTicker>::create());
    canvas().xAxis->setLabel(tr("e = y − d"));
    canvas().axisRect()->setMinimumMargins(QMargins(44, 4, 12, 20));
    for (std::size_t i = 0; i < functions.size(); ++i) {
        m_graphs.push_back(canvas().addGraph());
        m_graphs.back()->setAdaptiveSampling(false);
    }
    new PaintedLayer(&canvas(), QStringLiteral("main"),
                     [this](QCPPainter& painter) { paintErrors(painter); });
    m_switch->setTight();
    m_switch->setToolTipAt(0, tr("The error itself"));
    m_switch->setToolTipAt(1, tr("Its slope: what is sent back"));
    m_switch->setCurrent(0);
    connect(m_switch, &SegmentedControl::chosen, this, [this](int index) { showSlopes(index == 1); });
    showSlopes(false);
}

void ErrorFunctionsPlot::startExperiment(const Experiment&)
{
    m_frame = nullptr;
    showEverything();
}

void ErrorFunctionsPlot::showSession(const Lane*)
{
    m_frame = nullptr;
    markStale();
}

void ErrorFunctionsPlot::showNews(const SessionNews& news)
{
    if (!news.frame)
        return;
    m_frame = news.frame;
    markStale();
}

void ErrorFunctionsPlot::showSlopes(bool on)
{
    m_areSlopes = on;
    m_switch->setCurrent(on ? 1 : 0);
    canvas().yAxis->setLabel(on ? tr("slope dE/dy") : tr("error E"));
    showEverything();
}

double ErrorFunctionsPlot::heightOf(int function, double e) const
{
    const ErrorFunction which = functions[static_cast<std::size_t>(function)];
    return m_areSlopes ? errorSlope(which, e) : errorOf(which, e);
}

ChartWidget::Extent ErrorFunctionsPlot::extent() const
{
    double reach = 1.0;
    if (m_errors)
        for (const double e : m_errors->errors)
            if (std::isfinite(e))
                reach = std::max(reach, std::abs(e));
    const double half = 1.2 * std::pow(2.0, std::ceil(std::log2(reach))); // stands still while the dots move
    return {{-half, half},
            m_areSlopes ? PlotRange{-1.25 * half, 1.25 * half} : PlotRange{-half, 1.25 * half}};
}

void ErrorFunctionsPlot::refresh()
{
    m_errors = m_frame ? outputErrorsOf(*m_frame) : std::nullopt;
    const bool hasSums = m_errors && canvas().height() >= lowForSums;
    std::vector<LegendEntry> entries;
    for (int i = 0; i < static_cast<int>(functions.size()); ++i)
        entries.push_back(
            {.text = hasSums
                         ? tr("%1, now Σ %2")
                               .arg(nameOf(i))
                               .arg(shownRounded(m_errors->sum(functions[static_cast<std::size_t>(i)]), 3))
                         : nameOf(i),
             .line = curvePen(Theme::current(), i)});
    legend().setEntries(std::move(entries));
    setAccessibleDescription(m_errors
                                 ? tr("Step %1: %2 outputs.").arg(m_errors->t).arg(m_errors->errors.size())
                                 : tr("No output yet."));
    ChartWidget::refresh();
}

void ErrorFunctionsPlot::fill()
{
    for (int i = 0; i < static_cast<int>(m_graphs.size()); ++i) {
        Polyline line;
        for (int p = 0; p < points; ++p) {
            const double e = xRange().lower + xRange().length() * p / (points - 1);
            line.emplace_back(e, heightOf(i, e));
        }
        setLine(*m_graphs[static_cast<std::size_t>(i)], line);
    }
}

void ErrorFunctionsPlot::applyTheme(const Theme& theme)
{
    ChartWidget::applyTheme(theme);
    for (int i = 0; i < static_cast<int>(m_graphs.size()); ++i)
        m_graphs[static_cast<std::size_t>(i)]->setPen(curvePen(theme, i));
}

void ErrorFunctionsPlot::paintErrors(QPainter& painter) const
{
    const QRectF picture = canvas().axisRect()->rect();
    const Theme& theme = Theme::current();
    for (int i = 0; m_errors && i < static_cast<int>(functions.size()); ++i)
        for (const double e : m_errors->errors) {
            const QPointF at(canvas().xAxis->coordToPixel(e), canvas().yAxis->coordToPixel(heightOf(i, e)));
            if (!picture.contains(at))
                continue;
            painter.setPen(theme.pen(theme.card, 1.2));
            painter.setBrush(curvePen(theme, i).color());
            painter.drawEllipse(at, 4.0, 4.0);
        }
}

PlotWidget::Hover ErrorFunctionsPlot::hoverAt(const QPointF& onCanvas)
{
    if (!canvas().axisRect()->rect().contains(onCanvas.toPoint()))
        return {};
    const double e = canvas().xAxis->pixelToCoord(onCanvas.x());
    QStringList lines{tr("e = %1").arg(shownRounded(e, 4))};
    for (int i = 0; i < static_cast<int>(functions.size()); ++i)
        lines << tr("%1 = %2, slope %3")
                     .arg(nameOf(i))
                     .arg(shownRounded(errorOf(functions[static_cast<std::size_t>(i)], e), 4))
                     .arg(shownRounded(errorSlope(functions[static_cast<std::size_t>(i)], e), 4));
    return {lines.join(u'\n'), {}};
}

void ErrorFunctionsPlot::resizeEvent(QResizeEvent* event)
{
    ChartWidget::resizeEvent(event);
    placeInCorner(*m_switch, m_switch->sizeHint());
}

void ErrorFunctionsPlot::writeCsv(QTextStream& out) const
{
    out << "output,error,signed,absolute,half_squared\n";
    for (std::size_t i = 0; m_errors && i < m_errors->errors.size(); ++i) {
        out << i + 1 << ',' << shortest(m_errors->errors[i]);
        for (const ErrorFunction function : functions)
            out << ',' << shortest(errorOf(function, m_errors->errors[i]));
        out << '\n';
    }
}

} // namespace chronograd
