#include "ui/plots/prediction_plot.h"

#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/tickers.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <limits>

namespace chronograd {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double pixelsPerDot = 2.2; ///< Closer points are drawn without dots.

/// Ten digits: the tip tells two predictions apart, the CSV file holds all digits.
QString shown(double value)
{
    return shownRounded(value, 10);
}

Polyline lineOf(const Prediction& prediction, const Matrix& values, int output, bool needsTarget)
{
    Polyline line;
    line.reserve(prediction.x.size());
    for (std::size_t i = 0; i < prediction.x.size(); ++i) {
        const bool isThere = !needsTarget || prediction.hasTarget[i] != 0;
        const double value = isThere ? values(output, static_cast<Eigen::Index>(i)) : nan;
        line.emplace_back(prediction.x[i], std::isfinite(value) ? value : nan);
    }
    return line;
}

void addTo(PlotRange& range, const Polyline& line)
{
    for (const QPointF& point : line)
        if (!std::isnan(point.y())) {
            range.lower = std::min(range.lower, point.y());
            range.upper = std::max(range.upper, point.y());
        }
}

} // namespace

/// What is painted: the shade of the test part below, the two lines above.
struct PredictionPlot::Parts
{
    explicit Parts(QCustomPlot& plot, const PredictionPlot& owner)
        : said(plot.addGraph())
        , saidDots(plot.addGraph())
        , free(plot.addGraph())
        , target(plot.addGraph())
        , targetDots(plot.addGraph())
    {
        target->setAdaptiveSampling(false);
        said->setAdaptiveSampling(false);
        free->setAdaptiveSampling(false);
        shade = new PaintedLayer(&plot, QStringLiteral("background"),
                                 [&](QCPPainter& painter) { paintTestPart(painter, plot, owner); });
    }

    static void paintTestPart(QCPPainter& painter, const QCustomPlot& plot, const PredictionPlot& owner)
    {
        const Prediction* prediction = owner.m_prediction.get();
        if (!prediction || prediction->firstTest >= prediction->x.size())
            return;
        const QRectF picture = plot.axisRect()->rect();
        const double left = std::max(plot.xAxis->coordToPixel(owner.firstTestX()), picture.left());
        if (left >= picture.right())
            return;
        const Theme& theme = Theme::current();
        const QRectF part(QPointF(left, picture.top()), picture.bottomRight());
        painter.fillRect(part, theme.ground);
        painter.setPen(QPen(theme.outline, 1, Qt::DashLine));
        painter.drawLine(part.topLeft(), part.bottomLeft());
        painter.setPen(theme.textSecondary);
        painter.setFont(theme.textFont(theme.smallSize));
        const QString label = PredictionPlot::tr("test");
        if (QFontMetricsF(painter.font()).horizontalAdvance(label) + 8 < part.width())
            painter.drawText(part.adjusted(5, 2, 0, 0), Qt::AlignLeft | Qt::AlignTop, label);
    }

    QCPGraph* said;
    QCPGraph* saidDots;
    QCPGraph* free;
    QCPGraph* target; ///< Thin, on top: seen where both agree.
    QCPGraph* targetDots;
    bool haveTargetDots = true;
    PaintedLayer* shade; ///< Owned by the plot.
};

PredictionPlot::PredictionPlot(QWidget* parent)
    : ChartWidget(QStringLiteral("prediction"), parent)
    , m_parts(std::make_unique<Parts>(canvas(), *this))
    , m_chooser(new QComboBox(this))
{
    setAccessibleName(tr("Prediction against target"));
    setWhatsThis(tr("What the network says along the series and what it should say; the test part is shaded. "
                    "Wheel or + and − zoom, drag or arrows pan, double-click or 0 shows everything."));
    m_chooser->setAccessibleName(tr("Output that is shown"));
    m_chooser->setToolTip(tr("Which output of the network is shown"));
    m_chooser->hide();
    connect(m_chooser, &QComboBox::activated, this, &PredictionPlot::chooseOutput);
}

PredictionPlot::~PredictionPlot() = default;

void PredictionPlot::showPrediction(std::shared_ptr<const Prediction> prediction)
{
    if (prediction == m_prediction)
        return;
    m_prediction = std::move(prediction);
    fillChooser();
    markStale();
}

void PredictionPlot::chooseOutput(int output)
{
    m_output = output;
    m_chooser->setCurrentIndex(output);
    showEverything();
}

QString PredictionPlot::outputName(int output) const
{
    const auto index = static_cast<std::size_t>(output);
    if (m_prediction && index < m_prediction->names.size() && !m_prediction->names[index].empty())
        return QString::fromStdString(m_prediction->names[index]);
    return m_prediction && m_prediction->outputs.rows() > 1 ? tr("output %1").arg(output + 1) : tr("output");
}

