#pragma once

#include "ui/plots/change_marks.h"
#include "ui/plots/plot_canvas.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace chronograd {

/// What is drawn over the loss curve: marks of changes, where training stands, words in the place of data.
/// The plot owns it.
class LossMarks : public PaintedLayer
{
public:
    explicit LossMarks(QCustomPlot* plot);

    std::vector<ShownMark> shown;
    std::optional<std::int64_t> now; ///< Where training stands, when it has gone back.
    QString hint;                    ///< In the place of data that is not there yet.
};

} // namespace chronograd
