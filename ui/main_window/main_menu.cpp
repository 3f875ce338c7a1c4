#include "ui/main_window/main_menu.h"

#include "ui/compare/compare_panel.h"
#include "ui/main_window/card_desk.h"
#include "ui/main_window/experiment_files.h"
#include "ui/main_window/keyboard_help.h"
#include "ui/main_window/run_until_menu.h"
#include "ui/main_window/transport_bar.h"
#include "ui/theme/card.h"
#include "ui/theme/reading.h"

#include <QAction>
#include <QActionGroup>
#include <QMessageBox>
#include <QPushButton>
#include <QUndoStack>

namespace chronograd {

MainMenu::MainMenu(QWidget* parent)
    : QMenuBar(parent)
{}

void MainMenu::addFileMenu(ExperimentFiles& files)
{
    QMenu* menu = addMenu(tr("&File"));
    ExperimentFiles* const to = &files;
    menu->addAction(tr("Ready &experiments…"), QKeySequence(Qt::CTRL | Qt::Key_E), to,
                    &ExperimentFiles::chooseReady);
    menu->addAction(tr("&Open…"), QKeySequence::Open, to, &ExperimentFiles::askAndOpen);
    QMenu* recent = menu->addMenu(tr("Open &recent"));
    connect(menu, &QMenu::aboutToShow, to, [to, recent] { to->fillRecentMenu(*recent); });
    menu->addAction(tr("Run &library…"), QKeySequence(Qt::CTRL | Qt::Key_L), this, &MainMenu::libraryAsked);
    menu->addSeparator();
    menu->addAction(tr("&Save"), QKeySequence::Save, to, &ExperimentFiles::save);
    menu->addAction(tr("Save &as…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), to,
                    &ExperimentFiles::askAndSave);
    menu->addSeparator();
    menu->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, [this] { window()->close(); });
}

void MainMenu::addEditMenu(QUndoStack& changes)
{
    QMenu* menu = addMenu(tr("&Edit"));
    QAction* undo = changes.createUndoAction(menu, tr("&Undo"));
    QAction* redo = changes.createRedoAction(menu, tr("&Redo"));
    undo->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z));
    redo->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    undo->setToolTip(
        tr("Sets the old value again, from the next update on. The list is saved with the session, and "
           "begins anew when training restarts"));
    const auto tellNone = [undo](const QString& text) {
        if (text.isEmpty())
            undo->setText(tr("&Undo (nothing changed by hand)"));
    };
    connect(&changes, &QUndoStack::undoTextChanged, undo, tellNone);
    tellNone(changes.undoText());
    menu->addActions({undo, redo});
    menu->addSeparator();
    QAction* change = menu->addAction(tr("&Change the number shown"), this, &MainMenu::editAsked);
    change->setShortcut(QKeySequence(Qt::Key_F2));
    change->setToolTip(tr("A weight, an input or a target in the inspector, while training is paused"));
}

