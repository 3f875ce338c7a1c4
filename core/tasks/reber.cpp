#include "core/tasks/draw.h"
#include "core/tasks/generators.h"

#include <array>
#include <cstddef>

namespace chronograd {

namespace {

enum Symbol : int
{
    B,
    T,
    S,
    X,
    P,
    V,
    E,
    Alphabet,
};

struct Arrow
{
    Symbol symbol;
    std::size_t state;
};

constexpr std::size_t finalState = 0;

/// By state; state 0 is the end.
constexpr std::array<std::array<Arrow, 2>, 6> arrows = {{
    {},
    {{{T, 2}, {P, 3}}},
    {{{S, 2}, {X, 4}}},
    {{{T, 3}, {V, 5}}},
    {{{S, finalState}, {X, 3}}},
    {{{P, 4}, {V, finalState}}},
}};

void drawEmbeddedString(Random& random, std::vector<int>& symbols)
{
    const Symbol branch = drawBit(random) == 0 ? T : P;
    symbols = {B, branch, B};
    for (std::size_t state = 1; state != finalState;) {
        const Arrow arrow = arrows[state][static_cast<std::size_t>(drawBit(random))];
        symbols.push_back(arrow.symbol);
        state = arrow.state;
    }
    symbols.insert(symbols.end(), {E, branch, E});
}

} // namespace

Sequence drawReber(const GeneratorTask& task, Random& random)
{
    std::vector<int> symbols;
    do
        drawEmbeddedString(random, symbols);
    while (static_cast<std::int64_t>(symbols.size()) - 1 > task.length);
    return nextSymbolSequence(symbols, Alphabet);
}

} // namespace chronograd
