#define CHRONOGRAD_INSTRUCTION_SET x86_64_v4
#define CHRONOGRAD_LANES 8

#include "core/kernels/vector/kernel_table.h"

namespace chronograd::kernels {

extern const KernelSet x86v4Set;
constinit const KernelSet x86v4Set = x86_64_v4::kernelTable("x86-64-v4");

} // namespace chronograd::kernels
