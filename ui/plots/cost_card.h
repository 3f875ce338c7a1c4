#pragma once

#include "core/training/frame.h"
#include "ui/plots/analysis_view.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;

namespace chronograd {

class NumberTable;

/// What training one sequence costs with these k1 and k2, beside full back-propagation once a sequence and
/// once a step; and how fast this machine trains.
class CostCard : public QWidget, public AnalysisView
{
    Q_OBJECT

public:
    explicit CostCard(QWidget* parent = nullptr);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest&) const override {}
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;

    NumberTable* table() const { return m_table; }

protected:
    void showEvent(QShowEvent* event) override;

private:
    void showCosts();

    NumberTable* m_table;
    QLabel* m_speed;
    std::shared_ptr<const Frame> m_frame;
    std::optional<Hyperparameters> m_shown; ///< What the table was made for …
    std::int64_t m_shownLength = 0;
    const Network* m_shownNetwork = nullptr; ///< … not to make it again for every frame.
};

} // namespace chronograd
