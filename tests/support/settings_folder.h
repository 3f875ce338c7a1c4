#pragma once

#include <QCoreApplication>
#include <QSettings>
#include <QTemporaryDir>

namespace chronograd::test {

/// What windows remember goes into a folder of its own; the ready experiments are those of the sources.
class SettingsFolder
{
public:
    SettingsFolder()
    {
        qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources");
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("chronograd-test"));
        QCoreApplication::setApplicationName(QStringLiteral("chronograd-test"));
    }

    QString filePath(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

} // namespace chronograd::test
