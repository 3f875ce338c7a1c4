#include "tests/support/opened_window.h"
#include "tests/support/settings_folder.h"
#include "ui/graph/graph_legend.h"
#include "ui/main_window/projector_mode.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSettings>
#include <QToolButton>

using namespace chronograd;
using test::Opened;

/// Themes and the projector mode, as the window puts them in force.
class TestWindowTheme : public QObject
{
    Q_OBJECT

private slots:
    void init() { applyTheme(*qApp, ThemeKind::Light); }
    void cleanup() { QSettings().clear(); }

    void themesChangeByMenuAndAreRemembered_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<int>("kind");
        QTest::newRow("dark") << QByteArray("Dark") << int(ThemeKind::Dark);
        QTest::newRow("grey") << QByteArray("Grey, for print") << int(ThemeKind::Grey);
    }
    void themesChangeByMenuAndAreRemembered()
    {
        QFETCH(QByteArray, name);
        QFETCH(int, kind);
        const Theme& theme = Theme::of(ThemeKind(kind));
        Opened opened(MainWindow::Memory::Kept);
        const auto ground = [&opened] { return opened.window.grab().toImage().pixelColor(3, 400); };
        QCOMPARE(ground(), Theme::of(ThemeKind::Light).ground);
        opened.action(name)->trigger();
        QTRY_COMPARE(ground(), theme.ground);
        Opened again(MainWindow::Memory::Kept);
        QCOMPARE(Theme::current().kind, theme.kind);
        QVERIFY(again.action(name)->isChecked());
        again.action(name)->trigger();
        QCOMPARE(Theme::current().kind, ThemeKind::Light);
    }

    void oneThemeTakesThePlaceOfTheOther()
    {
        Opened opened;
        opened.action("Dark")->trigger();
        opened.action("Grey, for print")->trigger();
        QVERIFY(!opened.action("Dark")->isChecked());
        QCOMPARE(Theme::current().kind, ThemeKind::Grey);
        const auto* legend = opened.window.findChild<GraphLegend*>();
        QTRY_VERIFY(legend->toolTip().contains(QStringLiteral("black")));
        QVERIFY(!legend->accessibleDescription().contains(QStringLiteral("blue")));
    }

    void projectorModeTakesTheScreenAndGivesItBack()
    {
        Opened opened;
        const QSize size = opened.window.size();
        const int field = opened.field("k2")->width();
        QTest::keyClick(&opened.window, Qt::Key_F11);
        QVERIFY(opened.window.isFullScreen());
        const qreal magnification = ProjectorMode::magnificationOn(opened.window.screen()->size());
        QCOMPARE(Theme::current().magnification, magnification);
        QVERIFY(Theme::current().stroke > 1.0);
        QTRY_COMPARE(opened.field("k2")->width(), qRound(magnification * field));
        opened.action("Dark")->trigger(); // both can be had
        QCOMPARE(Theme::current().kind, ThemeKind::Dark);
        QCOMPARE(Theme::current().magnification, magnification);
        opened.click("projector"); // where the menu is far away
        QVERIFY(!opened.window.isFullScreen());
        QCOMPARE(Theme::current().magnification, 1.0);
        QCOMPARE(Theme::current().kind, ThemeKind::Dark);
        QTRY_COMPARE(opened.field("k2")->width(), field);
        QTRY_COMPARE(opened.window.size(), size);
    }

    void theProjectorIsNotRemembered()
    {
        {
            Opened opened(MainWindow::Memory::Kept);
            QTest::keyClick(&opened.window, Qt::Key_F11);
            QVERIFY(opened.window.isFullScreen());
            opened.window.close();
        }
        const Opened again(MainWindow::Memory::Kept);
        QVERIFY(!again.window.isFullScreen());
        QCOMPARE(Theme::current().magnification, 1.0);
    }

    void typeGrowsWithTheScreen()
    {
        QCOMPARE(ProjectorMode::magnificationOn({1280, 720}), 1.1); // everything is large there already
        QCOMPARE(ProjectorMode::magnificationOn({1920, 1080}), 1.35);
        QCOMPARE(ProjectorMode::magnificationOn({3840, 2160}), 2.0);
    }

private:
    test::SettingsFolder m_folder;
};

QTEST_MAIN(TestWindowTheme)
#include "test_window_theme.moc"
