#pragma once

#include <QString>

#include <span>
#include <vector>

namespace chronograd {

/// A text that wants to stand beside a vertical line at x.
struct LabelWish
{
    double x = 0.0;
    double width = 0.0;
};

struct LabelPlace
{
    bool isShown = false; ///< False: there is no room for it.
    double left = 0.0;
    int row = 0; ///< From the top.
};

/// Puts each text right of its line (left of it where it would leave the picture), in the first row where it
/// touches no other. Wishes ascend in x; the later ones go first, as the newest change matters most.
std::vector<LabelPlace> placeLabels(std::span<const LabelWish> wishes, double left, double right, int rows,
                                    double gap);

/// Broken at the space nearest to the middle, if there is one.
QString inTwoLines(QString text);

} // namespace chronograd
