#include "tests/support/opened_window.h"
#include "tests/support/settings_folder.h"
#include "ui/graph/graph_legend.h"
#include "ui/main_window/card_desk.h"
#include "ui/main_window/position_text.h"
#include "ui/main_window/projector_mode.h"
#include "ui/main_window/resources.h"
#include "ui/plots/loss_plot.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSet>
#include <QToolButton>

using namespace chronograd;
using test::Opened;

/// How the window fits: on a small screen, by keyboard, in words.
class TestWindowFit : public QObject
{
    Q_OBJECT

private slots:
    void init() { applyTheme(*qApp, ThemeKind::Light); }

    void everyButtonHasANameAndATip()
    {
        Opened opened;
        for (const QAbstractButton* button : opened.window.findChildren<QAbstractButton*>()) {
            if (button->objectName().startsWith(QStringLiteral("qt_")) || !button->isVisible())
                continue;
            const QString name =
                button->accessibleName().isEmpty() ? button->text() : button->accessibleName();
            QVERIFY2(!name.isEmpty(), button->metaObject()->className());
            QVERIFY2(!button->toolTip().isEmpty(), qPrintable(name));
        }
    }

    void everyReadyExperimentFitsASmallScreen()
    {
        Opened opened;
        for (const auto& file : readyExperiments()) {
            QVERIFY(opened.window.open(file));
            QVERIFY(opened.waitForUpdate(1));
            QTest::qWait(20);
            const QSize least = opened.window.minimumSizeHint();
            QVERIFY2(least.width() <= 1280 && least.height() <= 720,
                     qPrintable(QStringLiteral("%1: %2 × %3")
                                    .arg(QString::fromStdString(file.filename().string()))
                                    .arg(least.width())
                                    .arg(least.height())));
        }
    }

    void tabPassesOverCardsBehindOthers_data()
    {
        QTest::addColumn<Qt::Key>("key");
        QTest::newRow("forward") << Qt::Key_Tab;
        QTest::newRow("backward") << Qt::Key_Backtab;
    }
    void tabPassesOverCardsBehindOthers()
    {
        QFETCH(Qt::Key, key);
        Opened opened;
        opened.window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&opened.window));
        QSet<const QWidget*> stops;
        while (!stops.contains(QApplication::focusWidget())) {
            stops << QApplication::focusWidget();
            QTest::keyClick(QApplication::focusWidget(), key);
            QVERIFY2(!CardDesk::isBehind(*QApplication::focusWidget()),
                     qPrintable(QApplication::focusWidget()->accessibleName()));
        }
        QVERIFY(stops.contains(opened.window.findChild<LossPlot*>()));
        QVERIFY(stops.contains(opened.find<QToolButton>("run")));
    }

    void everyMenuFitsASmallScreen()
    {
        const Opened opened;
        for (const QMenu* menu : opened.window.findChildren<QMenu*>())
            QVERIFY2(menu->sizeHint().height() <= 640, qPrintable(menu->title()));
    }

    void nothingIsCutOff_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<qreal>("magnification");
        QTest::newRow("a small screen") << QSize(1280, 720) << 1.0;
        for (const QSize size : {QSize(1280, 720), QSize(1366, 768), QSize(1920, 1080)})
            QTest::addRow("projected on %d × %d", size.width(), size.height())
                << size << ProjectorMode::magnificationOn(size);
    }
    void nothingIsCutOff()
    {
        QFETCH(QSize, size);
        QFETCH(qreal, magnification);
        applyTheme(*qApp, ThemeKind::Light, magnification);
        Opened opened(MainWindow::Memory::None, size);
        for (const QWidget* widget : opened.window.findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->window() != &opened.window)
                continue;
            const auto* label = qobject_cast<const QLabel*>(widget);
            const auto* button = qobject_cast<const QPushButton*>(widget);
            if ((label && !label->wordWrap() && !label->text().isEmpty()) || button)
                QVERIFY2(widget->width() >= widget->minimumSizeHint().width(),
                         qPrintable(label ? label->text() : button->text()));
        }
        const auto* position = opened.find<QLabel>("position");
        Position late;
        late.epoch = 12;
        late.sequence = late.sequences = 20;
        late.t = 40;
        late.update = 1234;
        const bool isLarge = magnification > 1.0 && size.width() < 1366; // the short text has to do
        for (const QString& text : {isLarge ? shortPositionText(late, 0) : positionText(late, 0),
                                    shortPositionText(late, isLarge ? 0 : 56'789)})
            QVERIFY2(position->fontMetrics().horizontalAdvance(text) <= position->width(),
                     qPrintable(QStringLiteral("%1: %2 > %3")
                                    .arg(text)
                                    .arg(position->fontMetrics().horizontalAdvance(text))
                                    .arg(position->width())));
        opened.find<QToolButton>("moreSettings")->click(); // now there is a scroll bar too
        QTest::qWait(50);
        const auto* scroll = opened.find<QScrollArea>("experimentScroll");
        QVERIFY(scroll->viewport()->width() >= scroll->widget()->minimumSizeHint().width());
        QVERIFY(opened.window.width() <= size.width());
        QVERIFY(opened.window.height() <= size.height());
    }

    /// Beside the switch of the gates there is little room.
    void theLegendOfTheGraphIsWholeBesideTheGates()
    {
        Opened opened;
        for (const auto& file : readyExperiments())
            if (file.filename().string().starts_with("reber"))
                QVERIFY(opened.window.open(file));
        QVERIFY(opened.waitForUpdate(1));
        QTRY_VERIFY(opened.find<QWidget>("gate") && opened.find<QWidget>("gate")->isVisible());
        auto* legend = opened.window.findChild<GraphLegend*>();
        const Theme& theme = Theme::current();
        const QFontMetrics metrics(theme.textFont(theme.smallSize));
        QVERIFY(!legend->shownCaption().isEmpty());
        QVERIFY(legend->width() >= metrics.horizontalAdvance(legend->shownCaption()));
        const QImage drawn = legend->grab().toImage();
        const auto isWritten = [&drawn](int top, int bottom) { // to the right of where words begin
            for (int y = top; y < bottom; ++y)
                for (int x = 20; x < 110; ++x)
                    if (qGray(drawn.pixel(x, y)) < 160)
                        return true;
            return false;
        };
        QVERIFY(isWritten(12, 22) && isWritten(25, 36));
    }

private:
    test::SettingsFolder m_folder;
};

QTEST_MAIN(TestWindowFit)
#include "test_window_fit.moc"
