#include "ui/plots/class_picture.h"

#include "ui/theme/strength_color.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chronograd {

namespace {

constexpr double leastShown = 0.01; ///< Less likely than that looks like nothing.
constexpr double ringFrom = 5.0;    ///< Pixels; in smaller cells the target is a dot.

Eigen::Index columnOf(std::size_t point)
{
    return static_cast<Eigen::Index>(point);
}

} // namespace

bool hasClasses(const Prediction& prediction)
{
    const Matrix& targets = prediction.targets;
    if (targets.rows() < 2)
        return false;
    bool hasTarget = false;
    for (std::size_t point = 0; point < prediction.x.size(); ++point) {
        if (prediction.hasTarget[point] == 0)
            continue;
        hasTarget = true;
        const auto column = targets.col(columnOf(point)).array();
        if ((column == 1.0).count() != 1 || (column == 0.0).count() != targets.rows() - 1)
            return false;
    }
    return hasTarget;
}

int targetClass(const Prediction& prediction, std::size_t point)
{
    Eigen::Index row = 0;
    prediction.targets.col(columnOf(point)).maxCoeff(&row);
    return static_cast<int>(row);
}

std::vector<int> shownClasses(const Prediction& prediction)
{
    constexpr Eigen::Index few = 12;
    constexpr double likely = 0.25;
    const Matrix& said = prediction.outputs;
    std::vector<bool> isShown(static_cast<std::size_t>(said.rows()), said.rows() <= few);
    for (std::size_t point = 0; point < prediction.x.size(); ++point)
        if (prediction.hasTarget[point] != 0)
            isShown[static_cast<std::size_t>(targetClass(prediction, point))] = true;
    std::vector<int> classes;
    for (Eigen::Index output = 0; output < said.rows(); ++output)
        if (isShown[static_cast<std::size_t>(output)] || (said.row(output).array() >= likely).any())
            classes.push_back(static_cast<int>(output));
    return classes;
}

std::vector<int> likeliest(const Prediction& prediction, std::size_t point)
{
    std::vector<int> order(static_cast<std::size_t>(prediction.outputs.rows()));
    std::iota(order.begin(), order.end(), 0);
    const auto said = prediction.outputs.col(columnOf(point));
    std::ranges::stable_sort(order, [&said](int a, int b) { return said[a] > said[b]; });
    return order;
}

ClassCount countRight(const Prediction& prediction)
{
    ClassCount count;
    for (std::size_t point = 0; point < prediction.x.size(); ++point) {
        if (prediction.hasTarget[point] == 0)
            continue;
        Eigen::Index said = 0;
        prediction.outputs.col(columnOf(point)).maxCoeff(&said);
        ++count.all;
        if (said == targetClass(prediction, point))
            ++count.right;
    }
    return count;
}

/// From half-way to the point before to half-way to the one after.
QRectF ClassPicture::cellAt(std::size_t first, std::size_t last, std::size_t row) const
{
    const std::vector<double>& x = prediction.x;
    const double half = x.size() > 1 ? 0.5 * (x.back() - x.front()) / static_cast<double>(x.size() - 1) : 0.5;
    const double middle = static_cast<double>(classes.size() - 1 - row);
    return QRectF(QPointF(xOf(x[first] - half), yOf(middle + 0.5)),
                  QPointF(xOf(x[last] + half), yOf(middle - 0.5)))
        .intersected(area);
}

void ClassPicture::paint(QPainter& painter, const Theme& theme) const
{
    const std::vector<double>& x = prediction.x;
    if (x.empty())
        return;
    const double wide = std::abs(xOf(x.back()) - xOf(x.front())) + 1.0;
    const auto stride =
        static_cast<std::size_t>(std::max(1.0, std::ceil(static_cast<double>(x.size()) / wide)));
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t first = 0; first < x.size(); first += stride) {
        const std::size_t last = std::min(first + stride, x.size()) - 1;
        const auto points = prediction.outputs.middleCols(columnOf(first), columnOf(last - first + 1));
        for (std::size_t row = 0; row < classes.size(); ++row) {
            const double said = points.row(classes[row]).maxCoeff();
            const QRectF cell = said >= leastShown ? cellAt(first, last, row) : QRectF();
            if (!cell.isEmpty())
                painter.fillRect(cell, strengthColor(theme, said));
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, true);
    for (std::size_t point = 0; point < x.size(); point += stride) {
        if (prediction.hasTarget[point] == 0)
            continue;
        const auto row = std::ranges::find(classes, targetClass(prediction, point)) - classes.begin();
        const QRectF cell = cellAt(point, point, static_cast<std::size_t>(row));
        const double size = std::min({cell.width(), cell.height(), 11.0});
        if (cell.isEmpty())
            continue;
        if (size < ringFrom) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.update);
            painter.drawEllipse(cell.center(), 1.2, 1.2);
            continue;
        }
        painter.setBrush(Qt::NoBrush);
        const double radius = 0.5 * size - 1.5;
        for (const QPen& pen : {theme.pen(theme.card, 4.0), theme.pen(theme.update, 1.8)})
        { // seen on strong cells too
            painter.setPen(pen);
            painter.drawEllipse(cell.center(), radius, radius);
        }
    }
}

} // namespace chronograd
