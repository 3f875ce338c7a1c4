#pragma once

#include "core/math/random.h"
#include "core/tasks/dataset.h"
#include "core/tasks/task_spec.h"

#include <filesystem>
#include <string_view>

namespace chronograd {

/// The made-up tasks, told so that another program can make the same numbers.
///
/// All draw from Random(seed, key), the key being the kind as written in files ("echo"), one sequence after
/// the other from the same stream. In a sequence, what belongs to all of it is drawn first, then step by
/// step, then column by column. Below, T is `length`, t counts from 1, u is the next Random::uniform(); an
/// index below n is ⌊n·u⌋, a bit ⌊2u⌋, U(a, b) is a + (b − a)·u.

/// The key of a kind in experiment files, and the name of its random stream.
std::string_view generatorKey(GeneratorKind kind);

/// All sequences of a generator, as the training part. \throws InputError when the parameters leave nothing
/// to learn (a delay that no step reaches back), or too much to hold.
Dataset generate(const GeneratorTask& task, const std::filesystem::path& experimentFile);

/// x_t = U(−1, 1) → x_{t−delay}; no target while t ≤ delay.
Sequence drawEcho(const GeneratorTask& task, Random& random);

/// phase = U(0, 2π), once; x_t = sin(2πt/period + phase) → x_{t+1}.
Sequence drawSine(const GeneratorTask& task, Random& random);

/// b_1 … b_{T+1}: b_t = b_{t−2} xor b_{t−1} where 3 divides t, else a bit; x_t = b_t → b_{t+1}. Only every
/// third target can be known (Elman 1990).
Sequence drawTemporalXor(const GeneratorTask& task, Random& random);

/// x_t = a bit → x_1 xor … xor x_t.
Sequence drawParity(const GeneratorTask& task, Random& random);

/// H = ⌊T/2⌋; first mark m = 1 + index below H, then second mark n = H + 1 + index below T − H, then the
/// values v_t = U(0, 1). x_t = (v_t, 1 if t is m or n, else 0) → v_m + v_n at t = T, no target before
/// (Hochreiter & Schmidhuber 1997).
Sequence drawAdding(const GeneratorTask& task, Random& random);

/// One string of the embedded Reber grammar s_1 … s_{n+1}, one-hot over B T S X P V E: x_t = s_t → s_{t+1}
/// for t = 1 … n. B, then T or P, then a Reber string, then the same T or P again, E. A Reber string starts
/// with B in state 1 and follows the arrows (symbol → state) to its E:
///   1: T→2 P→3    2: S→2 X→4    3: T→3 V→5    4: S→end X→3    5: P→4 V→end
/// Of two arrows (and of the outer T and P) the drawn bit takes the first for 0, as written here. A string
/// with n > T is drawn again from its beginning, so T is the largest length; the shortest string has n = 8.
Sequence drawReber(const GeneratorTask& task, Random& random);

/// One string aⁿbⁿ$, s_1 … s_{2n+1}, one-hot over a b $: n = 1 + index below max_n; x_t = s_t → s_{t+1} for
/// t = 1 … 2n, whatever `length` is.
Sequence drawAnbn(const GeneratorTask& task, Random& random);

/// x_1 = 2·bit − 1, then x_t = U(−noise, noise) → x_1 at t = T, no target before.
Sequence drawLatch(const GeneratorTask& task, Random& random);

/// x_1 = (U(0, 1), U(0, 1)) → their sum. One step, whatever `length` is.
Sequence drawSum(const GeneratorTask& task, Random& random);

} // namespace chronograd
