#include "ui/plots/heat_map_plot.h"

#include "ui/plots/heat_map_painter.h"
#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_numbers.h"
#include "ui/theme/sign_words.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QTextStream>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace chronograd {

namespace {

constexpr double margin = 10.0;
constexpr double captionHeight = 22.0;
constexpr double leastCell = 7.0; ///< Lower cells say little: then the scales give up their room.

} // namespace

HeatMapPlot::HeatMapPlot(What what, QWidget* parent)
    : PlotWidget(what == What::Weights ? QStringLiteral("weights") : QStringLiteral("updates"), parent)
    , m_what(what)
{
    setAccessibleName(what == What::Weights ? tr("Weights") : tr("Updates of the weights"));
    canvas().plotLayout()->clear(); // No axes: the maps are laid out by their sizes.
    new PaintedLayer(&canvas(), QStringLiteral("main"), [this](QCPPainter& painter) {
        paint(painter, painter.modes().testFlag(QCPPainter::pmVectorized));
    });
}

void HeatMapPlot::showFrame(std::shared_ptr<const Frame> frame)
{
    if (frame == m_frame)
        return;
    m_frame = std::move(frame);
    const bool isOther =
        m_frame && m_shown && (m_frame->network != m_shown->network || m_frame->update < m_shown->update);
    if (!m_frame || m_what == What::Weights || m_frame->updateDone)
        m_shown = m_frame;
    else if (isOther)
        m_shown = nullptr; // Another run: its first update is still to come.
    markStale();
}

const Vector& HeatMapPlot::numbers() const
{
    if (m_what == What::Updates)
        return m_shown->change;
    return m_shown->updateDone ? m_shown->after : m_shown->before;
}

QString HeatMapPlot::caption() const
{
    if (!m_shown)
        return m_what == What::Weights ? tr("No network yet") : tr("No update yet");
    if (m_what == What::Updates)
        return tr("Δw of update %1").arg(m_shown->update);
    const std::int64_t done = m_shown->updateDone ? m_shown->update : m_shown->position.update;
    return done > 0 ? tr("Weights after update %1").arg(done) : tr("Weights at the start");
}

/// With a remark on the scales where there is room; the maps tell their own in any case.
QString HeatMapPlot::captionIn(double width) const
{
    if (!m_shown)
        return caption();
    const Theme& theme = Theme::current();
    const QString remarked = tr("%1 · each map has its own scale").arg(caption());
    const bool fits = QFontMetricsF(theme.textFont(theme.smallSize)).horizontalAdvance(remarked) <= width;
    return fits ? remarked : caption();
}

QStringList HeatMapPlot::titles() const
{
    QStringList names;
    if (m_shown)
        for (const ParameterView& view : m_shown->network->parameters().views())
            names << QString::fromStdString(view.name);
    return names;
}

void HeatMapPlot::refresh()
{
    m_values.clear();
    m_wishes.clear();
    m_places.clear();
    const Theme& theme = Theme::current();
    const QFontMetricsF metrics(theme.textFont(theme.smallSize));
    PanelMetrics sizes;
    sizes.titleHeight = metrics.height() + 2.0;
    sizes.scaleHeight = metrics.height() + 11.0;
    if (m_shown) {
        for (const ParameterView& view : m_shown->network->parameters().views()) {
            m_values.push_back(matrixOf(view, numbers()));
            const double title = metrics.horizontalAdvance(QString::fromStdString(view.name));
            m_wishes.push_back({view.rows, view.columns, std::max(title, 70.0)});
        }
        const QRectF area = QRectF(canvas().rect()).adjusted(margin, captionHeight + 4.0, -margin, -4.0);
        m_places = layoutPanels(m_wishes, area, sizes);
        m_isCompact = smallestCell() < leastCell;
        if (m_isCompact) { // the maps take the room of their scales, whose ends go into the titles
            sizes.scaleHeight = 0.0;
            for (std::size_t i = 0; i < m_wishes.size(); ++i)
                m_wishes[i].leastWidth = metrics.horizontalAdvance(titleOf(i));
            m_places = layoutPanels(m_wishes, area, sizes);
        }
    }
    if (m_cursor && (static_cast<std::size_t>(m_cursor->panel) >= m_wishes.size() ||
                     m_cursor->row >= m_wishes[static_cast<std::size_t>(m_cursor->panel)].rows ||
                     m_cursor->column >= m_wishes[static_cast<std::size_t>(m_cursor->panel)].columns))
        m_cursor.reset();
    setAccessibleDescription(m_cursor ? textOf(*m_cursor) : caption());
}

