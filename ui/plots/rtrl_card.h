#pragma once

#include "ui/plots/analysis_view.h"

#include <QWidget>

class QLabel;

namespace chronograd {

class NumberTable;
struct RtrlComparison;
struct UpdateAnalysis;

/// The same gradient twice: back through time, and forward in time by real-time recurrent learning.
class RtrlCard : public QWidget, public AnalysisView
{
    Q_OBJECT

public:
    explicit RtrlCard(QWidget* parent = nullptr);

    void startExperiment(const Experiment& experiment) override;
    void ask(AnalysisRequest& request) const override;
    void showNews(const SessionNews& news) override;
    void showSession(const Lane* session) override;

    NumberTable* table() const { return m_table; }

private:
    void showComparison(const UpdateAnalysis& analysis, const RtrlComparison& comparison);

    NumberTable* m_table;
    QLabel* m_words;
};

} // namespace chronograd
