#include "ui/plots/surface_plot.h"

#include "core/analysis/contours.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/plot_painting.h"
#include "ui/plots/tickers.h"
#include "ui/theme/mixed_color.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chronograd {

namespace {

constexpr int contourLines = 12;
constexpr double steepness = 255.0; ///< Of the logarithmic shades.
constexpr int wideCanvas = 240;     ///< For a legend of the path in the same row.
constexpr double darkest = 0.55;    ///< Of the text's colour: the path stays readable on it.

} // namespace

SurfacePlot::SurfacePlot(QWidget* parent)
    : ChartWidget(QStringLiteral("error-surface"), parent)
{
    setAccessibleName(tr("Error surface"));
    setWhatsThis(
        tr("The loss of one update's window over a plane of weights: light is low, lines join equal "
           "losses. The path is that of training, seen from above the plane; dotted where nobody looked and "
           "nothing was recorded. Wheel or + and − zoom, "
           "drag or arrows pan, double-click or 0 shows everything."));
    canvas().xAxis->setTicker(QSharedPointer<NumberTicker>::create());
    canvas().yAxis->grid()->setVisible(false);
    canvas().axisRect()->setMinimumMargins(QMargins(44, 4, 12, 20));
    new PaintedLayer(&canvas(), QStringLiteral("main"), [this](QCPPainter& painter) { paint(painter); });
}

void SurfacePlot::showLandscape(std::shared_ptr<const Landscape> landscape, const QString& xName,
                                const QString& yName)
{
    m_landscape = std::move(landscape);
    canvas().xAxis->setLabel(xName);
    canvas().yAxis->setLabel(yName);
    m_least = std::numeric_limits<double>::infinity();
    m_greatest = -m_least;
    if (m_landscape)
        for (const double loss : m_landscape->losses.reshaped())
            if (std::isfinite(loss)) {
                m_least = std::min(m_least, loss);
                m_greatest = std::max(m_greatest, loss);
            }
    markStale();
}

void SurfacePlot::showPath(std::vector<PathPoint> path)
{
    m_path = std::move(path);
    markStale();
}

void SurfacePlot::setHint(const QString& hint)
{
    m_hint = hint;
    markStale();
}

ChartWidget::Extent SurfacePlot::extent() const
{
    if (!m_landscape)
        return {{-1.0, 1.0}, {-1.0, 1.0}};
    return {{m_landscape->fromFirst, m_landscape->toFirst}, {m_landscape->fromSecond, m_landscape->toSecond}};
}

void SurfacePlot::refresh()
{
    const Theme& theme = Theme::current();
    std::vector<LegendEntry> entries;
    if (m_landscape && m_least < m_greatest)
        entries = {{
                       .text = tr("E = %1").arg(shownRounded(m_least, 3)),
                       .area = theme.card,
                   },
                   {.text = shownRounded(m_greatest, 3), .area = mixed(theme.card, theme.text, darkest)}};
    if (!entries.empty() && canvas().width() >= wideCanvas)
        entries.push_back(
            {.text = tr("path"), .line = theme.pen(theme.backward, 2.0), .dot = theme.backward});
    legend().setEntries(std::move(entries));
    for (QCPAxis* axis : {canvas().xAxis, canvas().yAxis})
        axis->setVisible(m_landscape != nullptr); // before, they measure nothing
    setAccessibleDescription(
        m_landscape ? tr("Losses from %1 to %2.").arg(shownRounded(m_least, 6), shownRounded(m_greatest, 6))
                    : m_hint);
    ChartWidget::refresh();
}

double SurfacePlot::share(double loss) const
{
    if (!(m_least < m_greatest))
        return 0.0;
    return std::log1p(steepness * (loss - m_least) / (m_greatest - m_least)) / std::log1p(steepness);
}

void SurfacePlot::paint(QPainter& painter) const
{
    if (m_landscape) {
        paintShades(painter);
        paintContours(painter);
        painter.save();
        painter.setClipRect(canvas().axisRect()->rect()); // zoomed in, a line may begin or end outside
        paintPath(painter);
        painter.restore();
        return;
    }
    paintHint(painter, canvas().axisRect()->rect(), m_hint);
}

