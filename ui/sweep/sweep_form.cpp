#include "ui/sweep/sweep_form.h"

#include "core/experiment/input_error.h"
#include "core/sweep/sweep_runner.h"
#include "ui/plots/plot_numbers.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>

#include <algorithm>

namespace chronograd {

namespace {

QSpinBox* makeSpin(int least, int most, int value, const QString& name, const QString& tip)
{
    auto* spin = new QSpinBox;
    spin->setRange(least, most);
    spin->setValue(value);
    spin->setAccessibleName(name);
    spin->setToolTip(tip);
    return spin;
}

} // namespace

SweepForm::SweepForm(const Experiment& experiment, QWidget* parent)
    : QWidget(parent)
    , m_experiment(experiment)
    , m_offers(sweepOffers(experiment))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(6);
    grid->setColumnStretch(1, 1);
    auto* what = new QLabel(tr("Setting"));
    auto* which = new QLabel(tr("Values: 1,2,5 or 1..8; from..to:how many, with :log at equal ratios"));
    for (QLabel* head : {what, which})
        head->setProperty("look", QStringLiteral("heading"));
    grid->addWidget(what, 0, 0);
    grid->addWidget(which, 0, 1);
    for (int row = 0; row < static_cast<int>(m_rows.size()); ++row)
        addRow(*grid, row);
    addNumbers(*grid, static_cast<int>(m_rows.size()) + 1);
    setAxis(0, QStringLiteral("training.k2"), QStringLiteral("1,2,3,5,10,20"));
    setAxis(1, QStringLiteral("training.learning_rate"), QStringLiteral("0.003..0.3:5:log"));
}

void SweepForm::addRow(QGridLayout& grid, int row)
{
    auto* setting = new QComboBox;
    setting->setObjectName(QStringLiteral("setting%1").arg(row + 1));
    setting->setEditable(true); // any path that --set takes
    setting->setInsertPolicy(QComboBox::NoInsert);
    setting->addItem(tr("none"), QString());
    for (const SweepOffer& offer : m_offers) {
        setting->addItem(offer.words, offer.path);
        setting->setItemData(setting->count() - 1, offer.help, Qt::ToolTipRole);
    }
    setting->setAccessibleName(tr("Setting %1").arg(row + 1));
    setting->lineEdit()->setAccessibleName(setting->accessibleName());
    setting->setToolTip(tr("What is varied: choose, or type a path such as network.layers.0.units"));
    setting->setMinimumContentsLength(22);
    auto* values = new QLineEdit;
    values->setObjectName(QStringLiteral("values%1").arg(row + 1));
    values->setAccessibleName(tr("Values of setting %1").arg(row + 1));
    values->setToolTip(
        tr("Values with commas between them; 0.001..0.1:5:log are 5 values from 0.001 to 0.1 at "
           "equal ratios"));
    grid.addWidget(setting, row + 1, 0);
    grid.addWidget(values, row + 1, 1);
    m_rows[static_cast<std::size_t>(row)] = {setting, values};
    connect(setting, &QComboBox::activated, this, [this, row] { offerValues(row); });
    connect(setting, &QComboBox::editTextChanged, this, &SweepForm::showCount);
    connect(values, &QLineEdit::textChanged, this, &SweepForm::showCount);
}