QString PredictionPlot::timeName() const
{
    return m_prediction && !m_prediction->timeName.empty() ? QString::fromStdString(m_prediction->timeName)
                                                           : QStringLiteral("t");
}

void PredictionPlot::fillChooser()
{
    const int outputs = m_prediction ? static_cast<int>(m_prediction->outputs.rows()) : 0;
    QStringList names;
    for (int output = 0; output < outputs; ++output)
        names << outputName(output);
    QStringList shownNames;
    for (int i = 0; i < m_chooser->count(); ++i)
        shownNames << m_chooser->itemText(i);
    if (names == shownNames)
        return;
    m_chooser->clear();
    m_chooser->addItems(names);
    m_chooser->setVisible(outputs > 1);
    chooseOutput(std::clamp(m_output, 0, std::max(outputs - 1, 0)));
    placeChooser();
}

double PredictionPlot::firstTestX() const
{
    const std::size_t first = m_prediction->firstTest;
    const double x = m_prediction->x[first];
    return first > 0 ? 0.5 * (m_prediction->x[first - 1] + x) : x;
}

ChartWidget::Extent PredictionPlot::extent() const
{
    PlotRange y{std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    addTo(y, m_target);
    addTo(y, m_said);
    addTo(y, m_free);
    if (m_target.empty() || !(y.lower <= y.upper))
        return {{0.0, 10.0}, {0.0, 1.0}};
    const double pad = y.length() > 0.0 ? 0.08 * y.length() : std::max(0.5 * std::abs(y.upper), 0.5);
    PlotRange x{m_target.front().x(), m_target.back().x()};
    const double side = std::max(0.01 * x.length(), 0.5);
    const double above =
        m_prediction->firstTest < m_prediction->x.size() ? 2.0 * pad : pad; // "test" is there
    return {{x.lower - side, x.upper + side}, {y.lower - pad, y.upper + above}};
}

void PredictionPlot::refresh()
{
    m_target.clear();
    m_said.clear();
    m_free.clear();
    if (m_prediction && m_output < m_prediction->outputs.rows()) {
        m_target = lineOf(*m_prediction, m_prediction->targets, m_output, true);
        m_said = lineOf(*m_prediction, m_prediction->outputs, m_output, false);
        if (m_prediction->freeRunning.size() > 0) {
            m_free = lineOf(*m_prediction, m_prediction->freeRunning, m_output, false);
            // It begins with the last output that saw the series.
            m_free.erase(m_free.begin(),
                         m_free.begin() + static_cast<std::ptrdiff_t>(m_prediction->firstFree) - 1);
        }
    }
    const bool isWhole = std::all_of(m_said.begin(), m_said.end(),
                                     [](const QPointF& point) { return point.x() == std::round(point.x()); });
    if (isWhole)
        canvas().xAxis->setTicker(QSharedPointer<WholeTicker>::create(false));
    else
        canvas().xAxis->setTicker(QSharedPointer<NumberTicker>::create());
    canvas().xAxis->setLabel(timeName());
    canvas().yAxis->setLabel(outputName(m_output));
    setAccessibleDescription(
        m_prediction
            ? tr("%1 points, with the weights after update %2.").arg(m_said.size()).arg(m_prediction->update)
            : tr("No prediction yet."));
    fillLegend(Theme::current());
    ChartWidget::refresh();
}

void PredictionPlot::fill()
{
    const int width = pictureWidth();
    const Theme& theme = Theme::current();
    const Polyline target = thinned(m_target, xRange(), width);
    const Polyline said = thinned(m_said, xRange(), width);
    setLine(*m_parts->target, target);
    setLine(*m_parts->said, said);
    setLine(*m_parts->free, thinned(m_free, xRange(), width));
    // So dense a zigzag looks the same without, and is drawn many times faster.
    m_parts->said->setAntialiased(said.size() <= 2 * static_cast<std::size_t>(width));
    m_parts->haveTargetDots = static_cast<double>(target.size()) * pixelsPerDot <= width;
    setDots(*m_parts->targetDots, m_parts->haveTargetDots ? target : Polyline(), theme.textSecondary, 3.5);
    fillLegend(theme); // As wide as before: only its samples follow what is shown.
    // A single step would be a line without length.
    setDots(*m_parts->saidDots, m_said.size() == 1 ? m_said : Polyline(), theme.backward, 6);
}

void PredictionPlot::applyTheme(const Theme& theme)
{
    ChartWidget::applyTheme(theme);
    m_parts->target->setPen(QPen(theme.textSecondary, 0.9));
    m_parts->said->setPen(QPen(theme.backward, 2.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_parts->free->setPen(QPen(theme.update, 2.0, Qt::DashLine, Qt::FlatCap, Qt::RoundJoin));
    placeChooser();
}

void PredictionPlot::fillLegend(const Theme& theme)
{
    std::vector<LegendEntry> entries{
        {.text = tr("target"),
         .line = m_parts->target->pen(),
         .dot = m_parts->haveTargetDots ? QBrush(theme.textSecondary) : QBrush()},
        {.text = tr("prediction"), .line = m_parts->said->pen()}};
    if (!m_free.empty())
        entries.push_back({.text = tr("fed with its own outputs"), .line = m_parts->free->pen()});
    if (m_prediction && m_prediction->firstTest < m_prediction->x.size())
        entries.push_back({.text = tr("test part"), .area = theme.ground});
    legend().setEntries(std::move(entries));
}

void PredictionPlot::placeChooser()
{
    if (m_chooser->isHidden()) {
        legend().setReserved(0);
        return;
    }
    const QSize size = m_chooser->sizeHint().boundedTo({160, 26});
    m_chooser->setGeometry(QRect(QPoint(width() - size.width() - 8, 3), size));
    m_chooser->raise();
    legend().setReserved(size.width() + 8);
}

void PredictionPlot::resizeEvent(QResizeEvent* event)
{
    ChartWidget::resizeEvent(event);
    placeChooser();
}

PlotWidget::Hover PredictionPlot::hoverAt(const QPointF& onCanvas)
{
    const QRect picture = canvas().axisRect()->rect();
    if (m_said.empty() || !picture.adjusted(-4, -4, 4, 4).contains(onCanvas.toPoint()))
        return {};
    const double x = canvas().xAxis->pixelToCoord(onCanvas.x());
    const auto after = std::lower_bound(m_said.begin(), m_said.end(), x,
                                        [](const QPointF& point, double value) { return point.x() < value; });
    auto index = static_cast<std::size_t>(after - m_said.begin());
    if (index == m_said.size() || (index > 0 && x - m_said[index - 1].x() < m_said[index].x() - x))
        --index;

    const double target = m_target[index].y();
    const double said = m_said[index].y();
    QStringList lines{QStringLiteral("%1 %2").arg(timeName(), shown(m_said[index].x()))};
    if (index >= m_prediction->firstTest)
        lines.front() += tr(" (test part)");
    lines << tr("prediction %1").arg(shown(said));
    lines << (std::isnan(target) ? tr("no target")
                                 : tr("target %1, difference %2").arg(shown(target), shown(said - target)));
    double free = nan;
    if (!m_free.empty() && index >= m_prediction->firstFree) {
        free = m_free[index + 1 - m_prediction->firstFree].y();
        lines << tr("fed with its own outputs %1").arg(shown(free));
    }
    const Theme& theme = Theme::current();
    Hover hover{lines.join(u'\n'), {}};
    for (const auto& [value, color] : {std::pair(target, theme.textSecondary),
                                       std::pair(said, theme.backward), std::pair(free, theme.update)})
    {
        const QPointF at(canvas().xAxis->coordToPixel(m_said[index].x()),
                         canvas().yAxis->coordToPixel(value));
        if (!std::isnan(value) && picture.contains(at.toPoint()))
            hover.dots.push_back({at, color});
    }
    return hover;
}

void PredictionPlot::writeCsv(QTextStream& out) const
{
    // Every output, not only the one that is shown.
    const auto quoted = [](QString name) { return u'"' + name.replace(u'"', QStringLiteral("\"\"")) + u'"'; };
    const int outputs = m_prediction ? static_cast<int>(m_prediction->outputs.rows()) : 0;
    out << quoted(timeName()) << ",part";
    for (int output = 0; output < outputs; ++output)
        out << ',' << quoted(tr("%1 target").arg(outputName(output))) << ','
            << quoted(tr("%1 prediction").arg(outputName(output)));
    const bool runsFree = m_prediction && m_prediction->freeRunning.size() > 0;
    for (int output = 0; runsFree && output < outputs; ++output)
        out << ',' << quoted(tr("%1 fed with its own outputs").arg(outputName(output)));
    out << '\n';
    for (std::size_t i = 0; m_prediction && i < m_prediction->x.size(); ++i) {
        const auto column = static_cast<Eigen::Index>(i);
        out << shortest(m_prediction->x[i]) << ',' << (i < m_prediction->firstTest ? "training" : "test");
        for (int output = 0; output < outputs; ++output)
            out << ','
                << (m_prediction->hasTarget[i] ? shortest(m_prediction->targets(output, column)) : QString())
                << ',' << shortest(m_prediction->outputs(output, column));
        for (int output = 0; runsFree && output < outputs; ++output)
            out << ','
                << (i >= m_prediction->firstFree ? shortest(m_prediction->freeRunning(output, column))
                                                 : QString());
        out << '\n';
    }
}

} // namespace chronograd
