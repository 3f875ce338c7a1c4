#include "core/kernels/kernel_set.h"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace chronograd::kernels {

extern const KernelSet plainSet;
#if defined(__x86_64__)
extern const KernelSet x86Set;
extern const KernelSet x86v3Set;
extern const KernelSet x86v4Set;
#endif

namespace {

#if defined(__x86_64__)
bool hasV3()
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2");
}

bool hasV4()
{
    return hasV3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
}
#endif

std::vector<const KernelSet*> findSupported()
{
    std::vector<const KernelSet*> sets;
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (hasV4())
        sets.push_back(&x86v4Set);
    if (hasV3())
        sets.push_back(&x86v3Set);
    sets.push_back(&x86Set);
#endif
    sets.push_back(&plainSet);
    return sets;
}

const KernelSet* choose()
{
    const auto sets = supportedKernelSets();
    const char* forced = std::getenv("CHRONOGRAD_KERNELS");
    if (!forced || !*forced)
        return sets.front();
    std::string names;
    for (const KernelSet* set : sets) {
        if (set->name == forced)
            return set;
        names += (names.empty() ? "" : ", ") + std::string(set->name);
    }
    std::fprintf(stderr, "CHRONOGRAD_KERNELS is \"%s\", but this machine has %s.\n", forced, names.c_str());
    std::exit(2);
}

} // namespace

std::span<const KernelSet* const> supportedKernelSets()
{
    static const std::vector<const KernelSet*> sets = findSupported();
    return sets;
}

/// Until the choice is made: what every machine can run.
constinit const KernelSet* chosenKernelSet = &plainSet;

namespace {

[[maybe_unused]] const bool isChosen = (chosenKernelSet = choose(), true);

} // namespace

} // namespace chronograd::kernels
