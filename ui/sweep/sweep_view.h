#pragma once

#include "ui/sweep/sweep_chart.h"
#include "ui/sweep/sweep_shown.h"

#include <QPixmap>
#include <QWidget>

namespace chronograd {

/// Shows the chart of a sweep. The mouse over a combination tells all about it, a click (or arrows and Enter)
/// chooses it.
class SweepView : public QWidget
{
    Q_OBJECT

public:
    explicit SweepView(QWidget* parent = nullptr);
    ~SweepView() override;

    void show(std::unique_ptr<SweepShown> shown);
    const SweepShown* shown() const { return m_shown.get(); }
    /// Null: nothing to show.
    const SweepChart* chart();
    std::optional<std::int64_t> marked() const { return m_marked; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void chosen(qint64 combination);

protected:
    void changeEvent(QEvent* event) override;
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void mark(std::optional<std::int64_t> combination);
    void forgetPicture();
    void choose(std::int64_t combination);

    std::unique_ptr<SweepShown> m_shown;
    std::unique_ptr<SweepChart> m_chart;
    QPixmap m_picture; ///< As it was painted last.
    std::optional<std::int64_t> m_marked;
};

} // namespace chronograd
