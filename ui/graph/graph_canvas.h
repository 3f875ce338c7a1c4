#pragma once

#include "ui/graph/edge_pictures.h"
#include "ui/graph/graph_state.h"
#include "ui/graph/unit_sprites.h"

#include <QElapsedTimer>
#include <QGraphicsView>

#include <map>
#include <memory>

class QTimer;

namespace chronograd {

class FoldAnimation;
class PulseLayer;
class RowLabels;
class StepItem;
class TimeAxis;

/// The picture of the unfolded network itself: scrolls through time, zooms, selects. It holds one item per
/// time step in view; names of rows and the time axis stay in its margins.
class GraphCanvas : public QGraphicsView
{
    Q_OBJECT

public:
    explicit GraphCanvas(QWidget* parent = nullptr);
    ~GraphCanvas() override;

    const GraphState& state() const { return m_state; }
    const TimeAxis& timeAxis() const { return *m_axis; }
    int edgesInView() const;
    int leftOut() const;                                           ///< Of these, too weak to be drawn.
    int renderedPictures() const { return m_pictures.rendered(); } ///< Bundles rendered so far.
    std::vector<std::int64_t> stepsInView() const;

    void showFrame(std::shared_ptr<const Frame> frame);
    void select(const std::optional<Quantity>& quantity);
    void reveal(const Quantity& quantity); ///< Scrolls to where it is, if it is of one step.
    void setMark(std::optional<GraphMark> mark);
    void coverSums(bool covering);
    void setWarnings(std::vector<Warning> warnings);
    void setEdgeQuantity(EdgeQuantity quantity);
    void setGate(int gate);
    void setWeakest(double share); ///< Of the edge scale: smaller edges are left out.
    void setFolded(bool folded);
    void setAnimated(bool animated) { m_animated = animated; } ///< By choice; the platform may forbid it too.
    bool isAnimated() const { return m_animated; }
    bool isAnimating() const;
    const PulseLayer& pulses() const { return *m_pulses; }
    void movedByHand();                        ///< Someone else scrolled for the user.
    void zoomBy(double factor, double anchor); ///< Keeps the time at `anchor` (viewport x) where it is.
    void resetZoom();
    void themeChanged();
    /// A k1 or k2 that was asked for and is not in force yet: shown until training moves on.
    void showAsked(const SettingChange& change);
    /// A k1 or k2 under the hand, here or elsewhere: shown until it is let go, which is told by none.
    void showDragged(const std::optional<SettingChange>& change);

    /// Where something is, in viewport coordinates.
    QPointF positionOf(const UnitId& unit) const;
    QRectF rectOf(const Quantity& quantity) const;

signals:
    void quantityPicked(const chronograd::Quantity& quantity);
    void scalesChanged();
    void foldChanged(bool folded);
    void viewChanged(); ///< Other steps, numbers or edges are in view.
    void settingDragged(const std::optional<chronograd::SettingChange>& change); ///< None: no longer.
    void settingDropped(const chronograd::SettingChange& change);

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;
    void focusInEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void relayout();
    void bracketsChanged();
    void placeMargins();
    void updateItems();
    void updateScales();
    void updateBudget();
    void hurry();
    void calmDown();
    void showShownStep(std::int64_t t);
    std::vector<QRect> columnsInView() const;
    bool mayAnimate() const;
    void follow();
    void pick(const Quantity& quantity);
    bool isOverCut(QPoint position) const;
    QString tipBesideQuantities(QPoint position) const;
    bool isPlayheadInView() const;
    std::pair<std::int64_t, std::int64_t> visibleSteps() const;

    GraphState m_state;
    EdgePictures m_pictures;
    UnitSprites m_sprites;
    GraphLayoutInput m_layoutInput;
    std::map<std::int64_t, StepItem*> m_items; ///< Owned by the scene.
    RowLabels* m_rows;
    TimeAxis* m_axis;
    FoldAnimation* m_fold;
    PulseLayer* m_pulses;
    QTimer* m_calm;
    QElapsedTimer m_sinceFrame;
    std::pair<int, int> m_shown; ///< Edges in view and those left out, as last told.
    bool m_hurried = false;      ///< Numbers stream in: the faint edges wait.
    bool m_isZooming = false;    ///< The same: every picture has another size.
    bool m_following = true;     ///< Until the user scrolls the newest step out of view.
    bool m_placing = false;
    bool m_animated = true;
    std::int64_t m_shownStep = 1; ///< When folded.
    bool m_focusByKey = false;
    std::optional<QPoint> m_pressed;
    QPoint m_dragged; ///< Last position of a drag.
    bool m_panning = false;
};

} // namespace chronograd
