#include "ui/plots/label_rows.h"

#include <algorithm>
#include <cstddef>

namespace chronograd {

namespace {

struct Taken
{
    double left;
    double right;
    int row;
};

bool isFree(const std::vector<Taken>& taken, const Taken& wanted, double gap)
{
    return std::none_of(taken.begin(), taken.end(), [&](const Taken& other) {
        return other.row == wanted.row && wanted.left < other.right + gap && other.left < wanted.right + gap;
    });
}

} // namespace

std::vector<LabelPlace> placeLabels(std::span<const LabelWish> wishes, double left, double right, int rows,
                                    double gap)
{
    std::vector<LabelPlace> places(wishes.size());
    std::vector<Taken> taken;
    for (std::size_t i = wishes.size(); i-- > 0;) {
        const LabelWish& wish = wishes[i];
        const bool isRight = wish.x + gap + wish.width <= right;
        const double from = isRight ? wish.x + gap : wish.x - gap - wish.width;
        if (from < left)
            continue;
        for (int row = 0; row < rows; ++row) {
            const Taken wanted{from, from + wish.width, row};
            if (!isFree(taken, wanted, gap))
                continue;
            taken.push_back(wanted);
            places[i] = {true, from, row};
            break;
        }
    }
    return places;
}

QString inTwoLines(QString text)
{
    const qsizetype middle = text.size() / 2;
    const qsizetype before = text.lastIndexOf(u' ', middle);
    const qsizetype after = text.indexOf(u' ', middle);
    const bool isAfterNearer = after >= 0 && (before < 0 || after - middle < middle - before);
    const qsizetype at = isAfterNearer ? after : before;
    return at < 0 ? text : text.replace(at, 1, u'\n');
}

} // namespace chronograd
