#define CHRONOGRAD_INSTRUCTION_SET x86_64
#define CHRONOGRAD_LANES 2

#include "core/kernels/vector/kernel_table.h"

namespace chronograd::kernels {

extern const KernelSet x86Set;
constinit const KernelSet x86Set = x86_64::kernelTable("x86-64");

} // namespace chronograd::kernels
