#pragma once

#include "core/experiment/experiment_io.h"
#include "core/explain/explain.h"
#include "core/tasks/task.h"
#include "core/training/trainer.h"
#include "ui/inspector/formula_view.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/theme/reading.h"
#include "ui/theme/segmented_control.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QRegularExpression>
#include <QTest>

#include <memory>
#include <utility>

/// For tests of the inspector: runs that can be stopped anywhere, and panels to look at them.
namespace chronograd::test {

inline constexpr const char* elman = R"({
  "chronograd": 1, "name": "Echo, three steps back",
  "network": {"inputs": 1, "layers": [
    {"name": "hidden", "cell": "elman", "units": 4, "activation": "tanh"},
    {"name": "output", "cell": "dense", "units": 1, "activation": "identity"}],
    "init": {"scheme": "uniform", "range": 0.7, "seed": 7}},
  "task": {"kind": "echo", "delay": 3, "length": 20, "sequences": 4, "seed": 1},
  "training": {"k1": 3, "k2": 5, "learning_rate": 0.05, "momentum": 0.9}
})";

inline constexpr const char* softmaxClip = R"({
  "chronograd": 1, "name": "Two classes",
  "network": {"inputs": 2, "layers": [
    {"name": "hidden", "cell": "elman", "units": 3, "activation": "sigmoid"},
    {"name": "output", "cell": "dense", "units": 2, "activation": "softmax"}]},
  "task": {"kind": "inline", "sequences": [{"inputs": [[1, 0], [0, 1], [1, 1], [0, 0]],
    "targets": [[1, 0], null, [0, 1], [1, 0]]}]},
  "training": {"k1": "n", "k2": "n", "loss": "cross_entropy", "clip_norm": 0.01, "updates": 100}
})";

inline constexpr const char* manyUnits = R"({
  "chronograd": 1, "name": "Many units",
  "network": {"inputs": 1, "layers": [
    {"name": "hidden", "cell": "elman", "units": 60, "activation": "tanh"},
    {"name": "output", "cell": "dense", "units": 1}]},
  "task": {"kind": "echo", "delay": 3, "length": 200, "sequences": 1, "seed": 1},
  "training": {"k1": 100, "k2": 100, "learning_rate": 0.001}
})";

/// A run of an experiment that can be stopped anywhere.
class Run
{
public:
    explicit Run(const char* text)
    {
        Experiment experiment = parseExperiment(text, "test.chronograd.json");
        auto data = std::make_shared<const Dataset>(makeDataset(experiment));
        Trainer::Options options;
        options.recordWeights = true;
        m_trainer = std::make_unique<Trainer>(experiment, data, options);
    }

    Run& advance(Granularity granularity, int times = 1)
    {
        for (int i = 0; i < times; ++i)
            m_trainer->advance(granularity);
        return *this;
    }

    std::shared_ptr<const Frame> frame() const
    {
        return std::make_shared<const Frame>(m_trainer->frame(FrameRequest()));
    }

private:
    std::unique_ptr<Trainer> m_trainer;
};

inline Quantity named(const char* name, const std::shared_ptr<const Frame>& frame)
{
    return parseQuantity(name, *frame->network);
}

inline QString visibleText(const QWidget& widget)
{
    QStringList text;
    for (const QLabel* label : widget.findChildren<QLabel*>()) {
        if (label->isVisible())
            text << label->text();
    }
    return text.join(u'\n');
}

inline FormulaView* visibleFormula(const InspectorPanel& panel, qsizetype index = 0)
{
    QList<FormulaView*> visible;
    for (FormulaView* view : panel.findChildren<FormulaView*>()) {
        if (view->isVisible())
            visible << view;
    }
    return visible.value(index, nullptr);
}

inline QAbstractButton* tab(const InspectorPanel& panel, const QString& text)
{
    for (QAbstractButton* button : panel.findChild<SegmentedControl*>()->findChildren<QAbstractButton*>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

inline std::unique_ptr<InspectorPanel> openInspector(std::shared_ptr<const Frame> frame)
{
    auto panel = std::make_unique<InspectorPanel>();
    panel->resize(380, 700);
    panel->show();
    if (frame)
        panel->showFrame(std::move(frame));
    return panel;
}

} // namespace chronograd::test
