#pragma once

#include "core/compare/comparison.h"
#include "ui/graph/graph_mark.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace chronograd {

class LanePlot;
class LaneRow;
class SegmentedControl;

/// The lanes that were forked from a run, trained side by side: their list, their curves over each other, and
/// in what the lane that the graph shows first differs from the reference, which is the first.
class ComparePanel : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePanel(QWidget* parent = nullptr);
    ~ComparePanel() override;

    const Comparison* comparison() const { return m_comparison.get(); }
    bool isShowingLane() const { return m_shown.has_value(); }
    const Lane* shownLane() const; ///< Null: none.
    QString shownName() const;

    /// The moment that forkAsked() was for has come: asks what the lane shall do differently.
    void askAndFork(std::shared_ptr<const ForkPoint> point);
    /// A lane from the fork point of those there are; when there are none, from this one, with an unchanged
    /// lane before it.
    void fork(const ForkPoint& point, const LaneSpec& lane);
    /// One that comes with the program runs at once, drawn so that small losses can be told apart.
    void start(std::unique_ptr<Comparison> comparison, const QString& lookFor);
    /// A sentence, or nothing: so many more lanes fit.
    QString whyNoRoomFor(std::size_t lanes) const;
    /// Saved runs beside the lanes there are; `origin` is where further lanes begin when there are none.
    /// Precondition: they fit.
    void addRuns(std::vector<std::unique_ptr<Lane>> runs, const ForkPoint& origin);
    void clear();
    /// What the bar on top asks for while a lane is shown.
    void obey(const Command& command);

    void setMeasure(Measure measure);

public slots:
    void startFork(); ///< What the button does: another lane, or the first ones.
    void toggleRun();
    void step();

signals:
    void forkAsked(); ///< Of the run, as it stands.
    void chooserAsked();
    /// Of the lane that is shown; its state is that of all lanes. The first news of a lane begin with
    /// `restarted`.
    void newsTaken(const chronograd::SessionNews& news);
    void shownChanged(); ///< Another lane, or none.
    void shownRenamed();
    void laneEdited(chronograd::Lane& lane); ///< By hand.
    void ticked();                           ///< The lanes have taken their news.
    void leaving(); ///< The lanes are about to go back, or to end: what they came to is left.
    void laneEnding(const chronograd::Lane& lane); ///< After leaving(): its session ends.
    void lanesAdded();                             ///< Saved runs, none of which is shown in the graph yet.
    void markChanged(const std::optional<chronograd::GraphMark>& mark);
    void failed(const QString& sentence);

protected:
    void changeEvent(QEvent* event) override;

private:
    void buildBar(QVBoxLayout& lines);
    void setComparison(std::unique_ptr<Comparison> comparison, const QString& lookFor);
    void addRow();
    void remove(LaneRow* row);
    void show(std::optional<std::size_t> lane);
    void stopLooking();
    void rename(LaneRow* row, const QString& name);
    void askAndSave(LaneRow* row);
    void tick();
    void restart(std::optional<std::uint64_t> newSeed);
    void goBack(const std::function<void()>& journey);
    void tellNews(bool isFirst);
    void lookForDifference();
    void setMark(const std::optional<Difference>& difference);
    void fillRows();
    void fillPlot();
    void showButtons();
    std::size_t placeOf(const LaneRow* row) const;
    Hyperparameters original() const;

    std::unique_ptr<Comparison> m_comparison; ///< Null: no lanes.
    std::vector<LaneRow*> m_rows;
    std::optional<std::size_t> m_shown;
    std::shared_ptr<const Frame> m_comparedA; ///< The frames that the difference was looked for in last.
    std::shared_ptr<const Frame> m_comparedB;
    QElapsedTimer m_sinceCompared;
    QTimer m_timer;

    QPushButton* m_fork = nullptr;
    QPushButton* m_ready = nullptr;
    QPushButton* m_run = nullptr;
    QPushButton* m_step = nullptr;
    QPushButton* m_clear = nullptr;
    SegmentedControl* m_pace = nullptr;
    SegmentedControl* m_measure = nullptr;
    QWidget* m_controls = nullptr; ///< What makes sense with lanes only.
    QLabel* m_hint;                ///< What to do, or what to look for.
    QWidget* m_list;
    LanePlot* m_plot;
    QLabel* m_difference;
};

} // namespace chronograd
