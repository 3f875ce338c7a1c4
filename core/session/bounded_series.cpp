#include "core/session/bounded_series.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chronograd {

namespace {

void mergeInto(Bucket& left, const Bucket& right)
{
    const auto count = left.count + right.count;
    const double share = static_cast<double>(right.count) / static_cast<double>(count);
    left.mean += (right.mean - left.mean) * share;
    left.last = right.last;
    left.count = count;
    left.min = std::min(left.min, right.min);
    left.max = std::max(left.max, right.max);
}

/// The first bucket whose centre is not before x.
std::size_t firstFrom(std::span<const Bucket> buckets, double x)
{
    const auto found = std::partition_point(buckets.begin(), buckets.end(),
                                            [x](const Bucket& bucket) { return bucket.centre() < x; });
    return static_cast<std::size_t>(found - buckets.begin());
}

} // namespace

Bucket merged(std::span<const Bucket> buckets)
{
    Bucket all = buckets.front();
    for (const Bucket& bucket : buckets.subspan(1))
        mergeInto(all, bucket);
    return all;
}

BoundedSeries::BoundedSeries(std::size_t mostBuckets)
    : m_most(mostBuckets)
{
    assert(mostBuckets >= 16);
}

void BoundedSeries::append(std::int64_t update, double value)
{
    if (std::isfinite(value))
        append(Bucket{update, update, 1, value, value, value});
}

void BoundedSeries::append(const Bucket& bucket)
{
    assert(isEmpty() || bucket.first > m_buckets.back().last);
    if (m_buckets.size() == m_most)
        makeRoom();
    m_width = std::max(m_width, bucket.count);
    m_buckets.push_back(bucket);
}

void BoundedSeries::cutAfter(std::int64_t update)
{
    while (!m_buckets.empty() && m_buckets.back().last > update) {
        m_buckets.pop_back();
    }
}

std::size_t BoundedSeries::nearest(double update) const
{
    const std::size_t after = std::min(firstFrom(m_buckets, update), m_buckets.size() - 1);
    if (after == 0)
        return 0;
    const double toAfter = std::abs(m_buckets[after].centre() - update);
    return std::abs(m_buckets[after - 1].centre() - update) <= toAfter ? after - 1 : after;
}

void BoundedSeries::makeRoom()
{
    mergeMiddle();
    while (m_buckets.size() > m_most - m_most / 4) {
        m_width *= 2;
        mergeMiddle();
    }
}

void BoundedSeries::mergeMiddle()
{
    const std::size_t middle = m_most / 8;
    const std::size_t newest = m_buckets.size() - m_most / 4;
    if (newest <= middle)
        return;
    std::size_t kept = middle;
    for (std::size_t i = middle + 1; i < newest; ++i) {
        if (m_buckets[kept].count + m_buckets[i].count <= m_width)
            mergeInto(m_buckets[kept], m_buckets[i]);
        else
            m_buckets[++kept] = m_buckets[i];
    }
    const auto begin = m_buckets.begin();
    m_buckets.erase(begin + static_cast<std::ptrdiff_t>(kept) + 1,
                    begin + static_cast<std::ptrdiff_t>(newest));
}

std::vector<PixelColumn> pixelColumns(std::span<const Bucket> buckets, double from, double to, int pixels)
{
    std::vector<PixelColumn> columns;
    if (buckets.empty())
        return columns;
    const std::size_t begin = firstFrom(buckets, from) - (buckets.front().centre() < from ? 1 : 0);
    const double perUpdate = pixels / (to - from);
    double pixel = -1e300;
    for (std::size_t i = begin; i < buckets.size(); ++i) {
        const Bucket& bucket = buckets[i];
        const bool isBeyond = bucket.centre() > to;
        const double itsPixel = std::floor((bucket.centre() - from) * perUpdate);
        if (columns.empty() || itsPixel > pixel || isBeyond) {
            columns.push_back({i, i, bucket.centre(), bucket.min, bucket.max});
            pixel = itsPixel;
        } else {
            PixelColumn& column = columns.back();
            column.lastBucket = i;
            column.min = std::min(column.min, bucket.min);
            column.max = std::max(column.max, bucket.max);
            column.x = 0.5 * (static_cast<double>(buckets[column.firstBucket].first) +
                              static_cast<double>(bucket.last));
        }
        if (isBeyond)
            break;
    }
    return columns;
}

std::vector<double> smoothed(std::span<const Bucket> buckets, double horizon)
{
    std::vector<double> means;
    means.reserve(buckets.size());
    double sum = 0.0;
    double weight = 0.0;
    std::int64_t count = 0;
    double keep = 1.0; // β^count
    for (const Bucket& bucket : buckets) {
        if (bucket.count != count) {
            count = bucket.count;
            keep = std::exp(-static_cast<double>(count) / horizon);
        }
        sum = keep * sum + (1.0 - keep) * bucket.mean;
        weight = keep * weight + (1.0 - keep);
        means.push_back(sum / weight);
    }
    return means;
}

} // namespace chronograd
