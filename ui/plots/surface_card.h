#pragma once

#include "core/analysis/landscape.h"
#include "ui/plots/analysis_view.h"
#include "ui/plots/seen_analyses.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QComboBox;
class QProgressBar;
class QPushButton;

namespace chronograd {

class SurfacePlot;

/// The error over two weights, or over the two main directions of the path so far: computed in the background
/// when asked for, with progress and cancel; the path goes on over it live.
class SurfaceCard : public QWidget, public AnalysisView
{
    Q_OBJECT

public:
    explicit SurfaceCard(QWidget* parent = nullptr);
    ~SurfaceCard() override;

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest& request) const override;
    void showNews(const SessionNews& news) override;

    bool isComputing() const { return m_job != nullptr; }
    void compute();
    void cancel();

private:
    std::optional<WeightPlane> plane() const;
    void fillChoosers(const Network& network);
    void look();
    void finish();
    void showPath();
    void dress();

    SurfacePlot* m_plot;
    QComboBox* m_kind;
    QComboBox* m_first;
    QComboBox* m_second;
    QPushButton* m_button;
    QProgressBar* m_progress;
    QTimer m_timer;

    std::shared_ptr<const Network> m_network;
    std::shared_ptr<const std::vector<Frame>> m_batch; ///< Of the newest update.
    SeenAnalyses m_seen{600};
    std::unique_ptr<LandscapeJob> m_job;
    std::optional<WeightPlane> m_plane; ///< Of what is shown.
    QString m_xName;
    QString m_yName;
};

} // namespace chronograd
