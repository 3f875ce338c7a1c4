#pragma once

#include "core/analysis/warnings.h"
#include "core/explain/quantity.h"
#include "ui/graph/connections.h"
#include "ui/graph/graph_mark.h"
#include "ui/graph/graph_scales.h"

#include <memory>
#include <optional>

namespace chronograd {

/// Everything the picture is made from; its parts only read it.
struct GraphState
{
    std::shared_ptr<const Frame> frame; ///< May be null: nothing to show yet.
    std::vector<Connection> connections;
    GraphLayout layout;
    GraphScales scales;
    bool folded = false; ///< One copy with loops.
    EdgeQuantity quantity = EdgeQuantity::Weight;
    std::optional<Quantity> selection;
    std::optional<GraphMark> mark;
    std::vector<Warning> warnings; ///< About what is shown.
    bool coversSums = false;       ///< Gradients are to be predicted before they are shown.
    int gate = 0;                  ///< Of gated cells: whose weights the edges show.
    int mostEdges = 1 << 20;       ///< Per bundle.
    double weakest = 0.0;          ///< Share of the edge scale: smaller edges are left out.
    Window inView;                 ///< The steps that the view shows …
    double leftInView = 0.0;       ///< … between these x of the scene.
    double rightInView = 0.0;
    std::optional<StepCount> k1Asked; ///< Chosen, but not in force yet: the brackets and the cut show them …
    std::optional<StepCount> k2Asked;     ///< … at once.
    std::optional<SettingChange> dragged; ///< Under the hand, shown in place of what was asked for.

    bool ask(const SettingChange& change); ///< False: it is of neither k1 nor k2.
    std::int64_t newest() const;           ///< The last step reached in this sequence; 0: none.
    std::int64_t playhead() const;         ///< The step at work, or the newest.
    bool isToCome(std::int64_t t) const;   ///< Not reached yet, but its input and target are known.
    /// The K1 or K2 that is dragged, else the one asked for; none: the one in force is shown.
    std::optional<StepCount> asked(Setting setting) const;
    StepCount k1() const { return asked(Setting::K1).value_or(frame->settings.k1); }
    StepCount k2() const { return asked(Setting::K2).value_or(frame->settings.k2); }
    bool isPending(Setting setting) const;  ///< Another K1 or K2 is shown than is in force.
    Window window() const;                  ///< Of the update shown, as far as the k2 asked for reaches.
    bool isBeyondCut(std::int64_t t) const; ///< Its state is used, its gradient is not.
    bool isCut() const;                     ///< Is there a step that the gradient does not reach?
    /// The steps at the cut: the first one that the gradient reaches; needs isCut().
    std::int64_t cutStep() const { return window().from; }
    bool isInjected(std::int64_t t) const;
    bool isSumCovered(const Quantity& weight) const; ///< Of the weight's shares.
    bool isRecurrent() const;
    /// Where units are cells there is one colour for each: that of its delta when edges show the gradient.
    bool cellsShowDeltas() const;

    SlotId outputSlot(int level) const;
    std::optional<double> value(const UnitId& unit) const; ///< Nothing: not computed in this pass.
    std::optional<double> delta(const UnitId& unit) const; ///< ∂L/∂net, signed as it is to be read
    std::optional<double> stepLoss(std::int64_t t) const;
    bool hasTarget(std::int64_t t) const;
    QString levelName(int level) const;
};

} // namespace chronograd
