#define CHRONOGRAD_INSTRUCTION_SET x86_64_v3
#define CHRONOGRAD_LANES 4

#include "core/kernels/vector/kernel_table.h"

namespace chronograd::kernels {

extern const KernelSet x86v3Set;
constinit const KernelSet x86v3Set = x86_64_v3::kernelTable("x86-64-v3");

} // namespace chronograd::kernels
