#pragma once

#include "core/analysis/warnings.h"
#include "core/explain/quantity.h"
#include "core/session/session.h"
#include "core/training/frame.h"
#include "ui/graph/edge_values.h"
#include "ui/graph/graph_mark.h"

#include <QWidget>

#include <memory>
#include <optional>

class QComboBox;

namespace chronograd {

class CardTitle;
class GraphBar;
class GraphCanvas;
class GraphLegend;
class OperationsArea;
class SegmentedControl;

/// The unfolded network at one moment of training: columns are time steps, rows are layers.
class GraphView : public QWidget
{
    Q_OBJECT

public:
    explicit GraphView(QWidget* parent = nullptr);

    void showFrame(std::shared_ptr<const Frame> frame);
    /// Marks a quantity as selected and shows where it is; emits nothing.
    void select(const Quantity& quantity);

    /// Points at a number of the frame that is shown, or at none.
    void setMark(const std::optional<GraphMark>& mark);

    /// The sums of shares that are still to be predicted are not told.
    void coverSums(bool covering);

    /// Signs at the places that warnings are about.
    void setWarnings(const std::vector<chronograd::Warning>& warnings);

    /// A change of k1 or k2 shows in the brackets at once.
    void showAsked(const Command& command);
    /// So does one that is being dragged; none: it was let go.
    void showDragged(const std::optional<SettingChange>& change);

    void setAnimated(bool on);
    bool isAnimated() const;

    EdgeQuantity edgeQuantity() const;
    void setEdgeQuantity(EdgeQuantity quantity);

    /// Puts the switch and the legend into the title row of the card that the view is in.
    void moveHeaderTo(CardTitle& title);

    GraphCanvas& canvas() { return *m_canvas; }
    OperationsArea& operations() { return *m_operations; }
    void showOperations(bool shown); ///< Instead of the unfolded network.

signals:
    void quantitySelected(const chronograd::Quantity& quantity);
    void memberChosen(int member); ///< Of the batch.
    /// The length that a bracket is being dragged to; none: it was let go.
    void settingDragged(const std::optional<chronograd::SettingChange>& change);
    void settingDropped(const chronograd::SettingChange& change); ///< A bracket was dragged.

protected:
    void changeEvent(QEvent* event) override;

private:
    SegmentedControl* makeSwitch();
    void showGates(const Network& network);
    void showBatch(const Frame& frame);
    void refreshOperations();

    GraphCanvas* m_canvas;
    OperationsArea* m_operations;
    GraphBar* m_bar;
    SegmentedControl* m_switch;
    QWidget* m_gates; ///< Room for the switch of gates, empty where no layer is gated.
    std::vector<std::string> m_gateNames;
    bool m_isOfOperations = false;
    QComboBox* m_batch; ///< Which sequence is shown, where several are trained side by side.
    GraphLegend* m_legend;
    QWidget* m_header;
};

} // namespace chronograd
