#pragma once

#include "core/analysis/error_functions.h"
#include "ui/plots/analysis_view.h"
#include "ui/plots/chart_widget.h"

#include <optional>

namespace chronograd {

class SegmentedControl;

/// Signed, absolute and squared errors side by side, or their slopes, with the errors of the outputs now.
class ErrorFunctionsPlot : public ChartWidget, public AnalysisView
{
    Q_OBJECT

public:
    explicit ErrorFunctionsPlot(QWidget* parent = nullptr);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest&) const override {}
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;

    void showSlopes(bool on);

protected:
    Extent extent() const override;
    void fill() override;
    void refresh() override;
    void applyTheme(const Theme& theme) override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void writeCsv(QTextStream& out) const override;
    void resizeEvent(QResizeEvent* event) override;

private:
    double heightOf(int function, double e) const;
    void paintErrors(QPainter& painter) const;

    std::shared_ptr<const Frame> m_frame;
    std::optional<OutputErrors> m_errors; ///< As of the last refresh.
    bool m_areSlopes = false;
    SegmentedControl* m_switch;
    std::vector<QCPGraph*> m_graphs; ///< Owned by the plot.
};

} // namespace chronograd
