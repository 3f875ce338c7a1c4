#pragma once

#include "core/worked/worked_example.h"

#include <string>

namespace chronograd {

/// "28 agree, 13 right for the book's rounded numbers, 1 wrong, 4 follow from a wrong number"
std::string markCounts(const WorkedExample& example);

/// A row for each number: name, book, engine, mark in sign and words, note; then the counts.
std::string workedTable(const WorkedExample& example);

} // namespace chronograd
