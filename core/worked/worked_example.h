#pragma once

#include "core/experiment/book_number.h"
#include "core/experiment/experiment.h"
#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

/// What the engine says of a number of a book.
enum class Mark : std::uint8_t
{
    None,    ///< Not computed yet.
    Agrees,  ///< ✓ The engine's number, to half a unit of the book's last digit.
    Rounded, ///< ≈ Right for the book's own earlier, rounded numbers (to one unit), but not the exact one.
    Wrong,   ///< ✗ Neither.
    Follows, ///< ↳ Only right for an earlier number that is wrong.
};

/// "✓"; empty for None.
std::string_view markSign(Mark mark);
/// "agrees", "right for the book's rounded numbers" …
std::string_view markWords(Mark mark);

/// A number that a book gives.
struct BookEntry
{
    BookValue book;
    BookNumber number;
    Quantity of;

    SignConvention sign() const
    {
        return book.sign == "error signal" ? SignConvention::ErrorSignal : SignConvention::Derivative;
    }
    /// Between the book's sign and the engine's, either way: the error signal is −δ.
    double turned(double value) const { return sign() == SignConvention::ErrorSignal ? 0.0 - value : value; }
};

/// The engine's number beside the book's: two decimals more, unless it is shorter by itself.
std::string besideText(double value, const BookNumber& book);

/// What has been found out about it. Numbers have the book's sign.
struct Finding
{
    Mark mark = Mark::None;
    std::optional<double> engine;
    std::optional<double> byBook;     ///< The formula with the book's own earlier numbers.
    std::vector<std::size_t> follows; ///< Follows: the entries that are wrong.
    std::string absence;              ///< None: why it is not there, once its update was looked at.
};

/// The numbers that an experiment's book gives, and the marks they get while training is looked at.
class WorkedExample
{
public:
    WorkedExample() = default;
    /// \throws InputError when a book value is of a number that the network does not have.
    WorkedExample(const std::vector<BookValue>& expected, const Network& network);

    bool isEmpty() const { return m_entries.empty(); }
    const std::vector<BookEntry>& entries() const { return m_entries; }
    const Finding& finding(std::size_t entry) const { return m_findings[entry]; }
    int count(Mark mark) const;
    /// Its update is over and nobody looked at it: training went too fast.
    bool isPassed(std::size_t entry) const;
    bool hasNumbersOf(std::int64_t update) const;
    std::optional<std::size_t> find(const Quantity& quantity, std::int64_t update) const;

    /// Marks the numbers of the frame's update as far as they are computed. Those of earlier updates keep
    /// their marks, those of later ones lose them: training stands before them.
    void see(const Frame& frame);
    /// Marks these by a frame that has more than the one that was seen last, of the same update.
    void seeMore(const Frame& whole, std::span<const std::size_t> entries);
    /// Another run: nothing is known.
    void forget();

private:
    class Marking;

    std::vector<BookEntry> m_entries;
    std::vector<Finding> m_findings;
    std::int64_t m_update = 0; ///< Of the last frame seen.
};

} // namespace chronograd
