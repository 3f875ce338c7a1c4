#pragma once

#include "core/training/setting.h"

#include <QPointF>
#include <QString>

class QPainter;

namespace chronograd {

struct GraphState;

/// What warnings say about a place of the picture, a line each; empty where there is nothing.
QString warningsAtLevel(const GraphState& state, int level);
QString warningsAtLoss(const GraphState& state);                     ///< And about training as a whole.
QString warningsAtBracket(const GraphState& state, Setting setting); ///< K1 or K2

/// A triangle with an exclamation mark.
void paintWarningSign(QPainter& painter, QPointF middle);

/// A sign at each unit that a warning names, at the newest step; not where it names the whole layer.
void paintWarnedUnits(QPainter& painter, const GraphState& state);

} // namespace chronograd
