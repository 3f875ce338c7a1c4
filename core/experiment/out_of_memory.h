#pragma once

#include "core/experiment/input_error.h"

namespace chronograd {

/// What is asked for is not wrong, but there is not the memory for it now.
class OutOfMemory : public InputError
{
public:
    using InputError::InputError;
};

} // namespace chronograd
