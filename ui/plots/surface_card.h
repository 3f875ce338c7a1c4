#pragma once

#include "core/analysis/landscape.h"
#include "ui/plots/analysis_view.h"
#include "ui/plots/per_session.h"
#include "ui/plots/recording_gaps.h"
#include "ui/plots/seen_analyses.h"

#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QBoxLayout;
class QComboBox;
class QGridLayout;
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
    void showSession(const Lane* session) override;
    void forgetSession(const Lane* session) override;
    void setSeen(bool seen) override;

    bool isComputing() const { return m_job != nullptr; }
    void compute();
    void cancel();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Kept
    {
        std::shared_ptr<const Network> network;
        std::shared_ptr<const std::vector<Frame>> batch; ///< Of the newest update.
        SeenAnalyses seen{600};
        CourseWatch watch;
        std::int64_t last = 0;            ///< Update whose weights were recorded last.
        RecordingGaps gaps;               ///< Of the weights.
        std::optional<WeightPlane> plane; ///< Of what is shown:
        std::shared_ptr<const Landscape> landscape;
        QString xName;
        QString yName;
    };

    std::optional<WeightPlane> plane() const;
    void offerWeightsOf(const std::shared_ptr<const Network>& network);
    void look();
    void finish();
    void showSurface();
    void noteWeights(const SessionNews& news);
    void showPath();
    void dress();
    void placeControls();

    SurfacePlot* m_plot;
    QBoxLayout* m_parts;
    QWidget* m_controls;
    QGridLayout* m_bar;
    QComboBox* m_kind;
    QComboBox* m_first;
    QComboBox* m_second;
    std::shared_ptr<const Network> m_offered; ///< Whose weights can be chosen.
    QPushButton* m_button;
    QProgressBar* m_progress;
    QTimer m_timer;

    PerSession<Kept> m_kept;
    bool m_isSeen = true;
    std::unique_ptr<LandscapeJob> m_job; ///< Of the session that is shown.
};

} // namespace chronograd
