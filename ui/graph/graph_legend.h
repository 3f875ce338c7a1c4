#pragma once

#include <QWidget>

#include <optional>

namespace chronograd {

struct GraphState;

/// What colours and shapes mean, and the ends of their scales. Always visible.
class GraphLegend : public QWidget
{
    Q_OBJECT

public:
    explicit GraphLegend(const GraphState& state, QWidget* parent = nullptr);

    /// Of the view of operations: the ends of the scales of its two columns; none: of the graph.
    struct Columns
    {
        double values = 1.0;
        double gradients = 1.0;
    };
    void showColumns(const std::optional<Columns>& columns);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override; ///< With everything below one another, and a shorter caption.
    QString shownCaption() const;           ///< As long as there is room for it.

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void explainColours();
    QString caption() const;
    QString shortCaption() const;
    int widthOf(const QString& text) const;
    QString scaleText() const;
    int scaleWidth() const;

    const GraphState& m_state;
    std::optional<Columns> m_columns;
};

} // namespace chronograd
