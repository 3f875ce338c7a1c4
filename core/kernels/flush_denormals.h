#pragma once

#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

namespace chronograd::kernels {

/// While it lives, this thread treats denormal numbers (below 2.2e-308) as 0: vanishing gradients make them,
/// and they slow the processor down several times. Elsewhere than on x86 it does nothing.
class FlushDenormals
{
public:
#if defined(__SSE2__)
    FlushDenormals()
        : m_before(_mm_getcsr())
    {
        _mm_setcsr(m_before | 0x8040U);
    } // flush to zero, denormals are zero
    ~FlushDenormals()
    {
        _mm_setcsr(m_before);
    }
#else
    FlushDenormals() {}
    ~FlushDenormals() {}
#endif
    FlushDenormals(const FlushDenormals&) = delete;
    FlushDenormals& operator=(const FlushDenormals&) = delete;

private:
#if defined(__SSE2__)
    unsigned m_before;
#endif
};

} // namespace chronograd::kernels
