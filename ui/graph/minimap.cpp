#include "ui/graph/minimap.h"

#include "ui/graph/graph_state.h"
#include "ui/theme/theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr int tall = 19;
constexpr double band = 4.0; ///< Height of the window's band at the bottom.
constexpr double narrowestView = 8.0;

} // namespace

Minimap::Minimap(const GraphState& state, QScrollBar& bar, QWidget* parent)
    : QAbstractSlider(parent)
    , m_state(state)
    , m_bar(bar)
{
    setOrientation(Qt::Horizontal);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Place in the sequence"));
    setToolTip(tr("The whole sequence: click or drag to move the view\n"
                  "Bars: losses. Band: the window. Red: the cut. Ticks: updates."));
    const auto follow = [this] {
        setRange(m_bar.minimum(), m_bar.maximum());
        setPageStep(m_bar.pageStep());
        setSingleStep(m_bar.singleStep());
        setVisible(m_bar.maximum() > m_bar.minimum());
    };
    connect(&m_bar, &QScrollBar::rangeChanged, this, follow);
    connect(&m_bar, &QScrollBar::valueChanged, this, &QAbstractSlider::setValue);
    connect(this, &QAbstractSlider::valueChanged, &m_bar, &QScrollBar::setValue);
    connect(this, &QAbstractSlider::actionTriggered, this, &Minimap::moved, Qt::QueuedConnection);
    follow();
}

QSize Minimap::sizeHint() const
{
    return {240, tall};
}

QSize Minimap::minimumSizeHint() const
{
    return {80, tall};
}

void Minimap::describe()
{
    setAccessibleDescription(tr("steps %1 to %2 of %3 are in view")
                                 .arg(m_state.inView.from)
                                 .arg(m_state.inView.to)
                                 .arg(m_state.layout.steps()));
}

double Minimap::x(double scene) const
{
    return 0.5 + (width() - 1.0) * scene / std::max(1.0, m_state.layout.width());
}

void Minimap::centreOn(double position)
{
    const double scene = (position - 0.5) / (width() - 1.0) * m_state.layout.width();
    setValue(static_cast<int>(std::lround(scene - m_bar.pageStep() / 2.0)));
    emit moved();
}

void Minimap::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        centreOn(event->position().x());
}

void Minimap::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons().testFlag(Qt::LeftButton))
        centreOn(event->position().x());
}

void Minimap::wheelEvent(QWheelEvent* event)
{
    QAbstractSlider::wheelEvent(event);
    emit moved();
}

void Minimap::paintLosses(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const Frame& frame = *m_state.frame;
    const double wide = std::max(1.0, x(m_state.layout.pitch()) - x(0) - 0.5);
    for (std::int64_t t = frame.firstStep; t <= frame.lastStep; ++t) {
        const std::optional<double> loss = m_state.hasTarget(t) ? m_state.stepLoss(t) : std::nullopt;
        if (!loss)
            continue;
        const double bar = (tall - band - 4) * std::clamp(*loss / m_state.scales.loss, 0.05, 1.0);
        painter.fillRect(QRectF(x(m_state.layout.boundary(t - 1)), tall - band - 1 - bar, wide, bar),
                         m_state.isInjected(t) ? theme.textSecondary : theme.line);
    }
}

void Minimap::paintWindow(QPainter& painter) const
{
    const Theme& theme = Theme::current();
    const GraphLayout& layout = m_state.layout;
    const Window window = m_state.window();
    const QRectF strip(0, tall - band - 1, width(), band);
    if (window.length() > 0) {
        const double from = x(layout.boundary(window.from - 1));
        painter.fillRect(QRectF(from, strip.top(), std::max(2.0, x(layout.boundary(window.to)) - from), band),
                         theme.backward);
        if (m_state.isCut())
            painter.fillRect(QRectF(from - 1.0, 1, 2.0, tall - 2), theme.cut);
    }
    double last = -2.0;
    for (const std::int64_t t : m_state.frame->updatesAt) {
        const double at = std::round(x(layout.boundary(t)));
        if (at - last < 2.0)
            continue; // as many as can be told apart
        painter.fillRect(QRectF(at - 0.5, 1, 1.0, 4), theme.update);
        last = at;
    }
}

void Minimap::paintEvent(QPaintEvent*)
{
    if (!m_state.frame)
        return;
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.controlFill);
    paintLosses(painter);
    paintWindow(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    const double from = x(m_bar.value());
    const double to = std::max(from + narrowestView, x(m_bar.value() + m_bar.pageStep()));
    painter.setPen(theme.pen(hasFocus() ? theme.backward : theme.text, hasFocus() ? 2.4 : 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(from, 1, to - from, tall - 2).adjusted(0.5, 0, -0.5, 0), 3, 3);
}

} // namespace chronograd
