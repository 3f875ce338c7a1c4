#include "core/experiment/parameter_shape.h"

namespace chronograd {
namespace {

using Size = std::optional<std::int64_t>;

Size times(std::int64_t factor, Size size)
{
    return size ? Size(factor * *size) : Size();
}

std::int64_t gatesOf(Cell cell)
{
    return cell == Cell::Lstm ? 4 : cell == Cell::Gru ? 3 : 1;
}

class ShapeList
{
public:
    ShapeList(std::vector<ParameterShape>& shapes, std::string prefix, std::size_t layer)
        : m_shapes(shapes)
        , m_prefix(std::move(prefix))
        , m_layer(layer)
    {}
    void matrix(const char* name, Size rows, Size columns) { add(name, rows, columns, false); }
    void bias(const char* name, Size rows) { add(name, rows, 1, true); }

private:
    void add(const char* name, Size rows, Size columns, bool isBias)
    {
        m_shapes.push_back({m_prefix + '.' + name, rows, columns, isBias, m_layer});
    }

    std::vector<ParameterShape>& m_shapes;
    std::string m_prefix;
    std::size_t m_layer;
};

void addCell(ShapeList list, const LayerSpec& layer, Size units, Size inputs, Size outputs)
{
    const Size rows = times(gatesOf(layer.cell), units);
    list.matrix(layer.cell == Cell::Dense ? "W" : "W_x", rows, inputs);
    if (layer.cell == Cell::Jordan)
        list.matrix("W_y", rows, outputs);
    else if (layer.cell != Cell::Dense)
        list.matrix("W_h", rows, units);
    if (!layer.bias)
        return;
    list.bias("b", rows);
    if (layer.cell == Cell::Gru && layer.resetAfter)
        list.bias("b_hn", units);
}

Size unitsOf(const LayerSpec& layer, Size outputs)
{
    return layer.units ? Size(*layer.units) : outputs;
}

} // namespace

std::string ParameterShape::text() const
{
    const auto size = [](const Size& value) { return value ? std::to_string(*value) : "?"; };
    return isBias ? size(rows) : size(rows) + " × " + size(columns);
}

std::vector<ParameterShape> parameterShapes(const NetworkSpec& network, Size inputs, Size outputs)
{
    std::vector<ParameterShape> shapes;
    const LayerSpec& last = network.layers.back();
    const Size networkOutputs = times(last.bidirectional ? 2 : 1, unitsOf(last, outputs));
    Size width = network.inputs ? Size(*network.inputs) : inputs;
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const LayerSpec& layer = network.layers[i];
        const Size units = unitsOf(layer, outputs);
        if (layer.bidirectional) {
            addCell({shapes, layer.name + ".forward", i}, layer, units, width, networkOutputs);
            addCell({shapes, layer.name + ".backward", i}, layer, units, width, networkOutputs);
        } else {
            addCell({shapes, layer.name, i}, layer, units, width, networkOutputs);
        }
        width = times(layer.bidirectional ? 2 : 1, units);
    }
    return shapes;
}

} // namespace chronograd
