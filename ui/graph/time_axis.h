#pragma once

#include "core/training/setting.h"

#include <QWidget>

#include <optional>

namespace chronograd {

struct Bracket;
struct BracketLabel;
struct GraphState;
struct Window;

/// The time axis below the graph: the steps, the updates made, and how far k1 and k2 reach. The left end of
/// k2 can be dragged, and the end of k1: the left one after an update, while one is gathered the right one.
class TimeAxis : public QWidget
{
    Q_OBJECT

public:
    TimeAxis(const GraphState& state, QWidget* parent);

    void setScroll(int x); ///< Scene position of the left edge.
    int neededHeight() const;
    void describe(); ///< Tells screen readers what the brackets and the cut say now.

    /// "k2 = 5 steps back"; "k1 = 3 since the last update"; "k2 = 4 next, now 5" where 4 is asked for.
    QString k1Text() const;
    QString k2Text() const;

    /// The end that can be dragged, in coordinates of the widget.
    std::optional<QPointF> handle(Setting setting) const;
    /// Where the label of a bracket is, and the words at the cut; in such coordinates too.
    std::optional<QRectF> labelArea(Setting setting) const;
    std::optional<QRectF> cutWordsArea() const;

signals:
    /// Where the end of a bracket is under the hand; none: it is no longer held.
    void dragged(const std::optional<chronograd::SettingChange>& change);
    void dropped(const chronograd::SettingChange& change);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    static double ticksMiddle(); ///< Of the rows, from the top.
    static double k2Middle();
    static double k1Middle();

    struct Reach
    {
        std::int64_t from = 1;
        std::int64_t done = 0; ///< Steps from … done are gathered …
        std::int64_t due = 0;  ///< … and an update is made after this one.
    };
    std::optional<Reach> k1Reach() const;
    double reached(const Reach& reach) const;
    double k2End(const Window& window) const;
    double k1EndInForce(const Reach& reach) const;
    struct CutWords
    {
        QStringList lines;
        QRectF area;
        bool isRight = false; ///< Of the cut; elsewhere the words end at it.
    };
    std::optional<CutWords> cutWords() const;
    double cutX() const;
    std::optional<Bracket> bracketOf(Setting setting) const;
    BracketLabel labelOf(const Bracket& bracket) const;
    QString shortText(Setting setting) const; ///< "k1 = 3"
    QString pendingTip(Setting setting) const;
    Bracket k2Bracket() const;
    Bracket k1Bracket(const Reach& reach) const;
    std::optional<Setting> handleAt(QPointF position) const;
    StepCount stepsTo(Setting setting, double x) const;
    QString tipAt(QPointF position) const;
    double room() const;
    bool hasBrackets() const;
    void paintFolded(QPainter& painter) const;
    void paintSteps(QPainter& painter) const;
    void paintCut(QPainter& painter) const;
    void paintUpdates(QPainter& painter) const;
    void paintK2(QPainter& painter) const;
    void paintK1(QPainter& painter) const;

    const GraphState& m_state;
    int m_scroll = 0;
    std::optional<Setting> m_dragged;
};

} // namespace chronograd
