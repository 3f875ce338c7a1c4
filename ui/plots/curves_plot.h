#pragma once

#include "core/session/bounded_series.h"
#include "core/session/session.h"
#include "ui/plots/analysis_view.h"
#include "ui/plots/chart_widget.h"
#include "ui/plots/course_watch.h"
#include "ui/plots/per_session.h"
#include "ui/plots/recording_gaps.h"

#include <optional>
#include <vector>

namespace chronograd {

/// Numbers of updates as curves over the updates that were looked at: a restart begins anew, another course
/// cuts what came after. What was not recorded, because nobody looked, is told. In bounded memory.
class CurvesPlot : public ChartWidget, public AnalysisView
{
    Q_OBJECT

public:
    CurvesPlot(const QString& fileName, QWidget* parent);
    ~CurvesPlot() override;

    void startExperiment(const Experiment& experiment) override;
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;
    void forgetSession(const Lane* session) override;
    void setSeen(bool seen) override;

    QStringList names() const { return m_kept->names; }
    const RecordingGaps& gaps() const { return m_kept->gaps; }

protected:
    /// Pixels: a lower canvas names fewer curves.
    static constexpr int lowCanvas = 220;

    /// What one update adds: a number for each curve.
    struct Sample
    {
        QStringList names;
        std::vector<double> values;
    };

    /// Absent: this analysis says nothing about it.
    virtual std::optional<Sample> sampleOf(const UpdateAnalysis& analysis) const = 0;
    /// In the place of curves that are not there.
    virtual QString hint() const = 0;
    virtual QString valueText(double value) const;
    /// The range of values that is shown at least; least > greatest: what there is.
    virtual PlotRange leastRange() const { return {1.0, 0.0}; }

    /// Other numbers are asked for: begins anew.
    void forgetCurves();
    void noteRecordingEnd() { m_kept->gaps.noteEnd(m_kept->last); } ///< Though it can be seen.
    void showAnalyses(const std::vector<std::shared_ptr<const UpdateAnalysis>>& analyses);
    std::int64_t lastUpdate() const { return m_kept->last; }

    Extent extent() const override;
    void fill() override;
    void refresh() override;
    void applyTheme(const Theme& theme) override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void writeCsv(QTextStream& out) const override;

private:
    struct Parts;
    struct Recorded
    {
        CourseWatch watch;
        QStringList names;
        std::vector<BoundedSeries> series;
        std::int64_t last = 0;
        RecordingGaps gaps;
    };

    void add(std::int64_t update, const Sample& sample);
    void cutAfter(std::int64_t update);
    void setNames(const QStringList& names);
    void makeGraphs(); ///< As many as there are names.
    void addRecordingWords(std::vector<LegendEntry>& entries) const;
    int namedCurves() const;
    void paintGaps(QPainter& painter) const;

    PerSession<Recorded> m_kept;
    bool m_isSeen = true;
    std::unique_ptr<Parts> m_parts;
};

} // namespace chronograd
