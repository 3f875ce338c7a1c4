#include "ui/sweep/sweep_offers.h"

#include "core/training/setting.h"
#include "ui/sweep/sweep_words.h"

#include <QCoreApplication>
#include <QStringList>

namespace chronograd {

namespace {

QString latin(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

QString valuesOf(const SettingSpec& spec)
{
    switch (spec.kind) {
    case SettingKind::Steps:
        return QStringLiteral("1,2,5,10,20");
    case SettingKind::StepsOrNone:
        return QStringLiteral("null,5,10");
    case SettingKind::NumberOrNone:
        return QStringLiteral("null,0.5,1");
    case SettingKind::Number:
        return spec.maximum <= 1.0 ? QStringLiteral("0,0.5,0.9") : QStringLiteral("0.003..0.3:5:log");
    case SettingKind::Choice:
        break;
    }
    QStringList choices;
    for (const std::string_view choice : spec.choices)
        choices << latin(choice);
    return choices.join(u',');
}

class Offers
{
public:
    explicit Offers(const Experiment& experiment)
        : m_experiment(experiment)
    {}

    void add(const QString& path, const QString& values, const QString& help = {})
    {
        m_offers.push_back({path, pathWords(m_experiment, path.toStdString()), values, help});
    }

    void addSettings()
    {
        for (const SettingSpec& spec : settingTable())
            add(QStringLiteral("training.") + latin(spec.key), valuesOf(spec),
                QCoreApplication::translate("Setting", std::string(spec.help).c_str()));
    }

    void addNetwork()
    {
        const auto& layers = m_experiment.network.layers;
        for (std::size_t i = 0; i < layers.size(); ++i) {
            const QString layer = QStringLiteral("network.layers.%1.").arg(i);
            if (i + 1 < layers.size())
                add(layer + QStringLiteral("units"), QStringLiteral("2,4,8,16"));
            if (layers[i].cell != Cell::Dense)
                add(layer + QStringLiteral("cell"), QStringLiteral("elman,gru,lstm"));
        }
        add(QStringLiteral("network.init.seed"), QStringLiteral("1..5:5"));
        add(QStringLiteral("network.init.scheme"), QStringLiteral("uniform,xavier,orthogonal"));
        add(QStringLiteral("training.seed"), QStringLiteral("1..5:5"));
        add(QStringLiteral("training.batch_size"), QStringLiteral("1,2,4"));
    }

    void addTask()
    {
        const auto* task = std::get_if<GeneratorTask>(&m_experiment.task);
        if (task == nullptr)
            return;
        add(QStringLiteral("task.seed"), QStringLiteral("1..5:5"));
        if (task->kind != GeneratorKind::Sum && task->kind != GeneratorKind::Anbn)
            add(QStringLiteral("task.length"), QStringLiteral("20,40,80"));
        if (task->kind == GeneratorKind::Echo)
            add(QStringLiteral("task.delay"), QStringLiteral("1..6:6"));
        if (task->kind == GeneratorKind::Latch)
            add(QStringLiteral("task.noise"), QStringLiteral("0.1,0.2,0.4"));
    }

    std::vector<SweepOffer> take() { return std::move(m_offers); }

private:
    const Experiment& m_experiment;
    std::vector<SweepOffer> m_offers;
};

} // namespace

std::vector<SweepOffer> sweepOffers(const Experiment& experiment)
{
    Offers offers(experiment);
    offers.addSettings();
    offers.addNetwork();
    offers.addTask();
    return offers.take();
}

} // namespace chronograd
