#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <cstdint>
#include <optional>
#include <vector>

namespace chronograd {

/// A unit of the unfolded network. Level 0 is the input, level ℓ + 1 is layer ℓ.
struct UnitId
{
    std::int64_t t = 1;
    int level = 0;
    int unit = 0;

    bool operator==(const UnitId&) const = default;
};

struct GraphLayoutInput
{
    QSizeF viewport{900, 400};
    std::vector<int> units; ///< Per level, the input first.
    std::int64_t steps = 1; ///< Steps of the sequence.
    double zoom = 1.0;      ///< 1: the height fits.
    bool folded = false;    ///< One copy with loops stands for all.

    bool operator==(const GraphLayoutInput&) const = default;
};

/// How much of the network shows, from far to near.
enum class Detail : quint8
{
    Cells,   ///< Columns are too narrow for anything but one cell for each unit.
    Blocks,  ///< One block for each layer and step, f or g.
    Units,   ///< Units and edges.
    Numbers, ///< Edges have numbers too.
};

/// Where everything is, in scene coordinates: step t takes the columns of pixels from (t − 1)·pitch to
/// t·pitch, levels are stacked with the input at the bottom and the loss on top. A sequence of one step needs
/// no time axis, so its levels are rows of units spread over the width.
class GraphLayout
{
public:
    GraphLayout() = default;
    explicit GraphLayout(const GraphLayoutInput& input);

    bool isSpread() const { return m_spread; }
    bool isFolded() const { return m_input.folded && !m_spread; }
    bool isUnfolded() const { return !m_spread && !m_input.folded; } ///< Is there a time axis?
    void showStep(std::int64_t t)
    {
        m_shownStep = t;
    } ///< Whose numbers the one copy of a folded network has.
    Detail detail() const { return m_detail; }
    /// Too narrow for circles and edges: units are cells of a picture over time.
    bool isCells() const { return m_detail == Detail::Cells; }
    bool isBlocks() const { return m_detail == Detail::Blocks; }
    bool hasUnits() const { return m_detail >= Detail::Units; }
    int levels() const { return static_cast<int>(m_input.units.size()); }
    int units(int level) const { return m_input.units[static_cast<std::size_t>(level)]; }
    std::int64_t steps() const { return m_input.steps; }
    double zoom() const { return m_input.zoom; }

    /// Are so many edges, between units at such distances, too many or too close to be lines?
    static bool isDense(int rows, int columns, double fromPitch, double toPitch);

    double pitch() const { return m_pitch; } ///< Distance of time steps; whole pixels.
    double width() const { return isUnfolded() ? m_pitch * static_cast<double>(m_input.steps) : m_width; }
    double height() const { return m_height; }
    double cutTop() const { return m_top; } ///< Where the scissors are.

    double x(std::int64_t t) const; ///< The middle of a step.
    double boundary(std::int64_t t) const { return m_pitch * static_cast<double>(t); } ///< Right end of it.
    std::int64_t stepAt(double x) const; ///< The step there, 1 … steps.

    double radius(int level) const;    ///< Of a unit's fill.
    double ringWidth(int level) const; ///< The thickest ring around it.
    double rowPitch(int level) const;  ///< Distance of units.
    QPointF center(const UnitId& unit) const;
    QRectF cell(const UnitId& unit) const;         ///< The area that belongs to the unit.
    QRectF block(std::int64_t t, int level) const; ///< A layer at a step, seen from far.
    QRectF lossBox(std::int64_t t) const;
    QRectF levelFrame(std::int64_t t, int level) const; ///< Around a layer at a step.
    double levelMiddle(int level) const;
    /// Sideways reach of arcs between levels of one step.
    double arcReach() const;
    /// The same of the loops of a folded network: the outermost.
    double loopReach() const { return 0.46 * m_pitch; }

    std::optional<UnitId> unitAt(QPointF position) const;
    std::optional<std::int64_t> lossAt(QPointF position) const;

private:
    struct Level
    {
        double top = 0.0;   ///< Middle of its topmost unit.
        double pitch = 0.0; ///< Along the level.
        double radius = 0.0;
    };
    void stack();
    void spread();
    const Level& at(int level) const { return m_levels[static_cast<std::size_t>(level)]; }

    GraphLayoutInput m_input;
    std::vector<Level> m_levels;
    double m_pitch = 100.0;
    double m_width = 0.0;
    double m_height = 0.0;
    double m_top = 0.0;
    double m_lossMiddle = 0.0;
    QSizeF m_lossSize;
    bool m_spread = false;
    Detail m_detail = Detail::Units;
    std::int64_t m_shownStep = 1;
};

} // namespace chronograd
