#include "core/analysis/spectrum.h"

#include "core/network/parameter_use.h"

#include <Eigen/Eigenvalues>

#include <algorithm>

namespace chronograd {

namespace {

/// Does the parameter take something that its own layer handed on?
bool takesOwnState(const Network& network, ParameterId parameter)
{
    const int layer = network.parameters()[parameter].layer;
    const auto uses = usesOf(network, parameter);
    return std::ranges::any_of(uses, [&](const ParameterUse& use) {
        return use.source && use.source->lag != 0 &&
               network.program().slotTable[static_cast<std::size_t>(use.source->slot)].layer == layer;
    });
}

} // namespace

std::vector<RecurrentMatrix> recurrentMatrices(const Network& network)
{
    std::vector<RecurrentMatrix> all;
    const auto& views = network.parameters().views();
    for (std::size_t id = 0; id < views.size(); ++id) {
        const ParameterView& view = views[id];
        const auto parameter = static_cast<ParameterId>(id);
        if (view.isBias || view.rows / view.blocks != view.columns || !takesOwnState(network, parameter)) {
            continue;
        }
        const auto gates = gateNames(network.layers()[static_cast<std::size_t>(view.layer)].spec.cell);
        for (int block = 0; block < view.blocks; ++block) {
            all.push_back(
                {parameter, block, view.blocks > 1 ? gates[static_cast<std::size_t>(block)] : std::string()});
        }
    }
    return all;
}

std::vector<Spectrum> spectraOf(const Frame& frame)
{
    std::vector<Spectrum> all;
    for (const RecurrentMatrix& matrix : recurrentMatrices(*frame.network)) {
        const ParameterView& view = frame.network->parameters()[matrix.parameter];
        if (view.columns > mostSpectrumUnits) {
            continue;
        }
        const Matrix weights = matrixOf(view, frame.updateDone ? frame.after : frame.before)
                                   .middleRows(matrix.block * view.columns, view.columns);
        const Eigen::EigenSolver<Matrix> solver(weights, false);
        Spectrum& spectrum = all.emplace_back(Spectrum{matrix, {}});
        if (solver.info() == Eigen::Success) {
            const auto& values = solver.eigenvalues();
            spectrum.eigenvalues.assign(values.begin(), values.end());
            std::ranges::sort(spectrum.eigenvalues, [](const auto& a, const auto& b) {
                return std::abs(a) != std::abs(b) ? std::abs(a) > std::abs(b) : a.imag() > b.imag();
            });
        }
    }
    return all;
}

} // namespace chronograd
