#pragma once

#include <cstdio>
#include <cstdlib>

namespace chronograd::test {

/// For programs without Qt: ends with 1 when it is not so.
inline void require(bool condition, const char* what)
{
    if (!condition) {
        std::fprintf(stderr, "FAILED: %s\n", what);
        std::exit(1);
    }
}

} // namespace chronograd::test
