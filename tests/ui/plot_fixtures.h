#pragma once

#include "core/session/session.h"
#include "ui/plots/plot_widget.h"

#include <QApplication>
#include <QFile>
#include <QImage>
#include <QImageReader>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

namespace chronograd {

/// Elman 2 → 3 → 1 with known numbers: weight (row, column) of parameter p is p + row/10 + column/100, its
/// change a tenth of that with alternating sign.
inline Frame exampleFrame(std::int64_t update, bool isDone)
{
    NetworkSpec spec;
    spec.inputs = 2;
    spec.layers = {{.name = "hidden", .cell = Cell::Elman, .units = 3, .activation = {}},
                   {.name = "output", .cell = Cell::Dense, .units = 1, .activation = {}}};
    static const std::shared_ptr<const Network> network = Network::build(spec);

    Frame frame;
    frame.network = network;
    frame.update = update;
    frame.updateDone = isDone;
    frame.position.update = isDone ? update : update - 1;
    const ParameterLayout& layout = network->parameters();
    const auto size = static_cast<Eigen::Index>(layout.size());
    frame.before = Vector::Zero(size);
    Vector change = Vector::Zero(size);
    for (std::size_t p = 0; p < layout.views().size(); ++p) {
        const ParameterView& view = layout.views()[p];
        for (int row = 0; row < view.rows; ++row)
            for (int column = 0; column < view.columns; ++column) {
                const auto at = static_cast<Eigen::Index>(view.at(row, column));
                frame.before[at] = double(p) + row / 10.0 + column / 100.0;
                change[at] = 0.1 * frame.before[at] * ((row + column) % 2 == 0 ? 1.0 : -1.0);
            }
    }
    if (isDone) {
        frame.change = change;
        frame.after = frame.before + change;
    }
    return frame;
}

inline void wheel(QWidget& widget, QPoint at, int steps)
{
    QWheelEvent event(QPointF(at), widget.mapToGlobal(QPointF(at)), QPoint(), QPoint(0, 120 * steps),
                      Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

inline QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A picture file at a size; SVG is drawn by Qt's reader for it.
inline QImage pictureOf(const QString& path, QSize size)
{
    QImageReader reader(path);
    reader.setScaledSize(size);
    return reader.read().convertToFormat(QImage::Format_RGB32);
}

/// The share of blocks (8 × 8 pixels) whose mean colours differ clearly.
inline double shareOfDifferentBlocks(const QImage& a, const QImage& b)
{
    const QSize blocks(a.width() / 8, a.height() / 8);
    const QImage small = a.scaled(blocks, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QImage other = b.scaled(blocks, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    int different = 0;
    for (int y = 0; y < blocks.height(); ++y)
        for (int x = 0; x < blocks.width(); ++x) {
            const QColor p = small.pixelColor(x, y);
            const QColor q = other.pixelColor(x, y);
            const int far =
                std::abs(p.red() - q.red()) + std::abs(p.green() - q.green()) + std::abs(p.blue() - q.blue());
            different += far > 90 ? 1 : 0;
        }
    return double(different) / (blocks.width() * blocks.height());
}

/// The number of pixels of a picture that are not of this colour.
inline int pixelsUnlike(const QImage& image, const QRect& part, const QColor& color)
{
    int unlike = 0;
    for (int y = part.top(); y <= part.bottom(); ++y)
        for (int x = part.left(); x <= part.right(); ++x)
            unlike += image.pixelColor(x, y) != color ? 1 : 0;
    return unlike;
}

} // namespace chronograd
