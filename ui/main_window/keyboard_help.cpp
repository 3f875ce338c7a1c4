#include "ui/main_window/keyboard_help.h"

#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace chronograd {

namespace {

struct Row
{
    const char* keys;
    const char* meaning;
};

constexpr Row rows[] = {
    {"", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "Everywhere")},
    {"Space", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "run or pause, when no button has the focus")},
    {"Ctrl+O", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "open an experiment file")},
    {"Ctrl+E", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "ready experiments")},
    {"Ctrl+L", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp",
                                 "run library: every run that trained, to be found, reopened, compared")},
    {"Ctrl+S",
     QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "save the experiment with the changes made by hand")},
    {"Ctrl+Shift+S", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "save it under another name")},
    {"Ctrl+Z, Ctrl+Shift+Z", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp",
                                               "take back a change of a setting or a number, make it again")},
    {"F2", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp",
                             "change the weight, input or target in the inspector, while paused")},
    {"Ctrl+Shift+W",
     QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "sweep settings: train every combination")},
    {"Ctrl+B", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "fork: compare with other settings")},
    {"Ctrl+Shift+B", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "ready comparisons")},
    {"Ctrl+P", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "predict each number before it is shown")},
    {"Ctrl+D", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "dark, or light again")},
    {"F11", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "projector mode: large type, thick lines")},
    {"Esc", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "dismiss a message")},
    {"F1", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "this list")},
    {"", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "In the graph and the plots")},
    {".", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "one step of the chosen size")},
    {">", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "to the end of the next update")},
    {",", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "one step of the chosen size back")},
    {"<", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "back to the end of the update before")},
    {"Ctrl+click", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "on the loss curve: go to that update")},
    {"U", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "run until an update, a loss, the end of …")},
    {"R", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "restart with the same seed")},
    {"N", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "restart with a new seed")},
    {"1 … 8", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp",
                                "step by term, unit, layer, time step, pass, update, sequence, epoch")},
    {"F", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "in the graph: fold the copies into one, or unfold")},
    {"+ − 0", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "zoom in, out, back to everything")},
    {"← → ↑ ↓", QT_TRANSLATE_NOOP("chronograd::KeyboardHelp", "move the selection through time and layers")},
};

/// Groups stand side by side: one above the other they would not fit on a small screen.
QGridLayout* addGroup(QHBoxLayout& groups)
{
    auto* column = new QVBoxLayout;
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(18);
    grid->setVerticalSpacing(5);
    column->addLayout(grid);
    column->addStretch(1);
    groups.addLayout(column);
    return grid;
}

} // namespace

KeyboardHelp::KeyboardHelp(QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keyboard"));
    auto* groups = new QHBoxLayout;
    groups->setSpacing(32);
    QGridLayout* grid = nullptr;
    for (const Row& row : rows) {
        auto* meaning = new QLabel(tr(row.meaning));
        if (*row.keys == '\0') {
            meaning->setProperty("look", QStringLiteral("heading"));
            grid = addGroup(*groups);
            grid->addWidget(meaning, 0, 0, 1, 2);
            continue;
        }
        auto* keys = new QLabel(QString::fromUtf8(row.keys));
        keys->setProperty("look", QStringLiteral("strong"));
        const int line = grid->rowCount();
        grid->addWidget(keys, line, 0);
        grid->addWidget(meaning, line, 1);
    }
    auto* close = new QPushButton(tr("Close"));
    close->setToolTip(tr("Close this list"));
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(18, 16, 18, 14);
    lines->addLayout(groups);
    lines->addSpacing(8);
    lines->addWidget(close, 0, Qt::AlignRight);
}

} // namespace chronograd
