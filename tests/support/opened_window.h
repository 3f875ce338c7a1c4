#pragma once

#include "core/training/frame.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/session_bridge.h"

#include <QAction>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

namespace chronograd::test {

inline constexpr int patience = 20'000; // milliseconds; only a failing test waits so long

/// Windows of tests keep no runs in the user's library, unless a test has named one of its own.
inline MainWindow::Memory withoutLibrary(MainWindow::Memory memory)
{
    if (!qEnvironmentVariableIsSet("CHRONOGRAD_LIBRARY"))
        qputenv("CHRONOGRAD_LIBRARY", "");
    return memory;
}

/// A window on the first ready experiment, after its first update.
struct Opened
{
    explicit Opened(MainWindow::Memory memory = MainWindow::Memory::None, QSize size = {1280, 720})
        : window(withoutLibrary(memory))
    {
        window.resize(size);
        window.show();
        window.openFirst();
        waitForUpdate(1);
    }

    const Frame& frame() const { return *window.bridge().frame(); }

    bool waitForUpdate(std::int64_t update)
    {
        return QTest::qWaitFor(
            [this, update] { return window.bridge().frame() && frame().position.update >= update; },
            patience);
    }

    bool waitForState(RunState state)
    {
        return QTest::qWaitFor([this, state] { return window.bridge().state() == state; }, patience);
    }

    template<typename Widget>
    Widget* find(const char* name)
    {
        return window.findChild<Widget*>(QString::fromLatin1(name));
    }

    void click(const char* name) { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }

    QLineEdit* field(const char* setting)
    {
        return window.findChild<QWidget*>(QString::fromLatin1(setting))->findChild<QLineEdit*>();
    }

    void type(const char* setting, const char* text)
    {
        QLineEdit* edit = field(setting);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, QString::fromLatin1(text));
        QTest::keyClick(edit, Qt::Key_Return);
    }

    void chooseGranularity(Granularity granularity)
    {
        const auto buttons = find<QWidget>("granularity")->findChildren<QPushButton*>();
        QTest::mouseClick(buttons.at(int(granularity)), Qt::LeftButton);
    }

    QAction* action(const char* text)
    {
        for (QAction* action : window.findChildren<QAction*>())
            if (action->text().remove(u'&').section(u'\t', 0, 0) == QString::fromUtf8(text))
                return action;
        return nullptr;
    }

    MainWindow window;
};

} // namespace chronograd::test
