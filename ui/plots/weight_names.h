#pragma once

#include "core/analysis/error_curve.h"

#include <QMetaType>
#include <QString>

class QComboBox;

namespace chronograd {

/// "hidden.W_h[3,1]", of a bias "hidden.b[3]".
QString weightName(const Network& network, const WeightPlace& weight);

/// Do both have the same parameters? A restart makes a network anew.
bool haveSameWeights(const Network& a, const Network& b);

/// Adds every weight of a network (the first some thousands) to a list, each with its place as data.
void addWeights(QComboBox& list, const Network& network);

} // namespace chronograd

Q_DECLARE_METATYPE(chronograd::WeightPlace)
