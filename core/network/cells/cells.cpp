#include "core/network/cells/cells.h"

namespace chronograd {

AppendCell findCell(Cell cell)
{
    switch (cell) {
    case Cell::Dense:
        return appendDense;
    case Cell::Elman:
        return appendElman;
    case Cell::Jordan:
        return appendJordan;
    case Cell::Lstm:
        return appendLstm;
    case Cell::Gru:
        return appendGru;
    }
    return nullptr;
}

} // namespace chronograd
