#pragma once

#include "core/worked/worked_example.h"

#include <QColor>
#include <QString>

namespace chronograd {

struct Theme;

/// "✓ agrees", short enough for a column.
QString markText(Mark mark);
QColor markColor(Mark mark, const Theme& theme);

/// A number of the book or beside it, with a real minus sign.
QString bookText(const std::string& number);

/// What the book calls it: its alias or, without one, the quantity's name.
QString nameOf(const BookEntry& entry);

/// "28 ✓ agree · 13 ≈ rounded · 1 ✗ wrong · 4 ↳ follow · 2 to come"
QString countsText(const WorkedExample& example);

/// What the mark means for this number, in sentences.
QString verdictText(const WorkedExample& example, std::size_t entry);

} // namespace chronograd
