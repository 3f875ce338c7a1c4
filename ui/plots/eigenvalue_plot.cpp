#include "ui/plots/eigenvalue_plot.h"

#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/plot_painting.h"
#include "ui/plots/tickers.h"
#include "ui/theme/elided_combo_box.h"
#include "ui/theme/theme.h"

#include <QTextStream>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chronograd {

namespace {

constexpr double nearPixels = 8.0;
constexpr int mostChooserWidth = 160;

QString complexText(std::complex<double> value)
{
    if (value.imag() == 0.0)
        return shownRounded(value.real(), 5);
    return QStringLiteral("%1 %2 %3i")
        .arg(shownRounded(value.real(), 4))
        .arg(value.imag() < 0 ? u'−' : u'+')
        .arg(shownRounded(std::abs(value.imag()), 4));
}

} // namespace

QString matrixName(const Network& network, const RecurrentMatrix& matrix)
{
    const QString name = QString::fromStdString(network.parameters()[matrix.parameter].name);
    return matrix.gate.empty()
               ? name
               : EigenvaluePlot::tr("%1, gate %2").arg(name, QString::fromStdString(matrix.gate));
}

EigenvaluePlot::EigenvaluePlot(QWidget* parent)
    : ChartWidget(QStringLiteral("eigenvalues"), parent)
    , m_chooser(new ElidedComboBox(this))
{
    setAccessibleName(tr("Eigenvalues of the recurrent matrix"));
    setWhatsThis(tr("The eigenvalues of the recurrent weights in the complex plane. Along directions whose "
                    "eigenvalue lies outside the unit circle a state grows from step to step as far as the "
                    "activation lets it; inside it dies away. Wheel or + and − zoom, drag or arrows pan, "
                    "double-click or 0 shows everything."));
    canvas().xAxis->setTicker(QSharedPointer<NumberTicker>::create());
    canvas().xAxis->grid()->setVisible(true);
    canvas().xAxis->setLabel(tr("Re λ"));
    canvas().yAxis->setLabel(tr("Im λ"));
    canvas().axisRect()->setMinimumMargins(QMargins(44, 4, 8, 20));
    new PaintedLayer(&canvas(), QStringLiteral("main"), [this](QCPPainter& painter) { paint(painter); });
    m_chooser->setAccessibleName(tr("Recurrent matrix"));
    m_chooser->setToolTip(tr("Whose eigenvalues are shown"));
    m_chooser->hide();
    connect(m_chooser, &QComboBox::activated, this, [this](int index) {
        m_matrix = index;
        markStale();
    });
}

void EigenvaluePlot::showAnalysis(std::shared_ptr<const UpdateAnalysis> analysis)
{
    m_analysis = std::move(analysis);
    fillChooser();
    markStale();
}

void EigenvaluePlot::fillChooser()
{
    const std::size_t count = m_analysis ? m_analysis->spectra.size() : 0;
    if (static_cast<int>(count) == m_chooser->count())
        return;
    m_chooser->clear();
    for (std::size_t i = 0; i < count; ++i)
        m_chooser->addItem(matrixName(*m_analysis->network, m_analysis->spectra[i].matrix));
    m_matrix = 0;
    m_chooser->setVisible(count > 1);
    placeChooser();
}

/// The chooser has the upper line for itself: beside a name of a gate there is no room for a legend.
void EigenvaluePlot::placeChooser()
{
    const QSize size(std::min(mostChooserWidth, width() - 16), 24);
    m_chooser->setGeometry(QRect(QPoint(width() - size.width() - 8, 3), size));
    legend().setReserved(m_chooser->isHidden() ? QSize(0, 0) : QSize(width(), size.height() + 3));
}

void EigenvaluePlot::resizeEvent(QResizeEvent* event)
{
    ChartWidget::resizeEvent(event);
    placeChooser();
}

const Spectrum* EigenvaluePlot::spectrum() const
{
    const auto index = static_cast<std::size_t>(m_matrix);
    return m_analysis && index < m_analysis->spectra.size() ? &m_analysis->spectra[index] : nullptr;
}

ChartWidget::Extent EigenvaluePlot::extent() const
{
    // In steps, so that the circle stands still while the eigenvalues move.
    const double radius = spectrum() ? spectrum()->radius() : 0.0;
    const double half = std::max(1.25, std::ceil(radius * 1.1 * 4.0) / 4.0);
    return {{-half, half}, {-half, half}};
}

