#pragma once

#include "core/experiment/json_document.h"

#include <string_view>

namespace chronograd {

/// Puts "network.layers.0.units=16" into a document: the place by names and numbers of list items, the value
/// as JSON; what does not parse as JSON is a string. Objects on the way that are missing are made. What comes
/// from it carries `origin`. \throws InputError
void assign(JsonDocument& document, std::string_view assignment, int origin);

} // namespace chronograd
