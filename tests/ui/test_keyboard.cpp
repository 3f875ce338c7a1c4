#include "tests/support/settings_folder.h"
#include "tests/support/travelled_window.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/main_window/keyboard_help.h"
#include "ui/main_window/message_banner.h"

#include <QApplication>
#include <QDialog>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QTimer>

#include <map>

using namespace chronograd;
using test::Travelled;

namespace {

/// The keys of the list under Help, as they are written there.
QStringList listedKeys()
{
    const KeyboardHelp help;
    QStringList keys;
    for (const QLabel* label : help.findChildren<QLabel*>())
        if (label->property("look") == QStringLiteral("strong"))
            keys << label->text();
    return keys;
}

/// Presses a key of the whole window, as "Ctrl+Shift+B", where the focus is.
void press(const Travelled& opened, const char* key, QWidget* where = nullptr)
{
    const QKeyCombination keys = QKeySequence(QString::fromLatin1(key))[0];
    QWidget* focus = where != nullptr ? where : opened.window.focusWidget();
    QTest::keyClick(focus != nullptr ? focus : const_cast<MainWindow*>(&opened.window), keys.key(),
                    keys.keyboardModifiers());
}

/// A dialog or a window of this class that is seen now; closed again.
bool shows(const char* className)
{
    const auto found = [className]() -> QWidget* {
        for (QWidget* each : QApplication::topLevelWidgets())
            if (each->isVisible() && each->inherits(className))
                return each;
        return nullptr;
    };
    const bool isThere = QTest::qWaitFor([&] { return found() != nullptr; }, test::patience);
    if (isThere)
        found()->close();
    return isThere;
}

using Check = std::function<bool(Travelled&)>;

Check opens(const char* key, const char* className)
{
    return [key, className](Travelled& opened) {
        press(opened, key);
        return shows(className);
    };
}

GraphView& graphOf(Travelled& opened)
{
    return *opened.window.findChild<GraphView*>();
}

/// A key in the graph, after which something holds.
Check inGraph(const char* key, const std::function<bool(Travelled&)>& holds)
{
    return [key, holds](Travelled& opened) {
        GraphCanvas& canvas = graphOf(opened).canvas();
        canvas.setFocus();
        press(opened, key, &canvas);
        return opened.waitUntil([&] { return holds(opened); });
    };
}

bool movesSelection(Travelled& opened)
{
    if (!opened.window.select("hidden.out[2]@8"))
        return false;
    const auto shown = [&] { return *opened.window.findChild<InspectorPanel*>()->shown(); };
    GraphCanvas& canvas = graphOf(opened).canvas();
    canvas.setFocus();
    const auto movesBy = [&](Qt::Key key, auto number, int by) {
        const auto before = number(shown());
        QTest::keyClick(&canvas, key);
        return number(shown()) == before + by;
    };
    const auto time = [](const Quantity& quantity) { return int(quantity.t); };
    const auto unit = [](const Quantity& quantity) { return quantity.unit; };
    return movesBy(Qt::Key_Left, time, -1) && movesBy(Qt::Key_Right, time, 1) &&
           movesBy(Qt::Key_Up, unit, -1) && movesBy(Qt::Key_Down, unit, 1);
}

bool zooms(Travelled& opened)
{
    GraphCanvas& canvas = graphOf(opened).canvas();
    canvas.setFocus();
    const auto scale = [&] { return canvas.state().layout.pitch(); };
    const double whole = scale();
    QTest::keyClick(&canvas, Qt::Key_Plus);
    const double large = scale();
    QTest::keyClick(&canvas, Qt::Key_Minus);
    const double small = scale();
    QTest::keyClick(&canvas, Qt::Key_Plus);
    QTest::keyClick(&canvas, Qt::Key_0);
    return large > whole && small < large && qFuzzyCompare(scale(), whole);
}

bool choosesEachSize(Travelled& opened)
{
    GraphCanvas& canvas = graphOf(opened).canvas();
    canvas.setFocus();
    for (int size = 0; size <= int(Granularity::Epoch); ++size) {
        QTest::keyClick(&canvas, Qt::Key(Qt::Key_1 + size));
        if (opened.window.transport().granularity() != Granularity(size))
            return false;
    }
    return true;
}

bool takesBackAndMakesAgain(Travelled& opened)
{
    opened.type("k1", "2");
    graphOf(opened).canvas().setFocus();
    press(opened, "Ctrl+Z");
    const bool isBack = opened.field("k1")->text() == QStringLiteral("5");
    press(opened, "Ctrl+Shift+Z");
    return isBack && opened.field("k1")->text() == QStringLiteral("2");
}

bool runsAndPauses(Travelled& opened)
{
    graphOf(opened).canvas().setFocus();
    press(opened, "Space");
    const bool runs = opened.waitForState(RunState::Running);
    press(opened, "Space");
    return runs && opened.waitForState(RunState::Paused);
}

bool toggles(Travelled& opened, const char* key, const std::function<bool()>& isOn)
{
    const bool before = isOn();
    press(opened, key);
    const bool turned = opened.waitUntil([&] { return isOn() != before; });
    press(opened, key);
    return turned && opened.waitUntil([&] { return isOn() == before; });
}

bool opensUntilMenu(Travelled& opened)
{
    bool isThere = false;
    QTimer::singleShot(0, &opened.window, [&] { // the menu has a loop of its own
        QWidget* menu = QApplication::activePopupWidget();
        isThere = qobject_cast<QMenu*>(menu) != nullptr;
        if (menu != nullptr)
            menu->close();
    });
    GraphCanvas& canvas = graphOf(opened).canvas();
    canvas.setFocus();
    QTest::keyClick(&canvas, Qt::Key_U);
    return isThere;
}

bool editsTheWeight(Travelled& opened)
{
    if (!opened.window.select("hidden.W_h[1,1]"))
        return false;
    graphOf(opened).canvas().setFocus();
    press(opened, "F2");
    return qobject_cast<QLineEdit*>(opened.window.focusWidget()) != nullptr;
}

/// What the list says a key does, done; a click with the mouse is left to the test of the loss curve.
std::map<QString, Check> checks()
{
    const auto update = [](std::int64_t number) {
        return [number](Travelled& opened) { return opened.frame().position.update == number; };
    };
    return {
        {QStringLiteral("Space"), runsAndPauses},
        {QStringLiteral("Ctrl+O"), opens("Ctrl+O", "QFileDialog")},
        {QStringLiteral("Ctrl+E"), opens("Ctrl+E", "chronograd::ExperimentChooser")},
        {QStringLiteral("Ctrl+L"),
         [](Travelled& opened) { // windows of tests keep no runs, and say so
             press(opened, "Ctrl+L");
             return opened.window.banner().text().contains(QStringLiteral("run library"));
         }},
        {QStringLiteral("Ctrl+S"), opens("Ctrl+S", "QFileDialog")},
        {QStringLiteral("Ctrl+Shift+S"), opens("Ctrl+Shift+S", "QFileDialog")},
        {QStringLiteral("Ctrl+Z, Ctrl+Shift+Z"), takesBackAndMakesAgain},
        {QStringLiteral("F2"), editsTheWeight},
        {QStringLiteral("Ctrl+Shift+W"), opens("Ctrl+Shift+W", "chronograd::SweepWindow")},
        {QStringLiteral("Ctrl+B"), opens("Ctrl+B", "chronograd::ForkDialog")},
        {QStringLiteral("Ctrl+Shift+B"), opens("Ctrl+Shift+B", "chronograd::ComparisonChooser")},
        {QStringLiteral("Ctrl+P"),
         [](Travelled& opened) {
             QWidget* card = opened.find<QWidget>("predict");
             return toggles(opened, "Ctrl+P", [card] { return card->isVisible(); });
         }},
        {QStringLiteral("Ctrl+D"),
         [](Travelled& opened) {
             return toggles(opened, "Ctrl+D", [] { return Theme::current().kind == ThemeKind::Dark; });
         }},
        {QStringLiteral("F11"),
         [](Travelled& opened) {
             return toggles(opened, "F11", [&] { return opened.window.isFullScreen(); });
         }},
        {QStringLiteral("Esc"),
         [](Travelled& opened) {
             opened.window.select("hidden.W_h[99,2]");
             const bool isTold = !opened.window.banner().text().isEmpty();
             press(opened, "Esc");
             return isTold && opened.waitUntil([&] { return opened.window.banner().text().isEmpty(); });
         }},
        {QStringLiteral("F1"), opens("F1", "chronograd::KeyboardHelp")},
        {QStringLiteral("."), inGraph(".", update(4))},
        {QStringLiteral(">"), inGraph(">", update(4))},
        {QStringLiteral(","), inGraph(",", update(2))},
        {QStringLiteral("<"), inGraph("<", update(2))},
        {QStringLiteral("U"), opensUntilMenu},
        {QStringLiteral("R"), inGraph("R", update(0))},
        {QStringLiteral("N"), inGraph("N", update(0))},
        {QStringLiteral("1 … 8"), choosesEachSize},
        {QStringLiteral("F"),
         [](Travelled& opened) {
             graphOf(opened).setAnimated(false);
             return inGraph("F", [](Travelled& folded) {
                 return graphOf(folded).canvas().state().layout.isFolded();
             })(opened);
         }},
        {QStringLiteral("+ − 0"), zooms},
        {QStringLiteral("← → ↑ ↓"), movesSelection},
    };
}

} // namespace

/// Every key of the list under Help does what the list says.
class TestKeyboard : public QObject
{
    Q_OBJECT

private slots:
    void init() { applyTheme(*qApp, ThemeKind::Light); }

    void everyKeyOfTheListActs_data()
    {
        QTest::addColumn<QString>("key");
        for (const QString& key : listedKeys())
            if (key != QStringLiteral("Ctrl+click"))
                QTest::newRow(qPrintable(key)) << key;
    }

    void everyKeyOfTheListActs()
    {
        QFETCH(QString, key);
        const std::map<QString, Check> all = checks();
        const auto check = all.find(key);
        QVERIFY2(check != all.end(), "a key that nobody has tried");
        Travelled opened(3);
        opened.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&opened.window));
        QVERIFY(check->second(opened));
    }

    void everyKeyThatActsIsListed()
    {
        const QStringList listed = listedKeys();
        for (const auto& [key, check] : checks())
            QVERIFY2(listed.contains(key), qPrintable(key));
    }

private:
    test::SettingsFolder m_folder;
};

QTEST_MAIN(TestKeyboard)
#include "test_keyboard.moc"
