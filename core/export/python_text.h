#pragma once

#include "core/math/matrix.h"
#include "core/training/setting.h"

#include <string>
#include <string_view>
#include <vector>

namespace chronograd {

std::string pythonText(std::string_view text);        ///< A string literal.
std::string pythonValue(const SettingChange& change); ///< 5, "n", 0.05, "sgd", None

/// Puts items into brackets, one after the other with lines broken before they get too long.
/// \param indent columns before what follows the first line
std::string pythonList(const std::vector<std::string>& items, int indent);

/// [0.1, 0.2] of one row or column.
std::string pythonRow(const Eigen::Ref<const Eigen::VectorXd>& numbers, int indent);
/// A list of rows, each on lines of its own.
std::string pythonRows(const Matrix& numbers, int indent);

} // namespace chronograd
