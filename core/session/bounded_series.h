#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace chronograd {

/// The values of neighbouring updates, first … last. With count = 1 it is one value, exact.
struct Bucket
{
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t count = 0;
    double min = 0.0;
    double max = 0.0;
    double mean = 0.0;

    double centre() const { return 0.5 * (static_cast<double>(first) + static_cast<double>(last)); }
    bool operator==(const Bucket&) const = default;
};

/// Neighbouring ones as one. Precondition: not empty.
Bucket merged(std::span<const Bucket> buckets);

/// One number per update for any number of updates in bounded memory: the first eighth and the newest quarter
/// of the buckets hold single values, those between are merged pairwise into buckets of about equal size.
class BoundedSeries
{
public:
    /// Precondition: mostBuckets ≥ 16.
    explicit BoundedSeries(std::size_t mostBuckets = 32768);

    /// Precondition: `update` is greater than the last one. A value that is not finite is left out: it can
    /// neither be drawn nor averaged.
    void append(std::int64_t update, double value);

    /// What was a bucket of another series. Precondition: it begins after the last one ended.
    void append(const Bucket& bucket);

    /// Forgets what was appended after `update`; a merged bucket that reaches beyond it goes as a whole.
    void cutAfter(std::int64_t update);

    std::span<const Bucket> buckets() const { return m_buckets; }
    bool isEmpty() const { return m_buckets.empty(); }
    bool isExact() const { return m_width == 1; } ///< Nothing has been merged yet.
    /// Index of the bucket nearest to `update`. Precondition: not empty.
    std::size_t nearest(double update) const;

private:
    void makeRoom();
    void mergeMiddle();

    std::size_t m_most;
    std::int64_t m_width = 1; ///< Most values that a bucket of the middle holds.
    std::vector<Bucket> m_buckets;
};

/// What one column of pixels shows of a series: the buckets whose centre lies in it.
struct PixelColumn
{
    std::size_t firstBucket = 0;
    std::size_t lastBucket = 0;
    double x = 0.0; ///< Middle of its updates; of a single update: that update.
    double min = 0.0;
    double max = 0.0;
};

/// At most one column per pixel for from ≤ update ≤ to, and the neighbours on both sides (so that the line
/// goes on to the edges). Precondition: from < to, pixels ≥ 1.
std::vector<PixelColumn> pixelColumns(std::span<const Bucket> buckets, double from, double to, int pixels);

/// Exponential mean with the weight of a value falling to 1/e after `horizon` values, without a pull towards
/// the start: s_n = Σ β^(n−i) x_i / Σ β^(n−i), β = e^(−1/horizon). One per bucket, at its last value; a
/// bucket enters as `count` values equal to its mean.
std::vector<double> smoothed(std::span<const Bucket> buckets, double horizon);

} // namespace chronograd
