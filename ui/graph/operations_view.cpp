#include "ui/graph/operations_view.h"

#include "ui/graph/graph_state.h"
#include "ui/graph/nice_scale.h"
#include "ui/graph/operations_accessible.h"
#include "ui/theme/number_text.h"
#include "ui/theme/sign_ramp.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double smallestScale = 0.66;
constexpr double largestScale = 1.35;
constexpr double nearlyFitting = 0.85; ///< Then a little smaller is better than to scroll.
constexpr int operationPixels = 11;
constexpr int headHeight = 22; ///< Of the name of the step, above the operations.

double largestOf(const Vector& values)
{
    double most = 0.0;
    for (const double value : values) {
        if (std::isfinite(value))
            most = std::max(most, std::abs(value));
    }
    return most;
}

/// The picture is scaled as a whole, its type with it.
const Theme& deskTheme()
{
    return Theme::of(Theme::current().kind);
}

} // namespace

OperationsView::OperationsView(const GraphState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Operations of one step"));
    OperationsAccessible::install();
}

/// The step at work; between the passes that of the selection.
std::int64_t OperationsView::stepToShow() const
{
    const Frame& frame = *m_state.frame;
    const bool working = frame.position.phase == Phase::Forward || frame.position.phase == Phase::Backward;
    const std::int64_t chosen = !working && m_state.selection ? m_state.selection->t : 0;
    return frame.holds(chosen) ? chosen : std::max(frame.firstStep, m_state.playhead());
}

void OperationsView::refresh()
{
    if (!m_state.frame || !m_state.frame->holds(stepToShow())) {
        m_graph = {};
        m_layout = {};
        return update();
    }
    m_graph = operationGraph(*m_state.frame, stepToShow());
    m_layout = OperationsLayout(m_graph);
    double value = 0.0;
    double gradient = 0.0;
    for (const OperationArrow& arrow : m_graph.arrows) {
        value = std::max(value, largestOf(arrow.values));
        gradient = std::max(gradient, largestOf(arrow.gradients));
    }
    m_valueScale = niceScale(value);
    m_gradientScale = niceScale(gradient);
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(m_graph.nodes.size()) - 1));
    setAccessibleDescription(tr("step t = %1").arg(m_graph.t));
    fitInto(m_room);
    update();
}

void OperationsView::fitInto(QSize room)
{
    m_room = room;
    const QSizeF size = m_layout.size();
    if (size.isEmpty())
        return;
    // Rather scroll through the operations than make them smaller than they need to be, and not at all where
    // they are too high all the same.
    const double fitting = room.width() / size.width();
    const int spare = fitting < nearlyFitting ? style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 2 : 0;
    const double high = (room.height() - headHeight - spare) / size.height();
    const double highest = high >= smallestScale ? high : 1.0;
    const double wanted = fitting >= nearlyFitting ? fitting : std::max(fitting, std::min(highest, 1.0));
    m_scale =
        std::min(std::clamp(wanted, smallestScale, Theme::current().magnification * largestScale), highest);
    const QSize needed = sizeHint();
    const int bar = needed.width() > room.width() ? style()->pixelMetric(QStyle::PM_ScrollBarExtent) : 0;
    setFixedSize(needed.expandedTo(QSize(room.width(), room.height() - bar - 2)));
    m_origin = QPointF(0.0, headHeight + (height() - needed.height()) / 2.0);
}

QSize OperationsView::sizeHint() const
{
    return (m_layout.size() * m_scale).toSize() + QSize(0, headHeight);
}

QRectF OperationsView::nodeRect(int node) const
{
    const QRectF rect = m_layout.node(node);
    return QRectF(m_origin + rect.topLeft() * m_scale, rect.size() * m_scale);
}

QRectF OperationsView::cellRect(const OperationsLayout::Cell& cell) const
{
    const OperationArrow& arrow = m_graph.arrows[static_cast<std::size_t>(cell.arrow)];
    const auto units = static_cast<int>(std::max<Eigen::Index>(1, arrow.values.size()));
    const QRectF rect = m_layout.cell(
        cell.isGradient ? m_layout.gradients(cell.arrow) : m_layout.values(cell.arrow), cell.unit, units);
    return QRectF(m_origin + rect.topLeft() * m_scale, rect.size() * m_scale);
}

std::optional<Quantity> OperationsView::quantityOf(const OperationsLayout::Cell& cell) const
{
    const OperationArrow& arrow = m_graph.arrows[static_cast<std::size_t>(cell.arrow)];
    const std::optional<Quantity>& first = cell.isGradient ? arrow.gradient : arrow.value;
    const Vector& numbers = cell.isGradient ? arrow.gradients : arrow.values;
    if (!first || cell.unit >= numbers.size())
        return std::nullopt;
    return atUnit(*first, cell.unit);
}