/// A circle is to look like one: the longer side shows more.
void EigenvaluePlot::fill()
{
    if (isZoomed())
        return;
    const Extent all = extent();
    const QSize size = canvas().axisRect()->size();
    if (size.width() < 2 || size.height() < 2)
        return;
    const double aspect = double(size.width()) / size.height();
    const double wide = std::max(1.0, aspect);
    const double high = std::max(1.0, 1.0 / aspect);
    canvas().xAxis->setRange(all.x.lower * wide, all.x.upper * wide);
    canvas().yAxis->setRange(all.y.lower * high, all.y.upper * high);
}

void EigenvaluePlot::refresh()
{
    std::vector<LegendEntry> entries;
    if (spectrum()) {
        const QBrush dot = Theme::current().backward;
        const QString greatest = tr("|λ| ≤ %1").arg(spectrum()->radius(), 0, 'f', 3);
        if (m_chooser->isHidden() || isForFile())
            entries = {
                {.text = tr("λ of %1").arg(matrixName(*m_analysis->network, spectrum()->matrix)), .dot = dot},
                {.text = greatest}};
        else
            entries = {{.text = greatest, .dot = dot}}; // the chooser says of which
    }
    legend().setEntries(std::move(entries));
    setAccessibleDescription(spectrum() ? tr("After update %1 the spectral radius is %2.")
                                              .arg(m_analysis->update)
                                              .arg(shownRounded(spectrum()->radius(), 4))
                                        : tr("No update yet."));
    ChartWidget::refresh();
}

void EigenvaluePlot::paint(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const QRectF picture = canvas().axisRect()->rect();
    if (!spectrum()) {
        paintHint(painter, picture,
                  m_analysis ? tr("This network has no square recurrent matrix (of at most 200 units).")
                             : tr("The next update shows the eigenvalues of the recurrent weights."));
        return;
    }
    const auto place = [this](double re, double im) {
        return QPointF(canvas().xAxis->coordToPixel(re), canvas().yAxis->coordToPixel(im));
    };
    painter.setPen(theme.pen(theme.textSecondary, 1.4));
    constexpr int pieces = 180; // lines, because vector files know no clips
    for (int i = 0; i < pieces; ++i) {
        const double from = 2.0 * std::numbers::pi * i / pieces;
        const double to = 2.0 * std::numbers::pi * (i + 1) / pieces;
        const QPointF a = place(std::cos(from), std::sin(from));
        const QPointF b = place(std::cos(to), std::sin(to));
        if (picture.contains(a) && picture.contains(b))
            painter.drawLine(a, b);
    }
    for (const std::complex<double> value : spectrum()->eigenvalues) {
        const QPointF at = place(value.real(), value.imag());
        if (!picture.contains(at))
            continue;
        const bool grows = std::abs(value) > 1.0; // filled, inside the circle open
        painter.setPen(theme.pen(theme.backward, 1.8));
        painter.setBrush(grows ? theme.backward : theme.card);
        painter.drawEllipse(at, 4.0, 4.0);
    }
}

PlotWidget::Hover EigenvaluePlot::hoverAt(const QPointF& onCanvas)
{
    if (!spectrum())
        return {};
    QStringList lines;
    for (const std::complex<double> value : spectrum()->eigenvalues) {
        const QPointF at(canvas().xAxis->coordToPixel(value.real()),
                         canvas().yAxis->coordToPixel(value.imag()));
        if (std::hypot(at.x() - onCanvas.x(), at.y() - onCanvas.y()) <= nearPixels && lines.size() < 6)
            lines << tr("λ = %1, |λ| = %2").arg(complexText(value)).arg(shownRounded(std::abs(value), 5));
    }
    return {lines.join(u'\n'), {}};
}

void EigenvaluePlot::writeCsv(QTextStream& out) const
{
    out << "matrix,re,im,size\n";
    for (std::size_t i = 0; m_analysis && i < m_analysis->spectra.size(); ++i)
        for (const std::complex<double> value : m_analysis->spectra[i].eigenvalues)
            out << '"' << matrixName(*m_analysis->network, m_analysis->spectra[i].matrix) << "\","
                << shortest(value.real()) << ',' << shortest(value.imag()) << ',' << shortest(std::abs(value))
                << '\n';
}

} // namespace chronograd
