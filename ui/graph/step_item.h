#pragma once

#include "ui/graph/edge_pictures.h"

#include <QGraphicsItem>

#include <cstdint>

namespace chronograd {

class UnitSprites;
struct Work;

/// One time step of the unfolded network: its edges from the step before and within, its units, its loss.
class StepItem : public QGraphicsItem
{
public:
    StepItem(const GraphState& state, EdgePictures& pictures, UnitSprites& sprites, std::int64_t t);

    std::int64_t step() const { return m_t; }
    /// At the last painting.
    int edges() const { return m_edges; }
    int leftOut() const { return m_leftOut; } ///< Of these, not drawn.

    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

    void layoutChanged() { prepareGeometryChange(); }

private:
    void paintEdges(QPainter& painter);
    void paintAtWork(QPainter& painter, const Work& work, EdgePictures::Part part, QPointF place,
                     const QImage& image) const;
    void paintJoins(QPainter& painter, double strength) const;
    void paintLossBox(QPainter& painter) const;
    void paintUnits(QPainter& painter) const;

    const GraphState& m_state;
    EdgePictures& m_pictures;
    UnitSprites& m_sprites;
    std::int64_t m_t;
    int m_edges = 0;
    int m_leftOut = 0;
};

} // namespace chronograd
