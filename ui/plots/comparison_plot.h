#pragma once

#include "ui/plots/curves_plot.h"

class QPushButton;

namespace chronograd {

/// The truncated gradient against the full one: two arrows for the update that is shown, cosine and relative
/// length over the updates.
class ComparisonPlot : public CurvesPlot
{
    Q_OBJECT

public:
    explicit ComparisonPlot(QWidget* parent = nullptr);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest& request) const override { request.comparison = m_isOn; }
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;

    bool isOn() const { return m_isOn; } ///< It costs a sweep over the whole sequence: it can be left out.
    void setOn(bool on);
    QPushButton* makeSwitch();

signals:
    void requestChanged();

protected:
    std::optional<Sample> sampleOf(const UpdateAnalysis& analysis) const override;
    QString hint() const override;
    PlotRange leastRange() const override { return {0.0, 1.0}; }
    void refresh() override;

private:
    void paintInset(QPainter& painter) const;
    double paintTexts(QPainter& painter, const QRectF& area) const;
    void paintArrows(QPainter& painter, const QRectF& room) const;
    QStringList texts() const;
    bool isLow() const;

    std::shared_ptr<const UpdateAnalysis> m_analysis;
    QString m_k2; ///< Of the newest frame.
    bool m_isOn = true;
};

} // namespace chronograd
