#include "ui/graph/edge_raster.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chronograd {

namespace {

constexpr int chunk = 256;
constexpr float dashLength = 4.0F;

/// The curve at a run of pixels along its main direction: where it crosses, and how much longer a piece of it
/// is than its projection.
struct Run
{
    std::array<float, chunk> cross;
    std::array<float, chunk> stretch;
};

/// source over target, both premultiplied; `cover` of 256.
QRgb blend(QRgb target, QRgb source, quint32 cover)
{
    constexpr quint32 mask = 0x00ff00ffU;
    const quint32 keep = 256 - (((quint32(qAlpha(source)) + 1) * cover) >> 8);
    const quint32 redBlue =
        ((((source & mask) * cover) >> 8) & mask) + ((((target & mask) * keep) >> 8) & mask);
    const quint32 alphaGreen =
        ((((source >> 8) & mask) * cover) & ~mask) + ((((target >> 8) & mask) * keep) & ~mask);
    return redBlue + alphaGreen;
}

/// The curve in pixels of the image, evaluated for a run of them.
void evaluate(const EdgeCurve& curve, float first, float count, Run& run)
{
    const auto from = static_cast<float>(curve.from);
    const float length = static_cast<float>(curve.to) - from;
    const auto start = static_cast<float>(curve.crossFrom);
    const float rise = static_cast<float>(curve.crossTo) - start;
    const auto bulge = static_cast<float>(curve.bulge);
    const float perPixel = 1.0F / length;
    for (int i = 0; i < static_cast<int>(count); ++i) {
        const float u = (first + static_cast<float>(i) + 0.5F - from) * perPixel;
        const float v = 2.0F * u - 1.0F;
        const float slope = (rise * 6.0F * u * (1.0F - u) - bulge * 8.0F * v * v * v) * perPixel;
        run.cross[static_cast<std::size_t>(i)] =
            start + rise * u * u * (3.0F - 2.0F * u) + bulge * (1.0F - v * v * v * v);
        run.stretch[static_cast<std::size_t>(i)] = std::sqrt(1.0F + slope * slope);
    }
}

EdgeCurve inPixels(const EdgeCurve& curve, QPointF origin, double scale)
{
    const double main = curve.upright ? origin.y() : origin.x();
    const double cross = curve.upright ? origin.x() : origin.y();
    EdgeCurve result = curve;
    result.from = (curve.from - main) * scale;
    result.to = (curve.to - main) * scale;
    result.crossFrom = (curve.crossFrom - cross) * scale;
    result.crossTo = (curve.crossTo - cross) * scale;
    result.bulge = curve.bulge * scale;
    if (result.from > result.to) {
        std::swap(result.from, result.to);
        std::swap(result.crossFrom, result.crossTo);
    }
    return result;
}

} // namespace

void strokeEdge(QImage& image, QPointF origin, double scale, const EdgeCurve& sceneCurve,
                const EdgeStroke& stroke)
{
    const EdgeCurve curve = inPixels(sceneCurve, origin, scale);
    const int mains = curve.upright ? image.height() : image.width();
    const int crosses = curve.upright ? image.width() : image.height();
    const int begin = std::max(0, static_cast<int>(std::lround(curve.from)));
    const int end = std::min(mains, static_cast<int>(std::lround(curve.to)));
    const qsizetype line = image.bytesPerLine() / qsizetype(sizeof(QRgb));
    const qsizetype mainStep = curve.upright ? line : 1;
    const qsizetype crossStep = curve.upright ? 1 : line;
    auto* pixels = reinterpret_cast<QRgb*>(image.bits());
    const auto width = static_cast<float>(stroke.width * scale);
    const float reach = width / 2 + 0.5F;
    const auto reach256 = static_cast<int>(reach * 256.0F);
    const auto full256 = static_cast<int>(std::min(1.0F, width) * 256.0F);
    // Where the curve is steep its width reaches far across; never beyond where it goes.
    const auto outward = static_cast<float>(curve.bulge);
    const float least =
        static_cast<float>(std::min(curve.crossFrom, curve.crossTo)) + std::min(0.0F, outward) - reach;
    const float most =
        static_cast<float>(std::max(curve.crossFrom, curve.crossTo)) + std::max(0.0F, outward) + reach;
    const int lowest = std::max(0, static_cast<int>(std::floor(least)));
    const int highest = std::min(crosses - 1, static_cast<int>(std::ceil(most)));
    const float dash = dashLength * static_cast<float>(scale);
    float travelled = 0.0F;
    Run run;
    for (int first = begin; first < end; first += chunk) {
        const int count = std::min(chunk, end - first);
        evaluate(curve, static_cast<float>(first), static_cast<float>(count), run);
        for (int i = 0; i < count; ++i) {
            const float stretch = run.stretch[static_cast<std::size_t>(i)];
            travelled += stretch;
            if (stroke.dashed && static_cast<int>(travelled / dash) % 2 != 0)
                continue;
            // Pixel centres are at halves; the perpendicular distance is the cross distance / stretch. Both
            // in 256ths of a pixel.
            const float middle = run.cross[static_cast<std::size_t>(i)] - 0.5F;
            const float half = reach * stretch;
            const int low = std::max(lowest, static_cast<int>(std::ceil(middle - half)));
            const int high = std::min(highest, static_cast<int>(std::floor(middle + half)));
            const auto step = static_cast<int>(256.0F / stretch);
            int distance = static_cast<int>((static_cast<float>(low) - middle) * 256.0F / stretch);
            QRgb* pixel = pixels + (first + i) * mainStep + low * crossStep;
            for (int j = low; j <= high; ++j, pixel += crossStep, distance += step) {
                const int cover = std::min(reach256 - std::abs(distance), full256);
                if (cover > 0)
                    *pixel = blend(*pixel, stroke.colour, static_cast<quint32>(cover));
            }
        }
    }
}

} // namespace chronograd
