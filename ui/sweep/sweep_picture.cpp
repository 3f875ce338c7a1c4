#include "ui/sweep/sweep_picture.h"

#include "ui/sweep/sweep_chart.h"
#include "ui/sweep/sweep_words.h"
#include "ui/theme/theme.h"

#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QScreen>
#include <QSvgGenerator>

namespace chronograd {

namespace {

QRectF insideOf(const QSizeF& picture)
{
    constexpr double margin = 16.0;
    return QRectF(QPointF(0, 0), picture).adjusted(margin, margin, -margin, -margin);
}

void paintInto(QPaintDevice& device, const SweepShown& shown, const QSize& size, const Theme& theme)
{
    QPainter painter(&device);
    painter.fillRect(QRectF(QPointF(0, 0), size), theme.card);
    makeSweepChart(shown, insideOf(size), theme)->paint(painter, std::nullopt);
}

bool writePng(QIODevice& file, const SweepShown& shown, const QSize& size, const Theme& theme)
{
    constexpr double fineness = 2.0;
    QImage image(size * fineness, QImage::Format_RGB32);
    image.setDevicePixelRatio(fineness);
    paintInto(image, shown, size, theme);
    return image.save(&file, "PNG");
}

bool writeSvg(QIODevice& file, const SweepShown& shown, const QSize& size, const Theme& theme)
{
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    // Else texts, sized in points, come out smaller than on screen.
    generator.setResolution(qRound(QGuiApplication::primaryScreen()->logicalDotsPerInch()));
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setTitle(sweepTitle(shown));
    paintInto(generator, shown, size, theme);
    return true;
}

} // namespace

QSize sweepPictureSize(const SweepShown& shown, const Theme& theme)
{
    constexpr QSizeF least(640.0, 240.0); // for title and legend
    const QSizeF most = shown.plan->axes().size() > 2 ? QSizeF(1100, 620) : QSizeF(900, 600);
    const QSizeF spare = makeSweepChart(shown, insideOf(most), theme)->spareRoom();
    return (most - spare).expandedTo(least).toSize();
}

QString writeSweepPicture(const SweepShown& shown, const QString& path, const QSize& size, const Theme& theme)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return QStringLiteral("%1: %2").arg(path, file.errorString());
    const QString suffix = QFileInfo(path).suffix().toLower();
    const bool isWritten =
        suffix == u"svg" ? writeSvg(file, shown, size, theme) : writePng(file, shown, size, theme);
    return isWritten && file.commit() ? QString() : QStringLiteral("%1: %2").arg(path, file.errorString());
}

} // namespace chronograd