void MainMenu::addTrainingMenu(TransportBar& transport, ComparePanel& lanes, QAction& predict)
{
    QMenu* menu = addMenu(tr("&Training"));
    TransportBar* const to = &transport;
    // The keys in the texts are told, not set: they are in force in the graph and the plots only.
    menu->addAction(tr("&Run or pause\tSpace"), to, &TransportBar::toggleRun);
    menu->addMenu(transport.untilMenu());
    menu->addAction(tr("&Step\t."), to, qOverload<>(&TransportBar::step));
    menu->addAction(tr("Step to the end of the &update\t>"), to, [to] { to->step(Granularity::Update); });
    menu->addAction(tr("Step &back\t,"), to, qOverload<>(&TransportBar::stepBack));
    menu->addAction(tr("Back to the end of the update before\t<"), to,
                    [to] { to->stepBack(Granularity::Update); });
    menu->addSeparator();
    menu->addAction(tr("Restart with the sa&me seed\tR"), to, &TransportBar::restart);
    menu->addAction(tr("Restart with a &new seed\tN"), to, &TransportBar::newSeed);
    menu->addSeparator();
    menu->addAction(tr("S&weep settings…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W), this,
                    &MainMenu::sweepAsked);
    menu->addAction(tr("&Fork: compare with other settings…"), QKeySequence(Qt::CTRL | Qt::Key_B), &lanes,
                    &ComparePanel::startFork);
    menu->addAction(tr("Ready &comparisons…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_B), &lanes,
                    &ComparePanel::chooserAsked);
    menu->addAction(&predict);
    menu->addSeparator();
    QMenu* sizes = menu->addMenu(tr("Step &by"));
    const QStringList names{tr("&Term\t1"), tr("U&nit\t2"),   tr("&Layer\t3"),    tr("&Time step\t4"),
                            tr("&Pass\t5"), tr("&Update\t6"), tr("&Sequence\t7"), tr("&Epoch\t8")};
    for (int index = 0; index < names.size(); ++index)
        sizes->addAction(names[index], to,
                         [to, index] { to->setGranularity(static_cast<Granularity>(index)); });
}

void MainMenu::addViewMenu(CardDesk& desk, QAction& projector, bool isAnimated)
{
    QMenu* menu = addMenu(tr("&View"));
    for (Card* card : desk.sideCards())
        menu->addAction(card->toggleViewAction());
    QMenu* plots = menu->addMenu(tr("&Plots"));
    for (const std::vector<Card*>& place : desk.places()) {
        plots->addSeparator();
        for (Card* card : place)
            plots->addAction(card->toggleViewAction());
    }
    menu->addSeparator();
    menu->addAction(tr("&All cards at their places"), &desk, &CardDesk::resetLayout);
    menu->addSeparator();
    addNumberMenu(*menu);
    addThemes(*menu);
    menu->addAction(&projector);
    QAction* animations = menu->addAction(tr("A&nimations"));
    animations->setObjectName(QStringLiteral("animations"));
    animations->setCheckable(true);
    animations->setChecked(isAnimated);
    connect(animations, &QAction::toggled, this, &MainMenu::animationsAsked);
}

/// Light while none of them is chosen.
void MainMenu::addThemes(QMenu& view)
{
    auto* others = new QActionGroup(this);
    others->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    const auto add = [this, &view, others](ThemeKind kind, const QString& text) {
        QAction* action = others->addAction(text);
        action->setCheckable(true);
        action->setChecked(Theme::current().kind == kind);
        connect(action, &QAction::triggered, this,
                [this, kind](bool on) { emit themeAsked(on ? kind : ThemeKind::Light); });
        view.addAction(action);
        return action;
    };
    QAction* dark = add(ThemeKind::Dark, tr("&Dark"));
    dark->setObjectName(QStringLiteral("dark"));
    dark->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_D));
    QAction* grey = add(ThemeKind::Grey, tr("&Grey, for print"));
    grey->setObjectName(QStringLiteral("grey"));
    grey->setToolTip(tr("Without colours: pictures that are exported can be printed in black and white"));
}

/// How numbers are written, and what a delta is.
void MainMenu::addNumberMenu(QMenu& view)
{
    QMenu* menu = view.addMenu(tr("&Numbers"));
    menu->setToolTipsVisible(true);
    QAction* comma = menu->addAction(tr("Decimal &comma"));
    comma->setObjectName(QStringLiteral("decimalComma"));
    comma->setCheckable(true);
    comma->setToolTip(tr("0,25 instead of 0.25, everywhere; both can always be typed"));
    connect(comma, &QAction::triggered, this, [](bool on) {
        Reading reading = Reading::current();
        reading.decimalComma = on;
        applyReading(reading);
    });
    QAction* error =
        menu->addAction(tr("&Error signal, %1").arg(deltaDefinition(SignConvention::ErrorSignal)));
    error->setObjectName(QStringLiteral("errorSignal"));
    error->setCheckable(true);
    error->setToolTip(tr("Deltas with the sign that the texts on the delta rule give them"));
    connect(error, &QAction::triggered, this, [](bool on) {
        Reading reading = Reading::current();
        reading.sign = on ? SignConvention::ErrorSignal : SignConvention::Derivative;
        applyReading(reading);
    });
    connect(menu, &QMenu::aboutToShow, this, [comma, error] {
        comma->setChecked(Reading::current().decimalComma);
        error->setChecked(Reading::current().sign == SignConvention::ErrorSignal);
    });
}

void MainMenu::addHelpMenu()
{
    QMenu* menu = addMenu(tr("&Help"));
    menu->addAction(tr("&Keyboard"), QKeySequence(Qt::Key_F1), this, [this] {
        auto* help = new KeyboardHelp(window());
        help->setAttribute(Qt::WA_DeleteOnClose);
        help->open();
    });
    menu->addAction(tr("&About Chronograd"), this, [this] {
        auto* about = new QMessageBox(window());
        about->setAttribute(Qt::WA_DeleteOnClose);
        about->setWindowTitle(tr("About Chronograd"));
        about->setText(tr("<b>Chronograd %1</b>").arg(QStringLiteral(CHRONOGRAD_VERSION)));
        about->setInformativeText(
            tr("Back-propagation through time, step by step: every number on screen leads to its formula.\n\n"
               "Free software under the GNU General Public License, version 3 or later."));
        about->addButton(QMessageBox::Close)->setToolTip(tr("Close this window (Esc)"));
        about->open();
    });
}

} // namespace chronograd
