#include "ui/sweep/sweep_view.h"

#include "ui/sweep/sweep_words.h"
#include "ui/theme/theme.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace chronograd {

namespace {

constexpr int margin = 14;

} // namespace

SweepView::SweepView(QWidget* parent)
    : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Chart of the sweep"));
    setToolTip(
        tr("Click or Enter opens a combination in the window")); // event() tells more where there is more
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

SweepView::~SweepView() = default;

QSize SweepView::sizeHint() const
{
    return {820, 480};
}

QSize SweepView::minimumSizeHint() const
{
    return {360, 240};
}

void SweepView::show(std::unique_ptr<SweepShown> shown)
{
    if (m_shown && shown && m_shown->plan != shown->plan)
        m_marked.reset();
    m_chart.reset(); // of the one that was
    m_shown = std::move(shown);
    forgetPicture();
}

const SweepChart* SweepView::chart()
{
    if (!m_chart && m_shown)
        m_chart = makeSweepChart(*m_shown, QRectF(rect()).adjusted(margin, margin, -margin, -margin),
                                 Theme::current());
    return m_chart.get();
}

void SweepView::forgetPicture()
{
    m_chart.reset();
    m_picture = {};
    update();
}

void SweepView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    forgetPicture();
}

void SweepView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        forgetPicture();
    QWidget::changeEvent(event);
}

void SweepView::paintEvent(QPaintEvent* /*event*/)
{
    const Theme& theme = Theme::current();
    if (m_picture.isNull()) {
        m_picture = QPixmap(size() * devicePixelRatioF());
        m_picture.setDevicePixelRatio(devicePixelRatioF());
        m_picture.fill(Qt::transparent);
        QPainter painter(&m_picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.pen(theme.line, 1));
        painter.setBrush(theme.card);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        painter.setBrush(Qt::NoBrush);
        if (chart() != nullptr) {
            chart()->paint(painter, m_marked);
        } else {
            painter.setPen(theme.textSecondary);
            painter.setFont(theme.textFont());
            painter.drawText(
                rect().adjusted(margin, margin, -margin, -margin), Qt::AlignCenter | Qt::TextWordWrap,
                tr("The chart grows here while the runs end: a curve for one setting, a heat map for "
                   "two, parallel coordinates for more."));
        }
    }
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_picture);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.pen(theme.backward, 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    }
}

bool SweepView::event(QEvent* event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
        update();
    if (event->type() != QEvent::ToolTip || !m_shown)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto combination = chart()->combinationAt(help->pos());
    if (combination)
        QToolTip::showText(help->globalPos(),
                           sweepTip(*m_shown, *combination) + u'\n' + tr("Click: open it in the window"),
                           this);
    else
        QToolTip::hideText();
    return true;
}

void SweepView::mark(std::optional<std::int64_t> combination)
{
    m_marked = combination;
    setAccessibleDescription(combination ? sweepTip(*m_shown, *combination) : QString());
    m_picture = {};
    update();
}

void SweepView::choose(std::int64_t combination)
{
    mark(combination);
    emit chosen(combination);
}

void SweepView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton || !m_shown)
        return;
    if (const auto combination = chart()->combinationAt(event->position()))
        choose(*combination);
}

void SweepView::keyPressEvent(QKeyEvent* event)
{
    if (!m_shown)
        return QWidget::keyPressEvent(event);
    const std::int64_t from = m_marked.value_or(m_shown->best.value_or(0));
    switch (event->key()) {
    case Qt::Key_Left:
        return mark(chart()->neighbour(from, -1, 0));
    case Qt::Key_Right:
        return mark(chart()->neighbour(from, 1, 0));
    case Qt::Key_Up:
        return mark(chart()->neighbour(from, 0, 1));
    case Qt::Key_Down:
        return mark(chart()->neighbour(from, 0, -1));
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return choose(from);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace chronograd
