#pragma once

#include "core/session/session.h"
#include "ui/plots/chart_widget.h"

#include <memory>

class QComboBox;

namespace chronograd {

/// Eigenvalues of the recurrent matrix in the complex plane, with the unit circle: outside it the linear part
/// of the state grows, inside it dies away.
class EigenvaluePlot : public ChartWidget
{
    Q_OBJECT

public:
    explicit EigenvaluePlot(QWidget* parent = nullptr);

    void showAnalysis(std::shared_ptr<const UpdateAnalysis> analysis); ///< Null: nothing to show.

protected:
    Extent extent() const override;
    void fill() override;
    void refresh() override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void writeCsv(QTextStream& out) const override;
    void resizeEvent(QResizeEvent* event) override;

private:
    const Spectrum* spectrum() const;
    void fillChooser();
    void placeChooser();
    void paint(QPainter& painter) const;

    std::shared_ptr<const UpdateAnalysis> m_analysis;
    int m_matrix = 0;
    QComboBox* m_chooser;
};

/// "hidden.W_h", of a gated layer "memory.W_h, gate f".
QString matrixName(const Network& network, const RecurrentMatrix& matrix);

} // namespace chronograd
