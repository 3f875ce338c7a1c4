#pragma once

#include "core/session/loss_curve.h"
#include "ui/plots/loss_axis_chart.h"

#include <optional>

class QColor;

namespace chronograd {

class LossMarks;

/// The loss of every update, its running mean, the test loss, and where settings were changed. A restart
/// begins a new curve; the old one stays, faint, until the next. So do the other courses of this run, which a
/// change made in the past left: a click on one asks to go back to it. Ctrl+click asks to go to an update.
class LossPlot : public LossAxisChart
{
    Q_OBJECT

public:
    explicit LossPlot(QWidget* parent = nullptr);
    ~LossPlot() override;

    void showNews(const SessionNews& news);

    /// Another experiment: forgets every curve. `start` are the settings its runs begin with.
    void clear(std::optional<Hyperparameters> start = std::nullopt);

    void hideRunBefore(bool hide); ///< It may tell what this one comes to.
    void setLaneShown(bool shown); ///< By the other plots, while this one stays with the run.

    std::optional<std::int64_t> now() const { return m_now; } ///< Where training stands in the past.
    QStringList markTexts() const;                            ///< "k2 10 → 5", in the order of the updates.

signals:
    void updateAsked(qint64 update);
    void courseAsked(qint64 from, qint64 to); ///< Numbers of courses.

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    Extent extent() const override;
    void fill() override;
    void applyTheme(const Theme& theme) override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void refresh() override;
    void writeCsv(QTextStream& out) const override;

private:
    struct Graphs;

    void fillLegend(const Theme& theme);
    void fillOthers(PlotRange x, int width);
    const Course* otherAt(const QPointF& onCanvas) const; ///< Whose curve is there; null: none.
    bool isLookedAt() const;
    const LossCurve* before() const { return m_hidesBefore ? nullptr : m_before.get(); } ///< As it is shown.
    QString markText(std::size_t index) const;
    QColor markColor(std::size_t index) const;

    std::unique_ptr<LossCurve> m_curve;
    std::unique_ptr<LossCurve> m_before; ///< Of the run before the last restart.
    std::optional<Hyperparameters> m_start;
    std::optional<std::int64_t> m_now;
    bool m_hidesBefore = false;
    bool m_isLaneShown = false;
    std::uint64_t m_run = 0;
    bool m_hasRun = false;
    bool m_isStartSeen = false;
    double m_horizon = 10.0;
    std::vector<double> m_mean; ///< smoothed() of m_curve, as of the last refresh.
    std::vector<double> m_meanBefore;
    std::vector<Course> m_others;
    std::vector<std::vector<double>> m_otherMeans;
    std::vector<Polyline> m_otherLines; ///< As they are drawn.
    std::int64_t m_course = 1;

    std::unique_ptr<Graphs> m_graphs;
    LossMarks* m_marks; ///< Owned by the canvas.
};

} // namespace chronograd
