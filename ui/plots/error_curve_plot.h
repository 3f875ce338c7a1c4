#pragma once

#include "core/analysis/update_analysis.h"
#include "ui/plots/analysis_view.h"
#include "ui/plots/chart_widget.h"

#include <memory>
#include <optional>

class QComboBox;

namespace chronograd {

/// The error as a function of one weight, with the ball that is the weight now, the step just taken and the
/// next one for the rate and the momentum that are set.
class ErrorCurvePlot : public ChartWidget, public AnalysisView
{
    Q_OBJECT

public:
    explicit ErrorCurvePlot(QWidget* parent = nullptr);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest& request) const override;
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;

    void chooseWeight(const WeightPlace& weight);
    WeightPlace weight() const { return m_weight; }

signals:
    void requestChanged();

protected:
    Extent extent() const override;
    void fill() override;
    void refresh() override;
    void applyTheme(const Theme& theme) override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void writeCsv(QTextStream& out) const override;
    void resizeEvent(QResizeEvent* event) override;

private:
    const ErrorCurve* curve() const;
    QString nameOfWeight() const;
    QString regimeWords() const; ///< What the rate does here; empty where that is not known.
    void fillChooser();
    void placeChooser();
    void follow(double weight);
    void askForRange(PlotRange range);
    void paint(QPainter& painter) const;
    void paintTangent(QPainter& painter) const;
    void paintBalls(QPainter& painter) const;

    std::shared_ptr<const UpdateAnalysis> m_analysis;
    std::shared_ptr<const Network> m_network;
    Hyperparameters m_settings; ///< In force for the next update.
    WeightPlace m_weight;
    PlotRange m_range{-2.0, 2.0}; ///< Of the weight: what is computed.
    bool m_isPlaced = false;      ///< The range has been put around the weight.
    QComboBox* m_chooser;
    QCPGraph* m_graph; ///< Owned by the plot.
};

} // namespace chronograd
