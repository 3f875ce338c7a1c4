#include "ui/compare/fork_dialog.h"

#include "ui/compare/lane_words.h"
#include "ui/controls/choice_limits.h"
#include "ui/controls/choice_row.h"
#include "ui/controls/slider_row.h"
#include "ui/controls/truncation_preset.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace chronograd {

namespace {

QLabel* label(const QString& text, const char* look)
{
    auto* made = new QLabel(text);
    made->setProperty("look", QString::fromLatin1(look));
    made->setWordWrap(true);
    return made;
}

QString placeOf(const ForkPoint& point)
{
    if (point.isBeginning())
        return ForkDialog::tr("from the beginning of the run");
    return ForkDialog::tr("from update %1, sequence %2, t = %3")
        .arg(QLocale().toString(static_cast<qlonglong>(point.position.update)))
        .arg(point.position.sequence)
        .arg(point.position.t);
}

} // namespace

ForkDialog::ForkDialog(const ForkPoint& point, const Hyperparameters& settings, bool canChooseBeginning,
                       QWidget* parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_name(new QLineEdit)
    , m_changes(label(QString(), "secondary"))
    , m_evolves(new QCheckBox(tr("Evolution strategy instead of back-propagation")))
{
    setWindowTitle(tr("Fork"));
    setObjectName(QStringLiteral("forkDialog"));
    resize(440, 600);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(16, 14, 16, 14);
    lines->setSpacing(8);
    lines->addWidget(label(tr("A copy of this moment, trained on with other settings"), "title"));
    if (canChooseBeginning && !point.isBeginning()) {
        auto* now = new QRadioButton(placeOf(point));
        m_beginning = new QRadioButton(tr("from the beginning of the run"));
        now->setToolTip(tr("The lanes share everything up to this moment"));
        m_beginning->setToolTip(tr("The lanes begin with the same weights and data"));
        m_beginning->setObjectName(QStringLiteral("forkBeginning"));
        now->setChecked(true);
        lines->addWidget(now);
        lines->addWidget(m_beginning);
    } else {
        lines->addWidget(label(placeOf(point), "secondary"));
    }
    buildPresets(*lines);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setAccessibleName(tr("Settings of the copy"));
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(makeRows(point.experiment, *point.data));
    lines->addWidget(scroll, 1);
    m_evolves->setObjectName(QStringLiteral("forkEvolves"));
    m_evolves->setToolTip(tr("Random changes of all weights, the better ones kept: no backward pass"));
    lines->addWidget(m_evolves);
    auto* naming = new QHBoxLayout;
    auto* nameLabel = new QLabel(tr("&Name"));
    nameLabel->setBuddy(m_name);
    m_name->setObjectName(QStringLiteral("forkName"));
    m_name->setToolTip(tr("What the lane is called in the list and on the curves"));
    naming->addWidget(nameLabel);
    naming->addWidget(m_name, 1);
    lines->addLayout(naming);
    lines->addWidget(m_changes);
    auto* buttons = new QHBoxLayout;
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setToolTip(tr("No lane is made"));
    auto* fork = new QPushButton(tr("Fork"));
    fork->setObjectName(QStringLiteral("forkAccept"));
    fork->setToolTip(tr("Add the lane to the comparison"));
    fork->setProperty("look", QStringLiteral("strong"));
    fork->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(fork);
    lines->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(fork, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_name, &QLineEdit::textEdited, this,
            [this](const QString& text) { m_isNamed = !text.isEmpty(); });
    connect(m_evolves, &QCheckBox::toggled, this, &ForkDialog::suggestName);
    suggestName();
}

void ForkDialog::buildPresets(QVBoxLayout& lines)
{
    auto* grid = new QGridLayout;
    grid->setSpacing(4);
    constexpr int columns = 4;
    for (int index = 0; index < truncationPresets; ++index) {
        const auto preset = static_cast<TruncationPreset>(index);
        auto* button = new QPushButton(presetName(preset));
        button->setProperty("look", QStringLiteral("compact"));
        button->setToolTip(presetHelp(preset));
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, [this, preset] {
            for (const auto& [setting, row] : m_rows)
                row->start(m_settings);
            for (const SettingChange& change : presetChanges(preset, m_settings))
                choose(change);
        });
        grid->addWidget(button, index / columns, index % columns);
    }
    lines.addLayout(grid);
}

QWidget* ForkDialog::makeRows(const Experiment& experiment, const Dataset& dataset)
{
    auto* box = new QWidget;
    auto* lines = new QVBoxLayout(box);
    lines->setContentsMargins(0, 0, 8, 0);
    lines->setSpacing(6);
    std::int64_t longest = 1;
    for (const Sequence& sequence : dataset.training)
        longest = std::max(longest, sequence.length());
    const QString obstacle = truncationObstacle(experiment);
    for (const SettingSpec& spec : settingTable()) {
        SettingRow* row = makeSettingRow(spec.setting);
        m_rows.emplace(spec.setting, row);
        const bool isTruncation = spec.setting == Setting::K1 || spec.setting == Setting::K2;
        if (auto* slider = qobject_cast<SliderRow*>(row); slider != nullptr && isTruncation) {
            slider->setLongest(longest);
            row->setEnabled(obstacle.isEmpty());
            row->setToolTip(obstacle);
        }
        if (auto* choices = qobject_cast<ChoiceRow*>(row))
            for (int index = 0; index < int(spec.choices.size()); ++index)
                choices->setObstacle(index, choiceObstacle(experiment, spec.setting, index));
        row->start(m_settings);
        connect(row, &SettingRow::chosen, this, &ForkDialog::choose);
        lines->addWidget(row);
    }
    lines->addStretch(1);
    return box;
}

void ForkDialog::choose(const SettingChange& change)
{
    SettingRow* row = m_rows.at(change.setting);
    if (change.value == settingValue(m_settings, change.setting))
        row->start(m_settings);
    else
        row->ask(change.value);
    suggestName();
}

std::vector<SettingChange> ForkDialog::changes() const
{
    std::vector<SettingChange> changed;
    for (const SettingSpec& spec : settingTable())
        if (const SettingRow* row = m_rows.at(spec.setting); row->isPending())
            changed.push_back({spec.setting, row->shown()});
    return changed;
}

void ForkDialog::suggestName()
{
    LaneSpec named;
    named.changes = changes();
    named.evolves = m_evolves->isChecked();
    const QString words = differenceWords(named, m_settings);
    m_changes->setText(words);
    if (!m_isNamed) {
        m_name->setText(words);
        m_name->setCursorPosition(0);
    }
}

LaneSpec ForkDialog::lane() const
{
    return {.name = m_name->text().trimmed().toStdString(),
            .changes = changes(),
            .evolves = m_evolves->isChecked()};
}

bool ForkDialog::isFromBeginning() const
{
    return m_beginning != nullptr && m_beginning->isChecked();
}

} // namespace chronograd
