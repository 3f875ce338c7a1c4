#include "core/tasks/draw.h"
#include "core/tasks/generators.h"

#include <cstddef>

namespace chronograd {

Sequence drawAnbn(const GeneratorTask& task, Random& random)
{
    enum Symbol : int
    {
        A,
        B,
        End,
        Alphabet,
    };
    const auto n = static_cast<std::size_t>(1 + drawIndex(random, task.maxN));
    std::vector<int> symbols(n, A);
    symbols.insert(symbols.end(), n, B);
    symbols.push_back(End);
    return nextSymbolSequence(symbols, Alphabet);
}

} // namespace chronograd
