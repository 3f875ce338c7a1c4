#pragma once

#include "tests/support/opened_window.h"
#include "tests/support/settings_folder.h"
#include "ui/library/library_model.h"
#include "ui/library/library_window.h"
#include "ui/library/run_store.h"
#include "ui/theme/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QPointer>
#include <QTableView>
#include <QTemporaryDir>

namespace chronograd::test {

/// The run library of a test: a file that no other test has.
class TestLibrary
{
public:
    /// Before each test: an empty library, to which windows that keep their runs are pointed.
    void renew()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        qputenv("CHRONOGRAD_LIBRARY", file().toLocal8Bit());
        applyTheme(*qApp, ThemeKind::Light);
    }

    QString file() const { return m_folder->filePath(QStringLiteral("runs.sqlite")); }

    /// What is on the disk, the newest first.
    std::vector<RunEntry> kept() const { return RunStore(file(), RunStore::Check::Quick).entries(); }

    bool waitForKept(std::int64_t update) const
    {
        return QTest::qWaitFor(
            [&] {
                const auto runs = kept();
                return !runs.empty() && runs.front().update == update;
            },
            patience);
    }

private:
    SettingsFolder m_settings;
    std::unique_ptr<QTemporaryDir> m_folder;
};

/// A window that keeps its runs, and its list.
struct KeptWindow : Opened
{
    KeptWindow()
        : Opened(MainWindow::Memory::Kept)
    {}

    void stepTo(std::int64_t update)
    {
        while (frame().position.update < update) {
            const std::int64_t before = frame().position.update;
            window.bridge().post(StepCommand{Granularity::Update});
            QVERIFY(waitForUpdate(before + 1));
        }
    }

    LibraryWindow& openList()
    {
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window))
            qWarning("the window did not become active");
        QTest::keyClick(&window, Qt::Key_L, Qt::ControlModifier);
        // Not qWaitForWindowActive(): a window whose parent is active passes for active.
        if (!QTest::qWaitFor([this] { return QApplication::activeWindow() == &list(); }))
            qWarning("the list did not become active");
        return list();
    }

    LibraryWindow& list() { return *window.findChild<LibraryWindow*>(); }
    QTableView& table() { return *list().findChild<QTableView*>(); }
    QString cell(int row, int column) { return table().model()->index(row, column).data().toString(); }
    QLabel* label(const char* name) { return list().findChild<QLabel*>(QString::fromLatin1(name)); }
    QPushButton* button(const char* name)
    {
        return list().findChild<QPushButton*>(QString::fromLatin1(name));
    }
    void press(const char* name) { QTest::mouseClick(button(name), Qt::LeftButton); }

    QPoint centreOf(int row, int column)
    {
        return table().visualRect(table().model()->index(row, column)).center();
    }
    void clickRow(int row, Qt::KeyboardModifiers keys = {})
    {
        QTest::mouseClick(table().viewport(), Qt::LeftButton, keys, centreOf(row, LibraryModel::Name));
    }
    void sortBy(LibraryModel::Column column)
    {
        QHeaderView* header = table().horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          QPoint(header->sectionViewportPosition(column) + 8, header->height() / 2));
    }
    void typeIntoCell(const char* text)
    {
        const QPointer<QLineEdit> editor = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(editor);
        editor->selectAll();
        QTest::keyClicks(editor, QString::fromUtf8(text));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(!editor); // it closes a turn later
    }
    void openExperiment(const char* name)
    {
        QVERIFY(window.open(std::filesystem::path(CHRONOGRAD_SOURCE_DIR) / "resources/experiments" /
                            (std::string(name) + ".chronograd.json")));
        QVERIFY(QTest::qWaitFor([this] { return window.bridge().frame() != nullptr; }, patience));
        QVERIFY(waitForUpdate(1));
    }
};

} // namespace chronograd::test
