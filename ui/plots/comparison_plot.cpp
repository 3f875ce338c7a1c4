#include "ui/plots/comparison_plot.h"

#include "core/analysis/cost.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/plots/plot_painting.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QPushButton>

#include <cmath>
#include <numbers>

namespace chronograd {

namespace {

constexpr int leastCurve = 150;  ///< Pixels that the curves keep.
constexpr int arrowsShare = 44;  ///< Percent of the card.
constexpr int besideArrows = 48; ///< Two lines of the legend.

} // namespace

ComparisonPlot::ComparisonPlot(QWidget* parent)
    : CurvesPlot(QStringLiteral("truncated-against-full"), parent)
{
    setAccessibleName(tr("Truncated against full gradient"));
    setWhatsThis(
        tr("The gradient of the update beside the one of the same losses with nothing cut off inside "
           "the sequence: the angle between them and how long the one is in lengths of the other. "
           "Wheel or + and − zoom, drag or arrows pan, double-click or 0 shows everything."));
    canvas().yAxis->setLabel(tr("cosine, length ratio"));
    new PaintedLayer(&canvas(), QStringLiteral("main"), [this](QCPPainter& painter) { paintInset(painter); });
}

QPushButton* ComparisonPlot::makeSwitch()
{
    auto* button = new QPushButton;
    button->setText(tr("compute"));
    button->setCheckable(true);
    button->setChecked(m_isOn);
    button->setProperty("look", QStringLiteral("compact"));
    button->setAccessibleName(tr("Compute the full gradient"));
    button->setToolTip(
        tr("Computing the full gradient takes a sweep over the whole sequence: at most a tenth "
           "of the time. Off, it costs nothing."));
    connect(button, &QPushButton::toggled, this, &ComparisonPlot::setOn);
    return button;
}

void ComparisonPlot::setOn(bool on)
{
    if (on == m_isOn)
        return;
    m_isOn = on;
    if (!on)
        noteRecordingEnd();
    markStale();
    emit requestChanged();
}

void ComparisonPlot::startExperiment(const Experiment& experiment)
{
    m_analysis = nullptr;
    CurvesPlot::startExperiment(experiment);
}

void ComparisonPlot::showSession(const Lane* session)
{
    m_analysis = nullptr;
    CurvesPlot::showSession(session);
}

void ComparisonPlot::showNews(const SessionNews& news)
{
    if (news.restarted)
        m_analysis = nullptr;
    for (const auto& analysis : news.analyses)
        if (analysis->comparison) {
            m_analysis = analysis;
            markStale();
        }
    if (news.frame) {
        const StepCount k2 = news.frame->settings.k2;
        m_k2 = k2.isWholeSequence() ? QStringLiteral("n") : QString::number(k2.number());
    }
    CurvesPlot::showNews(news);
}

std::optional<CurvesPlot::Sample> ComparisonPlot::sampleOf(const UpdateAnalysis& analysis) const
{
    if (!analysis.comparison)
        return std::nullopt;
    return Sample{{tr("cosine"), tr("length ratio")},
                  {analysis.comparison->cosine, analysis.comparison->relativeLength()}};
}

QString ComparisonPlot::hint() const
{
    return m_isOn ? tr("The next update is compared with full back-propagation.") : tr("Switched off.");
}

void ComparisonPlot::refresh()
{
    const int room = canvas().width() * arrowsShare / 100;
    const bool hasRoom = m_analysis && canvas().width() - room >= leastCurve;
    canvas().axisRect()->setMinimumMargins(QMargins(46, 4, hasRoom ? room : 12, 20));
    legend().setReserved(hasRoom && !isLow() ? QSize(room, besideArrows) : QSize(0, 0));
    CurvesPlot::refresh();
    if (m_analysis)
        setAccessibleDescription(texts().join(u", "));
}

/// Too low for everything.
bool ComparisonPlot::isLow() const
{
    return canvas().height() < lowCanvas;
}

QStringList ComparisonPlot::texts() const
{
    const GradientComparison& comparison = *m_analysis->comparison;
    const double angle = std::acos(comparison.cosine) * 180.0 / std::numbers::pi;
    const double extra = backwardMultiplyAdds(*m_analysis->network, comparison.fullSteps);
    return {tr("cos = %1 (%2°)").arg(shownFixed(comparison.cosine, 3), shownFixed(angle, 0)),
            tr("length %1 of full").arg(shownFixed(comparison.relativeLength(), 2)),
            counted("chronograd::ComparisonPlot", "back %1 of %n step", "back %1 of %n steps",
                    comparison.fullSteps)
                .arg(comparison.appliedSteps),
            m_isOn ? tr("cost: %1 mult.-adds").arg(groupedRounded(extra))
                   : tr("off since update %1").arg(m_analysis->update),
            tr("%1 ms").arg(shownRounded(comparison.milliseconds, 2))};
}

void ComparisonPlot::paintInset(QPainter& painter) const
{
    const QRect plot = canvas().axisRect()->rect();
    const int top = isLow() ? plot.top() : 4; // below the legend, or beside it
    const QRectF area(plot.right() + 26, top, canvas().width() - plot.right() - 30,
                      canvas().height() - top - 4);
    if (!m_analysis || area.width() < 90)
        return;
    const double below = paintTexts(painter, area);
    const QRectF room(area.left() + 4, area.top() + 16, area.width() - 60, below - area.top() - 26);
    if (room.height() >= 24 && m_analysis->comparison->fullNorm > 0.0)
        paintArrows(painter, room);
}

/// At the bottom of the area. Returns where the texts begin.
double ComparisonPlot::paintTexts(QPainter& painter, const QRectF& area) const
{
    const Theme& theme = Theme::current();
    QStringList lines = texts();
    if (isLow())
        lines = {lines[0], lines[1], lines[3]};
    painter.setFont(theme.textFont(theme.smallSize));
    const QFontMetricsF metrics(theme.textFont(theme.smallSize)); // not of the device
    double y = area.bottom() - metrics.height() * static_cast<double>(lines.size());
    const double top = y;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        painter.setPen(i < 2 ? theme.text : theme.textSecondary);
        painter.drawText(QRectF(area.left(), y, area.width(), metrics.height()),
                         Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(lines[i], Qt::ElideRight, area.width()));
        y += metrics.height();
    }
    return top;
}

