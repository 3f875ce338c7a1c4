#include "ui/plots/weight_names.h"

#include <QComboBox>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int mostListed = 4000;

} // namespace

QString weightName(const Network& network, const WeightPlace& weight)
{
    const ParameterView& view = network.parameters()[weight.parameter];
    const QString name = QString::fromStdString(view.name);
    return view.isBias ? QStringLiteral("%1[%2]").arg(name).arg(weight.row + 1)
                       : QStringLiteral("%1[%2,%3]").arg(name).arg(weight.row + 1).arg(weight.column + 1);
}

bool haveSameWeights(const Network& a, const Network& b)
{
    return std::ranges::equal(a.parameters().views(), b.parameters().views(),
                              [](const ParameterView& one, const ParameterView& other) {
                                  return one.name == other.name && one.rows == other.rows &&
                                         one.columns == other.columns;
                              });
}

void addWeights(QComboBox& list, const Network& network)
{
    const auto& views = network.parameters().views();
    for (std::size_t id = 0; id < views.size(); ++id)
        for (int row = 0; row < views[id].rows; ++row)
            for (int column = 0; column < views[id].columns && list.count() < mostListed; ++column) {
                const WeightPlace place{static_cast<ParameterId>(id), row, column};
                list.addItem(weightName(network, place), QVariant::fromValue(place));
            }
}

} // namespace chronograd
