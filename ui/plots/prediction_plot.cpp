#include "ui/plots/prediction_plot.h"

#include "ui/plots/class_picture.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/prediction_csv.h"
#include "ui/plots/tickers.h"
#include "ui/theme/strength_color.h"
#include "ui/theme/theme.h"

#include <QComboBox>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace chronograd {

namespace {

constexpr double noValue = std::numeric_limits<double>::quiet_NaN();
constexpr double pixelsPerDot = 2.2; ///< Closer points are drawn without dots.

Polyline lineOf(const Prediction& prediction, const Matrix& values, int output, bool needsTarget)
{
    Polyline line;
    line.reserve(prediction.x.size());
    for (std::size_t i = 0; i < prediction.x.size(); ++i) {
        const bool isThere = !needsTarget || prediction.hasTarget[i] != 0;
        const double value = isThere ? values(output, static_cast<Eigen::Index>(i)) : noValue;
        line.emplace_back(prediction.x[i], std::isfinite(value) ? value : noValue);
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
        classes = new PaintedLayer(&plot, QStringLiteral("main"),
                                   [&](QCPPainter& painter) { paintClasses(painter, plot, owner); });
    }

    static void paintClasses(QCPPainter& painter, const QCustomPlot& plot, const PredictionPlot& owner)
    {
        if (owner.m_prediction && owner.m_output == allClasses)
            ClassPicture{*owner.m_prediction, owner.m_classes, QRectF(plot.axisRect()->rect()),
                         [&plot](double x) { return plot.xAxis->coordToPixel(x); },
                         [&plot](double y) { return plot.yAxis->coordToPixel(y); }}
                .paint(painter, Theme::current());
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
        painter.setPen(theme.pen(theme.outline, 1, Qt::DashLine));
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
    PaintedLayer* classes;
};

PredictionPlot::PredictionPlot(QWidget* parent)
    : ChartWidget(QStringLiteral("prediction"), parent)
    , m_parts(std::make_unique<Parts>(canvas(), *this))
    , m_chooser(new QComboBox(this))
{
    setAccessibleName(tr("Prediction against target"));
    setWhatsThis(tr("What the network says along the series and what it should say; the test part is shaded. "
                    "Of classes, the stronger the likelier; right is where the likeliest is the target. "
                    "Wheel or + and − zoom, drag or arrows pan, double-click or 0 shows everything."));
    m_chooser->setAccessibleName(tr("Output that is shown"));
    m_chooser->setToolTip(tr("Which output of the network is shown"));
    m_chooser->hide();
    connect(m_chooser, &QComboBox::activated, this, &PredictionPlot::chooseRow);
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

void PredictionPlot::chooseRow(int row)
{
    chooseOutput(row - (m_hasClasses ? 1 : 0));
}

void PredictionPlot::chooseOutput(int output)
{
    m_output = output;
    m_chooser->setCurrentIndex(output + (m_hasClasses ? 1 : 0));
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
    const bool hadClasses = std::exchange(m_hasClasses, m_prediction && hasClasses(*m_prediction));
    m_classes = m_hasClasses ? shownClasses(*m_prediction) : std::vector<int>();
    QStringList names;
    if (m_hasClasses)
        names << tr("all classes");
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
    if (m_hasClasses && !hadClasses)
        m_output = allClasses;
    chooseOutput(std::clamp(m_output, m_hasClasses ? allClasses : 0, std::max(outputs - 1, 0)));
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
    if (m_output == allClasses) {
        const std::vector<double>& x = m_prediction->x;
        const double half =
            x.size() > 1 ? 0.5 * (x.back() - x.front()) / static_cast<double>(x.size() - 1) : 0.5;
        return {{x.front() - half, x.back() + half}, {-0.5, static_cast<double>(m_classes.size()) - 0.5}};
    }
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
    fillLines();
    fillAxes();
    setAccessibleDescription(m_prediction ? tr("%1 points, with the weights after update %2.")
                                                .arg(m_prediction->x.size())
                                                .arg(m_prediction->update)
                                          : tr("No prediction yet."));
    fillLegend(Theme::current());
    ChartWidget::refresh();
}

/// Of all classes there are none.
void PredictionPlot::fillLines()
{
    m_target.clear();
    m_said.clear();
    m_free.clear();
    if (!m_prediction || m_output == allClasses || m_output >= m_prediction->outputs.rows())
        return;
    m_target = lineOf(*m_prediction, m_prediction->targets, m_output, true);
    m_said = lineOf(*m_prediction, m_prediction->outputs, m_output, false);
    if (m_prediction->freeRunning.size() == 0)
        return;
    m_free = lineOf(*m_prediction, m_prediction->freeRunning, m_output, false);
    // It begins with the last output that saw the series.
    m_free.erase(m_free.begin(), m_free.begin() + static_cast<std::ptrdiff_t>(m_prediction->firstFree) - 1);
}

void PredictionPlot::fillAxes()
{
    constexpr int pixelsPerName = 15;
    const bool isWhole =
        !m_prediction || std::ranges::all_of(m_prediction->x, [](double x) { return x == std::round(x); });
    if (isWhole)
        canvas().xAxis->setTicker(QSharedPointer<WholeTicker>::create(false));
    else
        canvas().xAxis->setTicker(QSharedPointer<NumberTicker>::create());
    canvas().xAxis->setLabel(timeName());
    if (m_output == allClasses) {
        QStringList names; // upwards, so that the first is on top
        for (auto output = m_classes.rbegin(); output != m_classes.rend(); ++output)
            names << outputName(*output);
        canvas().yAxis->setTicker(
            QSharedPointer<NameTicker>::create(names, canvas().axisRect()->height() / pixelsPerName));
        canvas().yAxis->setLabel(tr("class"));
    } else {
        canvas().yAxis->setTicker(QSharedPointer<NumberTicker>::create());
        canvas().yAxis->setLabel(outputName(m_output));
    }
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
    m_parts->target->setPen(theme.pen(theme.textSecondary, 0.9));
    m_parts->said->setPen(theme.pen(theme.backward, 2.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_parts->free->setPen(theme.pen(theme.update, 2.0, Qt::DashLine, Qt::FlatCap, Qt::RoundJoin));
    placeChooser();
}

void PredictionPlot::fillLegend(const Theme& theme)
{
    if (m_output == allClasses) {
        const ClassCount count = countRight(*m_prediction);
        std::vector<LegendEntry> entries{{.text = tr("target"), .ring = theme.pen(theme.update, 1.6)},
                                         {.text = tr("prediction"), .area = strengthColor(theme, 0.6)},
                                         {.text = tr("%1 of %2 right").arg(count.right).arg(count.all)}};
        legend().setEntries(std::move(entries));
        return;
    }
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
        legend().setReserved(QSize(0, 0));
        return;
    }
    placeInCorner(*m_chooser, m_chooser->sizeHint().boundedTo({160, 26}));
}

void PredictionPlot::resizeEvent(QResizeEvent* event)
{
    ChartWidget::resizeEvent(event);
    placeChooser();
}

void PredictionPlot::writeCsv(QTextStream& out) const
{
    QStringList names;
    for (int output = 0; m_prediction && output < static_cast<int>(m_prediction->outputs.rows()); ++output)
        names << outputName(output);
    writePredictionCsv(out, m_prediction ? *m_prediction : Prediction(), timeName(), names);
}

} // namespace chronograd
