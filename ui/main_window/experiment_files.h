#pragma once

#include "core/experiment/experiment.h"

#include <QObject>
#include <QPointer>
#include <QStringList>

#include <filesystem>

class QFileDialog;
class QMenu;
class QWidget;

namespace chronograd {

class SessionBridge;

/// Opening and saving experiments: the dialogs, the ready ones, and the files that were opened lately.
class ExperimentFiles : public QObject
{
    Q_OBJECT

public:
    /// \param window what the dialogs stand before
    ExperimentFiles(SessionBridge& bridge, QWidget& window);

    bool open(const std::filesystem::path& file);
    /// One that is in no file yet.
    bool open(const Experiment& experiment);
    /// The first of the ready experiments.
    bool openFirst();
    void fillRecentMenu(QMenu& menu);

public slots:
    void askAndOpen();
    void chooseReady();
    void save();
    void askAndSave();

signals:
    void opened(); ///< By the user, not the first one.
    void saved(const QString& file);

private:
    bool saveTo(const QString& file);
    void remember(const std::filesystem::path& file);

    SessionBridge& m_bridge;
    QWidget& m_window;
    QString m_savedAs; ///< Where the open experiment was saved before; empty: not yet.
};

} // namespace chronograd
