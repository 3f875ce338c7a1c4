#pragma once

#include "core/training/prediction.h"
#include "ui/plots/chart_widget.h"

#include <memory>

class QComboBox;

namespace chronograd {

/// What the network says along the series, beside what it should say and what it says when it is fed with its
/// own outputs; the test part is shaded. Where the outputs are classes, all of them at once, or one.
class PredictionPlot : public ChartWidget
{
    Q_OBJECT

public:
    explicit PredictionPlot(QWidget* parent = nullptr);
    ~PredictionPlot() override;

    /// Null: nothing to show.
    void showPrediction(std::shared_ptr<const Prediction> prediction);

    static constexpr int allClasses = -1;
    int output() const { return m_output; } ///< Which of several outputs is shown; or allClasses.

protected:
    Extent extent() const override;
    void fill() override;
    void applyTheme(const Theme& theme) override;
    Hover hoverAt(const QPointF& onCanvas) override;
    void refresh() override;
    void resizeEvent(QResizeEvent* event) override;
    void writeCsv(QTextStream& out) const override;

private:
    struct Parts;

    void chooseOutput(int output);
    void chooseRow(int row); ///< Of the chooser.
    void fillChooser();
    void fillLines();
    void fillAxes();
    Hover classesAt(const QPointF& onCanvas) const;
    std::size_t pointAt(double x) const; ///< The nearest. Precondition: there is one.
    void fillLegend(const Theme& theme);
    void placeChooser();
    QString outputName(int output) const;
    QString timeName() const;
    double firstTestX() const; ///< Where the shade begins. Precondition: there is a test part.

    std::shared_ptr<const Prediction> m_prediction;
    bool m_hasClasses = false;
    std::vector<int> m_classes; ///< That have a row when all are shown, from above.
    int m_output = 0;
    Polyline m_target; ///< Of the output that is shown, as of the last refresh.
    Polyline m_said;
    Polyline m_free; ///< Fed with its own outputs; may be empty.
    std::unique_ptr<Parts> m_parts;
    QComboBox* m_chooser;
};

} // namespace chronograd