void SurfacePlot::paintShades(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const QRect picture = canvas().axisRect()->rect();
    // A pixel of the image is a pixel of the picture, between the nearest four points: no scaling, no clip.
    QImage image(picture.size(), QImage::Format_RGB32);
    const Matrix& losses = m_landscape->losses;
    const double columns = static_cast<double>(losses.cols() - 1);
    const double rows = static_cast<double>(losses.rows() - 1);
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        const double b = canvas().yAxis->pixelToCoord(picture.top() + y);
        const double row =
            (b - m_landscape->fromSecond) / (m_landscape->toSecond - m_landscape->fromSecond) * rows;
        for (int x = 0; x < image.width(); ++x) {
            const double a = canvas().xAxis->pixelToCoord(picture.left() + x);
            const double column =
                (a - m_landscape->fromFirst) / (m_landscape->toFirst - m_landscape->fromFirst) * columns;
            line[x] = theme.card.rgb();
            if (row < 0.0 || row > rows || column < 0.0 || column > columns)
                continue;
            const auto r = std::min(static_cast<Eigen::Index>(row), losses.rows() - 2);
            const auto c = std::min(static_cast<Eigen::Index>(column), losses.cols() - 2);
            const double down = row - static_cast<double>(r);
            const double right = column - static_cast<double>(c);
            const double loss = (1 - down) * ((1 - right) * losses(r, c) + right * losses(r, c + 1)) +
                                down * ((1 - right) * losses(r + 1, c) + right * losses(r + 1, c + 1));
            if (std::isfinite(loss))
                line[x] = mixed(theme.card, theme.text, darkest * share(loss)).rgb();
        }
    }
    painter.drawImage(picture.topLeft(), image);
}

void SurfacePlot::paintContours(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const QRectF picture = canvas().axisRect()->rect();
    const auto place = [this](double column, double row) {
        const Landscape& land = *m_landscape;
        const double a = land.fromFirst + (land.toFirst - land.fromFirst) * column /
                                              static_cast<double>(land.losses.cols() - 1);
        const double b = land.fromSecond + (land.toSecond - land.fromSecond) * row /
                                               static_cast<double>(land.losses.rows() - 1);
        return QPointF(canvas().xAxis->coordToPixel(a), canvas().yAxis->coordToPixel(b));
    };
    painter.setPen(theme.pen(mixed(theme.card, theme.text, 0.75), 0.8));
    for (const double height : contourHeights(m_landscape->losses, contourLines))
        for (const ContourPiece& piece : contourAt(m_landscape->losses, height)) {
            const QPointF from = place(piece.fromColumn, piece.fromRow);
            const QPointF to = place(piece.toColumn, piece.toRow);
            if (picture.contains(from) && picture.contains(to))
                painter.drawLine(from, to);
        }
}

void SurfacePlot::paintPath(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const QRectF picture = canvas().axisRect()->rect();
    const auto place = [this](const QPointF& point) {
        return QPointF(canvas().xAxis->coordToPixel(point.x()), canvas().yAxis->coordToPixel(point.y()));
    };
    for (std::size_t i = 1; i < m_path.size(); ++i) {
        const QPointF from = place(m_path[i - 1].at);
        const QPointF to = place(m_path[i].at);
        painter.setPen(m_path[i].isAfterGap ? theme.pen(theme.backward, 2.0, Qt::DotLine)
                                            : theme.pen(theme.backward, 1.8));
        if (QRectF(from, to).normalized().adjusted(-1, -1, 1, 1).intersects(picture))
            painter.drawLine(from, to);
    }
    if (m_path.empty())
        return;
    const QPointF first = place(m_path.front().at);
    const QPointF last = place(m_path.back().at);
    painter.setPen(theme.pen(theme.backward, 1.8));
    painter.setBrush(theme.card);
    if (picture.contains(first))
        painter.drawEllipse(first, 4.0, 4.0);
    painter.setPen(theme.pen(theme.card, 1.2));
    painter.setBrush(theme.backward);
    if (picture.contains(last))
        painter.drawEllipse(last, 6.0, 6.0);
}

PlotWidget::Hover SurfacePlot::hoverAt(const QPointF& onCanvas)
{
    if (!m_landscape || !canvas().axisRect()->rect().contains(onCanvas.toPoint()))
        return {};
    const Landscape& land = *m_landscape;
    const double a = canvas().xAxis->pixelToCoord(onCanvas.x());
    const double b = canvas().yAxis->pixelToCoord(onCanvas.y());
    const auto column = std::lround((a - land.fromFirst) / (land.toFirst - land.fromFirst) *
                                    static_cast<double>(land.losses.cols() - 1));
    const auto row = std::lround((b - land.fromSecond) / (land.toSecond - land.fromSecond) *
                                 static_cast<double>(land.losses.rows() - 1));
    if (column < 0 || row < 0 || column >= land.losses.cols() || row >= land.losses.rows() ||
        !std::isfinite(land.losses(row, column)))
        return {};
    return {tr("%1 = %2, %3 = %4: E = %5")
                .arg(xLabel())
                .arg(shownRounded(land.first(column), 4))
                .arg(yLabel())
                .arg(shownRounded(land.second(row), 4))
                .arg(shownRounded(land.losses(row, column), 6)),
            {}};
}

void SurfacePlot::writeCsv(QTextStream& out) const
{
    out << '"' << xLabel() << "\",\"" << yLabel() << "\",loss\n";
    for (Eigen::Index row = 0; m_landscape && row < m_landscape->losses.rows(); ++row)
        for (Eigen::Index column = 0; column < m_landscape->losses.cols(); ++column)
            out << shortest(m_landscape->first(column)) << ',' << shortest(m_landscape->second(row)) << ','
                << shortest(m_landscape->losses(row, column)) << '\n';
}

} // namespace chronograd