std::optional<Quantity> OperationsView::quantityOf(int index) const
{
    const OperationNode& node = m_graph.nodes[static_cast<std::size_t>(index)];
    if (node.kind != OperationKind::Product || !node.parameter)
        return node.quantity;
    Quantity weight;
    weight.kind = QuantityKind::Share;
    weight.parameter = *node.parameter;
    weight.t = m_graph.t;
    return weight;
}

std::optional<Quantity> OperationsView::quantityAt(QPointF position) const
{
    const QPointF place = toGraph(position);
    if (const auto cell = m_layout.cellAt(place))
        return quantityOf(*cell);
    const auto node = m_layout.nodeAt(place);
    if (!node)
        return std::nullopt;
    std::optional<Quantity> quantity = quantityOf(*node);
    const auto& parameter = m_graph.nodes[static_cast<std::size_t>(*node)].parameter;
    const QRectF matrix = m_layout.matrix(*node);
    if (quantity && quantity->kind == QuantityKind::Share && matrix.contains(place)) {
        const ParameterView& view = m_state.frame->network->parameters()[*parameter];
        quantity->row = std::min(view.rows - 1,
                                 static_cast<int>((place.y() - matrix.top()) / matrix.height() * view.rows));
        quantity->column = std::min(
            view.columns - 1, static_cast<int>((place.x() - matrix.left()) / matrix.width() * view.columns));
    }
    return quantity;
}

bool OperationsView::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && m_state.frame) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), tipAt(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

void OperationsView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const auto node = m_layout.nodeAt(toGraph(event->position())))
        m_current = *node;
    if (const auto quantity = quantityAt(event->position()))
        emit quantityPicked(*quantity);
    update();
}