void SweepForm::addNumbers(QGridLayout& grid, int line)
{
    constexpr int mostRepeats = 1'000'000;
    constexpr int usualUpdates = 1000;
    const auto updates = m_experiment.training.updates.value_or(usualUpdates);
    m_repeats = makeSpin(1, mostRepeats, 3, tr("Repeats"),
                         tr("Runs of every combination, each with other first weights and another order"));
    m_repeats->setObjectName(QStringLiteral("repeats"));
    m_updates =
        makeSpin(1, 1'000'000'000, static_cast<int>(std::clamp<std::int64_t>(updates, 1, 1'000'000'000)),
                 tr("Updates a run"), tr("How long each run trains"));
    m_updates->setObjectName(QStringLiteral("updates"));
    m_jobs = makeSpin(1, 256, SweepRunner::cores(), tr("Runs at a time"),
                      tr("As many as the machine has cores is fastest; fewer leave room for other work"));
    auto* numbers = new QHBoxLayout;
    const std::pair<QString, QSpinBox*> fields[] = {
        {tr("repeats"), m_repeats}, {tr("updates a run"), m_updates}, {tr("runs at a time"), m_jobs}};
    for (const auto& [name, spin] : fields) {
        auto* label = new QLabel(name);
        label->setBuddy(spin);
        numbers->addWidget(label);
        numbers->addWidget(spin);
        numbers->addSpacing(14);
    }
    m_count = new QLabel;
    m_count->setObjectName(QStringLiteral("runs"));
    m_count->setProperty("look", QStringLiteral("secondary"));
    m_count->setToolTip(tr("Combinations times repeats"));
    numbers->addWidget(m_count);
    numbers->addStretch(1);
    grid.addLayout(numbers, line, 0, 1, 2);
    connect(m_repeats, &QSpinBox::valueChanged, this, &SweepForm::showCount);
}

/// Nothing while the values cannot be read: Start tells why.
void SweepForm::showCount()
{
    double runs = m_repeats->value(); // may be more than any whole number
    try {
        for (const Row& row : m_rows)
            if (!pathOf(row).isEmpty())
                runs *= static_cast<double>(parseValues(row.values->text().toStdString()).size());
        m_count->setText(runs == 1.0 ? tr("= 1 run") : tr("= %1 runs").arg(groupedRounded(runs)));
    } catch (const InputError&) {
        m_count->clear();
    }
}

void SweepForm::offerValues(int row)
{
    const Row& fields = m_rows[static_cast<std::size_t>(row)];
    const QString path = fields.setting->currentData().toString();
    const auto offer = std::find_if(m_offers.begin(), m_offers.end(),
                                    [&path](const SweepOffer& each) { return each.path == path; });
    fields.values->setText(offer == m_offers.end() ? QString() : offer->values);
}

void SweepForm::setAxis(int row, const QString& path, const QString& values)
{
    const Row& fields = m_rows[static_cast<std::size_t>(row)];
    const int index = fields.setting->findData(path);
    if (index >= 0)
        fields.setting->setCurrentIndex(index);
    else
        fields.setting->setEditText(path);
    fields.values->setText(values);
}

void SweepForm::showPlan(const SweepPlan& plan)
{
    m_experiment = plan.base();
    for (std::size_t row = 0; row < m_rows.size(); ++row) {
        QStringList values;
        if (row < plan.axes().size())
            for (const std::string& value : plan.axes()[row].values)
                values << QString::fromStdString(value);
        setAxis(static_cast<int>(row),
                row < plan.axes().size() ? QString::fromStdString(plan.axes()[row].path) : QString(),
                values.join(u','));
    }
    m_repeats->setValue(plan.repeats());
    m_updates->setValue(static_cast<int>(
        std::min<std::int64_t>(plan.base().training.updates.value_or(1), m_updates->maximum())));
}

/// Empty: none.
QString SweepForm::pathOf(const Row& row)
{
    const QString text = row.setting->currentText().trimmed();
    const int index = row.setting->findText(text);
    return index >= 0 ? row.setting->itemData(index).toString() : text;
}

SweepPlan SweepForm::plan() const
{
    std::vector<SweepAxis> axes;
    for (const Row& row : m_rows) {
        const QString path = pathOf(row);
        if (path.isEmpty())
            continue;
        try {
            axes.push_back({path.toStdString(), parseValues(row.values->text().toStdString())});
        } catch (const InputError& error) {
            throw InputError(row.setting->currentText().trimmed().toStdString() + ": " + error.what());
        }
    }
    Experiment base = m_experiment;
    base.training.updates = m_updates->value();
    return SweepPlan(std::move(base), std::move(axes), m_repeats->value());
}

int SweepForm::jobs() const
{
    return m_jobs->value();
}

} // namespace chronograd