int HeatMapPlot::spareHeight() const
{
    double bottom = 0.0;
    for (const PanelPlace& place : m_places)
        bottom = std::max({bottom, place.cells.bottom(), place.scale.bottom()});
    return m_places.empty() ? 0 : static_cast<int>(canvas().height() - std::ceil(bottom + margin));
}

double HeatMapPlot::smallestCell() const
{
    double least = leastCell;
    for (std::size_t i = 0; i < m_places.size(); ++i)
        least = std::min(least, m_places[i].cells.height() / m_wishes[i].rows);
    return least;
}

QString HeatMapPlot::titleOf(std::size_t map) const
{
    const QString name = titles()[static_cast<qsizetype>(map)];
    return m_isCompact ? name + QLatin1Char(' ') + rangeText(m_values[map]) : name;
}

void HeatMapPlot::applyTheme(const Theme& theme)
{
    canvas().setBackground(theme.card);
    setWhatsThis(tr("One map per parameter, a row per receiving unit, a column per sending unit, each map on "
                    "its own scale. Click a cell, or use the arrow keys and Enter, to see where its number "
                    "comes from.") +
                 u' ' + signWords());
}

void HeatMapPlot::paint(QPainter& painter, bool asRectangles) const
{
    const Theme& theme = Theme::current();
    painter.setFont(theme.textFont(theme.smallSize));
    painter.setPen(theme.textSecondary);
    painter.drawText(QRectF(margin, 2.0, canvas().width() - 2.0 * margin, captionHeight),
                     Qt::AlignLeft | Qt::AlignVCenter, captionIn(canvas().width() - 2.0 * margin));
    const QStringList names = titles();
    if (static_cast<std::size_t>(names.size()) != m_places.size())
        return; // Painted before the data was looked at: refresh() comes next.
    // In all maps or in none: numbers in some only would seem to mean something.
    HeatMapStyle style{.asRectangles = asRectangles, .withNumbers = true};
    for (std::size_t i = 0; i < m_places.size(); ++i)
        style.withNumbers = style.withNumbers && haveNumbersRoom(m_places[i], m_values[i], theme);
    for (std::size_t i = 0; i < m_places.size(); ++i)
        paintHeatMap(painter, m_places[i], titleOf(i), m_values[i], theme, style);
    if (!m_cursor || !hasFocus() || asRectangles)
        return;
    const auto panel = static_cast<std::size_t>(m_cursor->panel);
    const QRectF cell = cellRect(m_places[panel], m_wishes[panel], m_cursor->row, m_cursor->column);
    painter.setPen(theme.pen(theme.backward, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cell.adjusted(-1, -1, 1, 1));
}

QRect HeatMapPlot::cellRectOf(int parameter, int row, int column) const
{
    const auto panel = static_cast<std::size_t>(parameter);
    if (panel >= m_places.size())
        return {};
    return cellRect(m_places[panel], m_wishes[panel], row, column).toAlignedRect().translated(canvas().pos());
}

QString HeatMapPlot::nameOf(const CellPlace& cell) const
{
    const ParameterView& view = m_shown->network->parameters()[cell.panel];
    const QString name = QString::fromStdString(view.name);
    return view.isBias ? QStringLiteral("%1[%2]").arg(name).arg(cell.row + 1)
                       : QStringLiteral("%1[%2,%3]").arg(name).arg(cell.row + 1).arg(cell.column + 1);
}

QString HeatMapPlot::textOf(const CellPlace& cell) const
{
    const ParameterView& view = m_shown->network->parameters()[cell.panel];
    const double value = m_values[static_cast<std::size_t>(cell.panel)](cell.row, cell.column);
    QStringList lines{
        (m_what == What::Updates ? tr("Δ %1 = %2") : tr("%1 = %2")).arg(nameOf(cell), shownShortest(value))};
    lines << (view.isBias ? tr("bias of unit %1").arg(cell.row + 1)
                          : tr("row %1 (to), column %2 (from)").arg(cell.row + 1).arg(cell.column + 1));
    return lines.join(u'\n');
}

PlotWidget::Hover HeatMapPlot::hoverAt(const QPointF& onCanvas)
{
    const auto cell = cellAt(m_places, m_wishes, onCanvas);
    return cell ? Hover{textOf(*cell), {}} : Hover{};
}

Quantity HeatMapPlot::quantityOf(const CellPlace& cell) const
{
    Quantity quantity;
    quantity.parameter = cell.panel;
    quantity.row = cell.row;
    quantity.column = cell.column;
    // Mid-pass the numbers of an update are gone from the newest frame: then the weight itself is shown.
    const bool isDone = m_frame && m_frame->updateDone;
    if (m_what == What::Updates)
        quantity.kind = isDone ? QuantityKind::Change : QuantityKind::Weight;
    else
        quantity.kind = isDone ? QuantityKind::After : QuantityKind::Weight;
    return quantity;
}

void HeatMapPlot::mouseMoveEvent(QMouseEvent* event)
{
    canvas().bringUpToDate();
    const bool isOverCell = cellAt(m_places, m_wishes, onCanvas(event->position())).has_value();
    setCursor(isOverCell ? Qt::PointingHandCursor : Qt::ArrowCursor);
    PlotWidget::mouseMoveEvent(event);
}

void HeatMapPlot::mouseReleaseEvent(QMouseEvent* event)
{
    canvas().bringUpToDate();
    const auto cell = cellAt(m_places, m_wishes, onCanvas(event->position()));
    if (event->button() != Qt::LeftButton || !cell)
        return PlotWidget::mouseReleaseEvent(event);
    m_cursor = cell;
    markStale();
    emit quantitySelected(quantityOf(*cell));
}

void HeatMapPlot::moveCursor(int rows, int columns)
{
    canvas().bringUpToDate();
    if (m_wishes.empty())
        return;
    CellPlace cell = m_cursor.value_or(CellPlace{0, -rows, -columns});
    cell.row += rows;
    cell.column += columns;
    const auto panels = static_cast<int>(m_wishes.size());
    // Beyond the left and right edge lies the next map.
    if (cell.column < 0 && cell.panel > 0)
        cell = {cell.panel - 1, cell.row, m_wishes[static_cast<std::size_t>(cell.panel) - 1].columns - 1};
    else if (cell.column >= m_wishes[static_cast<std::size_t>(cell.panel)].columns && cell.panel + 1 < panels)
        cell = {cell.panel + 1, cell.row, 0};
    const PanelWish& wish = m_wishes[static_cast<std::size_t>(cell.panel)];
    cell.row = std::clamp(cell.row, 0, wish.rows - 1);
    cell.column = std::clamp(cell.column, 0, wish.columns - 1);
    m_cursor = cell;
    markStale();
    const QRect rect = cellRectOf(cell.panel, cell.row, cell.column);
    QToolTip::showText(mapToGlobal(rect.bottomRight()), textOf(cell), this);
}

void HeatMapPlot::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCursor(0, -1);
    case Qt::Key_Right:
        return moveCursor(0, 1);
    case Qt::Key_Up:
        return moveCursor(-1, 0);
    case Qt::Key_Down:
        return moveCursor(1, 0);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        canvas().bringUpToDate();
        if (m_cursor)
            emit quantitySelected(quantityOf(*m_cursor));
        return;
    default:
        PlotWidget::keyPressEvent(event);
    }
}

void HeatMapPlot::writeCsv(QTextStream& out) const
{
    out << "parameter,row,column,value\n";
    const QStringList names = titles();
    for (std::size_t i = 0; i < m_values.size(); ++i)
        for (Eigen::Index row = 0; row < m_values[i].rows(); ++row)
            for (Eigen::Index column = 0; column < m_values[i].cols(); ++column)
                out << names[static_cast<qsizetype>(i)] << ',' << row + 1 << ',' << column + 1 << ','
                    << shortest(m_values[i](row, column)) << '\n';
}

} // namespace chronograd
