#pragma once

#include "core/training/prediction.h"

#include <QRectF>
#include <QString>

#include <functional>
#include <vector>

class QPainter;

namespace chronograd {

struct Theme;

/// Is there more than one output, and is every target one of them: 1 for it, 0 for all others?
bool hasClasses(const Prediction& prediction);

/// Which classes have a row: all of few; of many those that are targets here or are thought likely somewhere.
std::vector<int> shownClasses(const Prediction& prediction);

/// How often the likeliest class is the target.
struct ClassCount
{
    std::size_t right = 0;
    std::size_t all = 0; ///< Points with a target.
};
ClassCount countRight(const Prediction& prediction);

/// The outputs of a point, the greatest first.
std::vector<int> likeliest(const Prediction& prediction, std::size_t point);
/// Precondition: the point has a target.
int targetClass(const Prediction& prediction, std::size_t point);

/// What the network says of classes at every point: a row for each class, the first on top, the stronger the
/// likelier; the target is ringed. Where points are closer than pixels the likeliest of them is shown.
struct ClassPicture
{
    const Prediction& prediction;
    const std::vector<int>& classes;   ///< Of the rows, from above.
    QRectF area;                       ///< Nothing is painted outside.
    std::function<double(double)> xOf; ///< Of a time …
    std::function<double(double)> yOf; ///< … and of a row's middle, which count upwards from 0.

    void paint(QPainter& painter, const Theme& theme) const;

private:
    QRectF cellAt(std::size_t first, std::size_t last, std::size_t row) const; ///< Rows from above.
};

} // namespace chronograd
