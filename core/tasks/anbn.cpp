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
    const auto needed = static_cast<std::size_t>(task.length) + 1;
    std::vector<int> symbols;
    symbols.reserve(needed);
    const auto append = [&](Symbol symbol, std::int64_t times) {
        for (; times > 0 && symbols.size() < needed; --times)
            symbols.push_back(symbol);
    };
    while (symbols.size() < needed) {
        const std::int64_t n = 1 + drawIndex(random, task.maxN);
        append(A, n);
        append(B, n);
        append(End, 1);
    }
    return nextSymbolSequence(symbols, Alphabet);
}

} // namespace chronograd
