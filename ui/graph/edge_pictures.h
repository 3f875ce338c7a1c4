#pragma once

#include "ui/graph/graph_state.h"

#include <QColor>
#include <QImage>

#include <cstdint>
#include <map>
#include <vector>

namespace chronograd {

/// A rendered bundle of edges.
struct EdgePicture
{
    QImage image; ///< Of the pixels.
    std::vector<QRgb> pixels;
    QPointF origin; ///< Of the image, relative to (x of its step, 0).
    int edges = 0;
    int leftOut = 0;             ///< Of these.
    std::uint64_t content = 0;   ///< Equal contents make equal pictures.
    std::uint64_t checkedAt = 0; ///< EdgePictures::refresh() count when the content was last compared.
};

/// The bundles of edges, rendered once and kept: weights are the same in every copy, so one picture serves
/// all steps; numbers of one step are rendered again only when they changed.
class EdgePictures
{
public:
    enum class Part : quint8
    {
        Within, ///< Between levels of one step.
        Across, ///< From the step before.
        Cut,    ///< From the step before, dashed: the gradient does not pass.
    };

    /// Forgets everything: another size, zoom, theme or network.
    void clear();
    /// The numbers may have changed: compare before using a picture again.
    void refresh() { ++m_checks; }
    /// Forgets the steps outside: they are not on screen.
    void keep(std::int64_t first, std::int64_t last);

    const EdgePicture& picture(const GraphState& state, Part part, std::int64_t t, double pixelRatio);

    int rendered() const { return m_rendered; } ///< Pictures rendered so far.

private:
    struct Key
    {
        Part part;
        std::int64_t t; ///< 0: the same in every step, −1: no numbers there yet.
        auto operator<=>(const Key&) const = default;
    };
    void makeImage(EdgePicture& picture, QSize size);

    std::map<Key, EdgePicture> m_pictures;
    std::vector<std::vector<QRgb>> m_spare; ///< Memory of pictures that are no more.
    std::uint64_t m_checks = 1;
    int m_rendered = 0;
};

/// Colour and width of a level of the edge scale.
struct EdgeLook
{
    QColor colour;
    double width = 1.0;
};
EdgeLook edgeLook(int level, double radius);

} // namespace chronograd
