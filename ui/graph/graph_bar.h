#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QSlider;

namespace chronograd {

class GraphCanvas;
class Minimap;

/// The row under the graph: where one is in the sequence, and how faint an edge may be to be drawn.
class GraphBar : public QWidget
{
    Q_OBJECT

public:
    explicit GraphBar(GraphCanvas& canvas, QWidget* parent = nullptr);

    void refresh();                 ///< Another frame, another scale, another view.
    void setOperations(bool shown); ///< There are no copies and no edges then.

signals:
    void operationsAsked(bool shown);

private:
    QPushButton* makeFold();
    QPushButton* makeOperations();
    QSlider* makeSlider();

    GraphCanvas& m_canvas;
    QPushButton* m_fold;
    Minimap* m_minimap;
    QLabel* m_label;
    QSlider* m_weakest;
    QLabel* m_count;
    bool m_areOperations = false;
};

} // namespace chronograd
