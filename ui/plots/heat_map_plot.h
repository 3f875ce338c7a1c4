#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"
#include "ui/plots/heat_map_layout.h"
#include "ui/plots/plot_widget.h"

#include <memory>
#include <optional>

namespace chronograd {

/// The weights, or what the last update changed, as one heat map per parameter, each with its own scale.
/// Click (or arrows and Enter) picks a number.
class HeatMapPlot : public PlotWidget
{
    Q_OBJECT

public:
    enum class What : quint8
    {
        Weights, ///< After the last update.
        Updates, ///< Δw of the last update.
    };

    explicit HeatMapPlot(What what, QWidget* parent = nullptr);

    /// Null: nothing to show.
    void showFrame(std::shared_ptr<const Frame> frame);

    QStringList titles() const; ///< Names of the maps.
    QString caption() const;
    QString captionIn(double width) const; ///< Which update it shows.
    /// Where a number is drawn, in coordinates of the widget; empty when there is none.
    QRect cellRectOf(int parameter, int row, int column) const;

signals:
    /// The number that was picked: a weight (before or after the update) or the change of one.
    void quantitySelected(const Quantity& quantity);

protected:
    void refresh() override;
    void applyTheme(const Theme& theme) override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void writeCsv(QTextStream& out) const override;
    int spareHeight() const override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    double smallestCell() const;
    QString titleOf(std::size_t map) const;
    const Vector& numbers() const; ///< Flat, of m_shown.
    QString nameOf(const CellPlace& cell) const;
    QString textOf(const CellPlace& cell) const;
    Quantity quantityOf(const CellPlace& cell) const;
    void moveCursor(int rows, int columns);
    void paint(QPainter& painter, bool asRectangles) const;

    What m_what;
    std::shared_ptr<const Frame> m_frame; ///< The newest.
    std::shared_ptr<const Frame> m_shown; ///< The newest that has what is drawn.
    std::vector<Matrix> m_values;         ///< Per parameter, as of the last refresh.
    std::vector<PanelWish> m_wishes;
    std::vector<PanelPlace> m_places;
    std::optional<CellPlace> m_cursor; ///< Moved by the arrow keys.
    bool m_isCompact = false;          ///< Too low for scales of their own.
};

} // namespace chronograd
