#pragma once

#include <QByteArray>
#include <QPolygonF>

namespace chronograd {

// How the library keeps a curve: the same bytes on every machine.

QByteArray curveBytes(const QPolygonF& curve);
/// Bytes that are none give an empty curve.
QPolygonF curveOf(const QByteArray& bytes);

} // namespace chronograd