void OperationsView::mouseMoveEvent(QMouseEvent* event)
{
    setCursor(quantityAt(event->position()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void OperationsView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        return moveCurrent(event->key());
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_graph.nodes.empty()) {
            if (const auto quantity = quantityOf(m_current))
                emit quantityPicked(*quantity);
        }
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

/// To the nearest node in that direction.
void OperationsView::moveCurrent(int key)
{
    if (m_graph.nodes.empty())
        return;
    const QPointF here = m_layout.node(m_current).center();
    int best = m_current;
    double least = 1e18;
    for (int index = 0; index < static_cast<int>(m_graph.nodes.size()); ++index) {
        const QPointF by = m_layout.node(index).center() - here;
        const double along = key == Qt::Key_Left    ? -by.x()
                             : key == Qt::Key_Right ? by.x()
                             : key == Qt::Key_Up    ? -by.y()
                                                    : by.y();
        const bool sideways = key == Qt::Key_Left || key == Qt::Key_Right;
        const double across = std::abs(sideways ? by.y() : by.x());
        if (along > 1.0 && along + 2 * across < least) {
            least = along + 2 * across;
            best = index;
        }
    }
    m_current = best;
    OperationsAccessible::announce(*this);
    emit currentMoved(nodeRect(m_current).toAlignedRect());
    update();
}

void OperationsView::paintColumn(QPainter& painter, int index, bool isGradient) const
{
    const Theme& theme = Theme::current();
    const OperationArrow& arrow = m_graph.arrows[static_cast<std::size_t>(index)];
    const Vector& numbers = isGradient ? arrow.gradients : arrow.values;
    const QRectF column = isGradient ? m_layout.gradients(index) : m_layout.values(index);
    const double scale = isGradient ? m_gradientScale : m_valueScale;
    const QColor outline = isGradient ? theme.backward : theme.textSecondary;
    const auto units = static_cast<int>(numbers.size());
    QFont font = theme.numberFont();
    font.setPixelSize(operationPixels);
    painter.setFont(font);
    for (int unit = 0; unit < units; ++unit) {
        const QRectF cell = m_layout.cell(column, unit, units);
        const QColor fill = theme.signColor(numbers[unit] / scale);
        painter.fillRect(cell, fill);
        if (OperationsLayout::hasNumbers(units)) {
            painter.setPen(theme.textOn(fill));
            painter.drawText(cell, Qt::AlignCenter, unitNumber(numbers[unit]));
        }
        const auto quantity = quantityOf({index, unit, isGradient});
        if (quantity && m_state.selection == quantity) {
            painter.setPen(theme.pen(theme.text, 2.0));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(cell);
        }
    }
    QPen pen = theme.pen(units > 0 ? outline : theme.line, 1.0);
    if (units == 0)
        pen.setDashPattern({2.6, 2.6});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(column);
}

void OperationsView::paintLine(QPainter& painter, int index) const
{
    const Theme& theme = Theme::current();
    const OperationArrow& arrow = m_graph.arrows[static_cast<std::size_t>(index)];
    const QPainterPath line = m_layout.line(index);
    painter.setPen(theme.pen(arrow.values.size() > 0 ? theme.text : theme.line, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(line);
    const QPointF tip = line.currentPosition();
    painter.setPen(Qt::NoPen);
    painter.setBrush(arrow.values.size() > 0 ? theme.text : theme.line);
    painter.drawConvexPolygon(QPolygonF{tip, tip + QPointF(-7, 3.4), tip + QPointF(-7, -3.4)});
    if (arrow.gradients.size() > 0) { // and back to where it came from
        const QPointF start(line.elementAt(0).x, line.elementAt(0).y);
        painter.setBrush(theme.backward);
        painter.drawConvexPolygon(QPolygonF{start, start + QPointF(8, 4.0), start + QPointF(8, -4.0)});
    }
}

void OperationsView::paintNumbers(QPainter& painter, int index) const
{
    const Theme& theme = Theme::current();
    const OperationArrow& arrow = m_graph.arrows[static_cast<std::size_t>(index)];
    const QRectF values = m_layout.values(index);
    painter.setFont(deskTheme().textFont(deskTheme().smallSize));
    painter.setPen(theme.textSecondary);
    painter.drawText(QRectF(values.left() - 40, values.top() - 13, values.width() + 40, 12),
                     Qt::AlignRight | Qt::AlignVCenter,
                     QString::fromStdString(arrow.name) + QStringLiteral(" →"));
    painter.setPen(theme.backward);
    painter.drawText(QRectF(values.right(), values.top() - 13, values.width(), 12), Qt::AlignCenter,
                     QStringLiteral("← ∂"));
    paintColumn(painter, index, false);
    paintColumn(painter, index, true);
}

void OperationsView::paintNode(QPainter& painter, int index) const
{
    const Theme& theme = Theme::current();
    const OperationNode& node = m_graph.nodes[static_cast<std::size_t>(index)];
    const QRectF area = m_layout.node(index);
    const bool isSource = node.kind == OperationKind::Input || node.kind == OperationKind::Before ||
                          node.kind == OperationKind::Target;
    const bool isCurrent = hasFocus() && index == m_current;
    painter.setPen(theme.pen(isCurrent ? theme.backward : theme.outline, isCurrent ? 2.4 : 1.3));
    painter.setBrush(isSource                           ? theme.ground
                     : node.kind == OperationKind::Loss ? theme.cutGround
                                                        : theme.card);
    const double round = isSource ? 4.0 : area.height() / 2.5;
    painter.drawRoundedRect(area, round, round);
    const double points = deskTheme().smallSize;
    painter.setFont(isSource ? theme.textFont(points - 1.0) : theme.boldFont(points));
    painter.setPen(theme.text);
    QString label = QString::fromStdString(node.label);
    if (node.kind == OperationKind::Before)
        label.replace(u'.', u'\n');
    if (node.kind == OperationKind::Loss) {
        if (const auto loss = m_state.stepLoss(m_graph.t))
            label += QStringLiteral("\n") + compactNumber(*loss);
    }
    const bool hasMatrix = node.kind == OperationKind::Product && node.parameter;
    painter.drawText(hasMatrix ? area.adjusted(0, 3, 0, -22) : area, Qt::AlignCenter,
                     hasMatrix ? label + QStringLiteral(" ·") : label);
    if (!hasMatrix)
        return;
    const ParameterView& view = m_state.frame->network->parameters()[*node.parameter];
    const Matrix weights = matrixOf(view, m_state.frame->before);
    const SignRamp ramp(theme);
    const double most = niceScale(largestOf(weights.reshaped()));
    QImage picture(view.columns, view.rows, QImage::Format_RGB32);
    for (int row = 0; row < view.rows; ++row) {
        for (int column = 0; column < view.columns; ++column)
            picture.setPixel(column, row, ramp.at(weights(row, column) / most));
    }
    painter.drawImage(m_layout.matrix(index), picture);
    painter.setPen(theme.pen(theme.outline, 0.8));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(m_layout.matrix(index));
}

void OperationsView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().card);
    if (!m_state.frame)
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme& theme = Theme::current();
    painter.setFont(theme.boldFont());
    painter.setPen(theme.text);
    painter.drawText(QRectF(14, 2, 200, headHeight - 4), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("t = %1").arg(m_graph.t));
    painter.translate(m_origin);
    painter.scale(m_scale, m_scale);
    const auto arrows = static_cast<int>(m_graph.arrows.size());
    for (int index = 0; index < arrows; ++index)
        paintLine(painter, index);
    for (int index = 0; index < arrows; ++index) // over lines that pass by
        paintNumbers(painter, index);
    for (int index = 0; index < static_cast<int>(m_graph.nodes.size()); ++index)
        paintNode(painter, index);
}

} // namespace chronograd
