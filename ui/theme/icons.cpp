#include "ui/theme/icons.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace chronograd {

namespace {

QPainterPath triangle(double left, double right)
{
    QPainterPath path(QPointF(left, 4));
    path.lineTo(right, 10);
    path.lineTo(left, 16);
    path.closeSubpath();
    return path;
}

QPainterPath bar(double left, double width)
{
    QPainterPath path;
    path.addRoundedRect(QRectF(left, 4, width, 12), 0.8, 0.8);
    return path;
}

QPainterPath die()
{
    QPainterPath path;
    path.addRoundedRect(QRectF(3, 3, 14, 14), 3, 3);
    for (const QPointF& eye :
         {QPointF(7, 7), QPointF(13, 7), QPointF(10, 10), QPointF(7, 13), QPointF(13, 13)})
        path.addEllipse(eye, 1.4, 1.4); // odd-even filling makes them holes
    return path;
}

QPainterPath folder()
{
    QPainterPath path(QPointF(2, 5));
    path.lineTo(8, 5);
    path.lineTo(10, 7);
    path.lineTo(18, 7);
    path.lineTo(18, 16);
    path.lineTo(2, 16);
    path.closeSubpath();
    return path;
}

QPainterPath stroked(const QPainterPath& line, double width)
{
    QPainterPathStroker stroker;
    stroker.setWidth(width);
    stroker.setCapStyle(Qt::RoundCap);
    stroker.setJoinStyle(Qt::RoundJoin);
    return stroker.createStroke(line);
}

QPainterPath units()
{
    QPainterPath lines(QPointF(5, 14));
    lines.lineTo(10, 5.5);
    lines.lineTo(15, 14);
    QPainterPath path = stroked(lines, 1.4);
    path.setFillRule(Qt::WindingFill);
    for (const QPointF& unit : {QPointF(4.5, 14.5), QPointF(10, 5), QPointF(15.5, 14.5)})
        path.addEllipse(unit, 2.8, 2.8);
    return path;
}

QPainterPath pencil()
{
    QPainterPath line(QPointF(4, 16));
    line.lineTo(5, 12.4);
    line.lineTo(13.6, 3.8);
    line.lineTo(16.2, 6.4);
    line.lineTo(7.6, 15);
    line.closeSubpath();
    return stroked(line, 1.6);
}

QPainterPath eye()
{
    QPainterPath line(QPointF(2.5, 10));
    line.quadTo(10, 1.5, 17.5, 10);
    line.quadTo(10, 18.5, 2.5, 10);
    QPainterPath path = stroked(line, 1.5);
    path.setFillRule(Qt::WindingFill);
    path.addEllipse(QPointF(10, 10), 2.6, 2.6);
    return path;
}

QPainterPath downToLine()
{
    QPainterPath line(QPointF(10, 3));
    line.lineTo(10, 12);
    line.moveTo(6, 8.4);
    line.lineTo(10, 12.4);
    line.lineTo(14, 8.4);
    line.moveTo(4, 16.4);
    line.lineTo(16, 16.4);
    return stroked(line, 1.8);
}

QPainterPath cross()
{
    QPainterPath line(QPointF(5, 5));
    line.lineTo(15, 15);
    line.moveTo(15, 5);
    line.lineTo(5, 15);
    return stroked(line, 1.8);
}

QPainterPath screen()
{
    QPainterPath line;
    line.addRoundedRect(QRectF(2.5, 3.5, 15, 10), 1, 1);
    line.moveTo(10, 13.5);
    line.lineTo(10, 17);
    line.moveTo(6.5, 17);
    line.lineTo(13.5, 17);
    return stroked(line, 1.6);
}

/// On a grid of 20 × 20.
QPainterPath shape(Glyph glyph)
{
    QPainterPath path;
    switch (glyph) {
    case Glyph::Restart:
        path.addPath(bar(3, 2.2));
        path.addPath(triangle(11.2, 5.2));
        path.addPath(triangle(17.2, 11.2));
        break;
    case Glyph::NewSeed:
        return die();
    case Glyph::StepBack:
        path.addPath(bar(4, 2.4));
        path.addPath(triangle(16, 7));
        break;
    case Glyph::Run:
        return triangle(5.5, 15.5);
    case Glyph::Pause:
        path.addPath(bar(5, 3.4));
        path.addPath(bar(11.6, 3.4));
        break;
    case Glyph::Step:
        path.addPath(triangle(4, 13));
        path.addPath(bar(13.6, 2.4));
        break;
    case Glyph::Open:
        return folder();
    case Glyph::Graph:
        return units();
    case Glyph::Rename:
        return pencil();
    case Glyph::Eye:
        return eye();
    case Glyph::Save:
        return downToLine();
    case Glyph::Remove:
        return cross();
    case Glyph::Screen:
        return screen();
    }
    return path;
}

class GlyphEngine : public QIconEngine
{
public:
    GlyphEngine(Glyph glyph, const QColor& color)
        : m_glyph(glyph)
        , m_color(color)
    {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const double side = std::min(rect.width(), rect.height());
        painter->translate(QRectF(rect).center());
        painter->scale(side / 20.0, side / 20.0);
        painter->translate(-10, -10);
        QColor color = m_color;
        if (mode == QIcon::Disabled)
            color.setAlphaF(0.35F);
        painter->fillPath(shape(m_glyph), color);
        painter->restore();
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

    QIconEngine* clone() const override { return new GlyphEngine(m_glyph, m_color); }

private:
    Glyph m_glyph;
    QColor m_color;
};

} // namespace

QIcon icon(Glyph glyph, const QColor& color)
{
    return QIcon(new GlyphEngine(glyph, color));
}

} // namespace chronograd
