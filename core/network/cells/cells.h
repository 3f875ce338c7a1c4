#pragma once

#include "core/network/network_spec.h"

namespace chronograd {

class StepProgramBuilder;

/// Appends the operations of one layer. A cell is one function in a file of its own; it has no backward code
/// beyond that of its operations.
using AppendCell = void (*)(StepProgramBuilder&);

void appendDense(StepProgramBuilder& step);
void appendElman(StepProgramBuilder& step);
void appendJordan(StepProgramBuilder& step);
void appendLstm(StepProgramBuilder& step);
void appendGru(StepProgramBuilder& step);

AppendCell findCell(Cell cell);

} // namespace chronograd
