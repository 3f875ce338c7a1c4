#pragma once

#include "ui/theme/theme.h"

#include <QMenuBar>

class QUndoStack;

namespace chronograd {

class CardDesk;
class ComparePanel;
class ExperimentFiles;
class TransportBar;

class MainMenu : public QMenuBar
{
    Q_OBJECT

public:
    explicit MainMenu(QWidget* parent = nullptr);

    void addFileMenu(ExperimentFiles& files);
    void addEditMenu(QUndoStack& changes);
    void addTrainingMenu(TransportBar& transport, ComparePanel& lanes, QAction& predict);
    void addViewMenu(CardDesk& desk, QAction& projector, bool isAnimated);
    void addHelpMenu();

private:
    void addThemes(QMenu& view);
    void addNumberMenu(QMenu& view);

signals:
    void editAsked();
    void sweepAsked();
    void libraryAsked();
    void themeAsked(chronograd::ThemeKind kind);
    void animationsAsked(bool on);
};

} // namespace chronograd
