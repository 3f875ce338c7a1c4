#include "core/kernels/kernels.h"
#include "tests/benchmarks/parts/parts.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

/// How fast the engine trains, beside programs that do the same. Tables on the screen and in a file.
///
///     bench_engine [--out FILE] [--only PART] [--quick] [--seconds S] [--rounds N]
///
/// PART: elman, gated, python, feed-forward, batch, memory or rewind. S: processor time of one measurement.
/// `<` marks a target that is missed. Ends with 1 when two programs that should do the same do not.

namespace {

struct Part
{
    const char* name;
    void (*run)(const benchmark::Effort&, benchmark::Report&);
};

constexpr Part parts[] = {
    {"elman", benchmark::elmanPart},   {"gated", benchmark::gatedPart},
    {"python", benchmark::pythonPart}, {"feed-forward", benchmark::feedForwardPart},
    {"batch", benchmark::batchPart},   {"memory", benchmark::memoryPart},
    {"rewind", benchmark::rewindPart},
};

} // namespace

int main(int argc, char** argv)
{
    std::string file = CHRONOGRAD_BINARY_DIR "/benchmarks/engine.txt";
    std::string only;
    benchmark::Effort effort;
    for (int i = 1; i < argc; ++i) {
        const auto next = [&] { return i + 1 < argc ? argv[++i] : ""; };
        if (std::strcmp(argv[i], "--quick") == 0)
            effort.isQuick = true;
        else if (std::strcmp(argv[i], "--only") == 0)
            only = next();
        else if (std::strcmp(argv[i], "--out") == 0)
            file = next();
        else if (std::strcmp(argv[i], "--seconds") == 0)
            effort.seconds = std::atof(next());
        else if (std::strcmp(argv[i], "--rounds") == 0)
            effort.rounds = std::max(1, std::atoi(next()));
        else
            return std::fprintf(stderr, "%s: not an option\n", argv[i]), 2;
    }
    benchmark::Report report;
    report.line("kernels %s", std::string(chronograd::kernels::kernelSetName()).c_str());
    for (const Part& part : parts) {
        if (only.empty() || only == part.name) {
            report.line("%s", "");
            part.run(effort, report);
        }
    }
    report.line("%s", "");
    report.line("%d rows miss their target", report.misses());
    std::ofstream out(file);
    out << report.text();
    if (!out.flush()) {
        std::fprintf(stderr, "%s: cannot be written\n", file.c_str());
        return 1;
    }
    return report.isWrong() ? 1 : 0;
}
