#include "ui/library/curve_bytes.h"

#include <QDataStream>
#include <QIODevice>

namespace chronograd {

namespace {

constexpr qsizetype pointBytes = 2 * sizeof(double);

} // namespace

QByteArray curveBytes(const QPolygonF& curve)
{
    QByteArray bytes;
    bytes.reserve(curve.size() * pointBytes);
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_0);
    for (const QPointF& point : curve)
        out << point.x() << point.y();
    return bytes;
}

QPolygonF curveOf(const QByteArray& bytes)
{
    QPolygonF curve;
    QDataStream in(bytes);
    in.setVersion(QDataStream::Qt_6_0);
    for (qsizetype left = bytes.size() / pointBytes; left > 0; --left) {
        double x = 0;
        double y = 0;
        in >> x >> y;
        curve.append({x, y});
    }
    return curve;
}

} // namespace chronograd
