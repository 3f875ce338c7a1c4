#pragma once

#include <QString>

namespace chronograd {

struct Theme;

/// The few things that Fusion and a palette cannot say. Widgets opt in with dynamic properties:
/// `look` = "segment" | "strong" | "quiet" | "secondary" | "title" | "heading", `tone` = "k1" | "k2".
QString styleSheet(const Theme& theme);

} // namespace chronograd