/// The full one lies at a fixed slope; the applied one, turned by the angle, may point anywhere: both are
/// made to fit.
void ComparisonPlot::paintArrows(QPainter& painter, const QRectF& room) const
{
    constexpr double slope = 0.6;
    const GradientComparison& comparison = *m_analysis->comparison;
    const double turned = slope - std::acos(comparison.cosine);
    const QPointF full(std::cos(slope), -std::sin(slope));
    const QPointF applied = comparison.relativeLength() * QPointF(std::cos(turned), -std::sin(turned));
    const double left = std::min({0.0, full.x(), applied.x()});
    const double right = std::max({0.2, full.x(), applied.x()});
    const double top = std::min({0.0, full.y(), applied.y()});
    const double bottom = std::max({0.0, full.y(), applied.y()});
    const double scale = std::min(room.width() / (right - left), room.height() / std::max(bottom - top, 0.2));
    const QPointF start(room.left() - scale * left, room.bottom() - scale * bottom);

    const Theme& theme = Theme::current();
    const QPointF fullTip = start + scale * full;
    QPointF appliedTip = start + scale * applied;
    paintArrow(painter, start, fullTip, theme.pen(theme.text, 2.6));
    paintArrow(painter, start, appliedTip, theme.pen(theme.backward, 2.6));
    painter.setPen(theme.text);
    painter.drawText(fullTip + QPointF(5, 0), tr("full"));
    const double line = QFontMetricsF(theme.textFont(theme.smallSize)).height();
    if (std::abs(appliedTip.y() - fullTip.y()) < line && appliedTip.x() > fullTip.x() - 60.0)
        appliedTip.setY(fullTip.y() + line); // its name must not lie on the other
    painter.setPen(theme.backward);
    painter.drawText(appliedTip + QPointF(5, 4), tr("k2 = %1").arg(m_k2));
}

} // namespace chronograd
