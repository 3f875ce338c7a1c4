#include "ui/theme/card.h"
#include "ui/theme/contrast.h"
#include "ui/theme/desk_size.h"
#include "ui/theme/file_name.h"
#include "ui/theme/link_label.h"
#include "ui/theme/segmented_control.h"
#include "ui/theme/sign_ramp.h"
#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QMainWindow>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include <cmath>

using namespace chronograd;

Q_DECLARE_METATYPE(chronograd::ThemeKind)

class TestTheme : public QObject
{
    Q_OBJECT

private:
    static void themes()
    {
        QTest::addColumn<ThemeKind>("kind");
        QTest::newRow("light") << ThemeKind::Light;
        QTest::newRow("dark") << ThemeKind::Dark;
        QTest::newRow("grey, for print") << ThemeKind::Grey;
    }

private slots:
    void lightColoursAreThoseOfTheTable()
    {
        const Theme& theme = Theme::of(ThemeKind::Light);
        QCOMPARE(theme.positive, QColor(0xe0, 0x82, 0x14));
        QCOMPARE(theme.negative, QColor(0x21, 0x66, 0xac));
        QCOMPARE(theme.backward, QColor(0x0b, 0x7a, 0x75));
        QCOMPARE(theme.update, QColor(0x8a, 0x3b, 0x7e));
        QCOMPARE(theme.cut, QColor(0xb4, 0x23, 0x18));
        QCOMPARE(theme.card, QColor(Qt::white));
    }

    void textIsReadable_data() { themes(); }
    void textIsReadable()
    {
        QFETCH(ThemeKind, kind);
        const Theme& t = Theme::of(kind);
        for (const QColor& ground : {t.card, t.ground})
            for (const QColor& text : {t.text, t.textSecondary})
                QVERIFY2(contrast(text, ground) >= 4.5, qPrintable(text.name() + u' ' + ground.name()));
        for (const QColor& text :
             {t.positiveText, t.negativeText, t.backward, t.update, t.cut, t.curve, t.testCurve})
            QVERIFY2(contrast(text, t.card) >= 4.5, qPrintable(text.name()));
        QVERIFY(contrast(t.cut, t.cutGround) >= 4.5);
        QVERIFY(contrast(t.text, t.controlFill) >= 4.5);
        QVERIFY(contrast(t.textOnStrong, t.controlStrong) >= 4.5);
        QVERIFY(contrast(t.warningText, t.warningGround) >= 4.5);
        QVERIFY(contrast(t.outline, t.card) >= 3.0);
    }

    void numbersOnTheSignScaleAreReadable_data() { themes(); }
    void numbersOnTheSignScaleAreReadable()
    {
        QFETCH(ThemeKind, kind);
        const Theme& theme = Theme::of(kind);
        for (int step = -100; step <= 100; ++step) {
            const QColor fill = theme.signColor(step / 100.0);
            QVERIFY2(contrast(theme.textOn(fill), fill) >= 4.5, qPrintable(fill.name()));
        }
    }

    void signScaleEndsAndMiddle_data() { themes(); }
    void signScaleEndsAndMiddle()
    {
        QFETCH(ThemeKind, kind);
        const Theme& theme = Theme::of(kind);
        QCOMPARE(theme.signColor(0), theme.zeroFill);
        QCOMPARE(theme.signColor(1), theme.positiveFill);
        QCOMPARE(theme.signColor(7), theme.positiveFill);
        QCOMPARE(theme.signColor(-1), theme.negativeFill);
        QCOMPARE(theme.signColor(-1e300), theme.negativeFill);
        QCOMPARE(theme.signColor(std::nan("")), theme.zeroFill);
        QCOMPARE(theme.signLineColor(0), theme.card);
        QCOMPARE(theme.signLineColor(1), theme.positive);
        QCOMPARE(theme.signLineColor(-2), theme.negative);
        QVERIFY(contrast(theme.signLineColor(1), theme.card) >= (kind == ThemeKind::Light ? 2.5 : 3.0));
    }

    void theGreyScaleGoesOneWay() // so that no number looks like one of the other sign
    {
        const Theme& theme = Theme::of(ThemeKind::Grey);
        for (int step = -32; step < 32; ++step)
            QVERIFY(luminance(theme.signColor(step / 32.0)) < luminance(theme.signColor((step + 1) / 32.0)));
        for (const QColor& color :
             {theme.ground, theme.text, theme.backward, theme.update, theme.cut, theme.warningGround})
            QCOMPARE(color.saturation(), 0);
    }

    void aFadedRampGoesBackIntoTheCard_data() { themes(); }
    void aFadedRampGoesBackIntoTheCard()
    {
        QFETCH(ThemeKind, kind);
        const Theme& theme = Theme::of(kind);
        const SignRamp faint(theme, 0.0);
        const SignRamp full(theme);
        for (const double value : {-1.0, 0.0, 1.0}) {
            QCOMPARE(faint.at(value), theme.card.rgb());
            QCOMPARE(full.at(value), theme.signColor(value).rgb());
        }
    }

    void aProjectedThemeIsLargerAndThicker()
    {
        QToolButton button;
        fixButton(button, {40, 30}, 20);
        QWidget panel;
        fixLeastSize(panel, {100, 60});
        const Theme& desk = Theme::of(ThemeKind::Dark);
        applyTheme(*qApp, ThemeKind::Dark, 1.5);
        const Theme& theme = Theme::current();
        QCOMPARE(theme.card, desk.card);
        QCOMPARE(theme.textSize, 1.5 * desk.textSize);
        QCOMPARE(qApp->font().pointSizeF(), theme.textSize);
        QCOMPARE(theme.pen(theme.text, 2.0).widthF(), 3.0);
        button.ensurePolished();
        QCOMPARE(button.size(), QSize(60, 45));
        QCOMPARE(button.iconSize(), QSize(30, 30));
        panel.ensurePolished();
        QCOMPARE(panel.minimumSize(), QSize(150, 90));
        button.show();
        applyTheme(*qApp, ThemeKind::Dark);
        QCOMPARE(Theme::current().pen(theme.text, 2.0).widthF(), 2.0);
        QCOMPARE(button.size(), QSize(40, 30));
        QCOMPARE(button.iconSize(), QSize(20, 20));
    }

    void contrastIsThatOfTheStandard()
    {
        QCOMPARE(contrast(Qt::white, Qt::black), 21.0);
        QCOMPARE(contrast(Qt::white, Qt::white), 1.0);
        QVERIFY(std::abs(contrast(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.01);
    }

    void applyingPutsEverythingInForce_data() { themes(); }
    void applyingPutsEverythingInForce()
    {
        QFETCH(ThemeKind, kind);
        applyTheme(*qApp, kind);
        const Theme& theme = Theme::of(kind);
        QCOMPARE(Theme::current().kind, kind);
        QCOMPARE(qApp->palette().color(QPalette::Base), theme.card);
        QCOMPARE(qApp->palette().color(QPalette::WindowText), theme.text);
        QCOMPARE(qApp->font().pointSizeF(), theme.textSize);
        QVERIFY(!qApp->styleSheet().contains(u'@')); // every name of the table was put in
        QLabel label;
        label.setProperty("look", QStringLiteral("secondary"));
        label.ensurePolished();
        QCOMPARE(label.palette().color(QPalette::WindowText), theme.textSecondary);
    }

    void aCardIsPaintedInTheThemesColour_data() { themes(); }
    void aCardIsPaintedInTheThemesColour()
    {
        QFETCH(ThemeKind, kind);
        applyTheme(*qApp, kind);
        CardFrame card(QStringLiteral("Loss"), new QWidget);
        card.resize(200, 120);
        const QImage image = card.grab().toImage();
        QCOMPARE(image.pixelColor(100, 80), Theme::of(kind).card);
        QCOMPARE(image.pixelColor(0, 0), Theme::of(kind).ground); // outside the rounded corner
        QCOMPARE(image.pixelColor(100, 0), Theme::of(kind).line);
    }

    void boxesAreFlat_data() { themes(); }
    void boxesAreFlat()
    {
        QFETCH(ThemeKind, kind);
        applyTheme(*qApp, kind);
        QComboBox combo;
        QSpinBox spin;
        for (QWidget* box : {static_cast<QWidget*>(&combo), static_cast<QWidget*>(&spin)}) {
            box->resize(90, 26);
            const QImage image = box->grab().toImage();
            for (const int y : {3, 13, 22}) // no shades from top to bottom
                QCOMPARE(image.pixelColor(60, y), Theme::of(kind).card);
            QVERIFY(contrast(image.pixelColor(40, 0), Theme::of(kind).card) >= 3.0);
        }
        QCheckBox check;
        QRadioButton radio;
        for (QWidget* box : {static_cast<QWidget*>(&check), static_cast<QWidget*>(&radio)}) {
            const QImage image = box->grab().toImage();
            double most = 0.0; // of the middle line: it crosses the outline
            for (int x = 0; x < image.width(); ++x)
                most =
                    std::max(most, contrast(image.pixelColor(x, image.height() / 2), Theme::of(kind).card));
            QVERIFY2(most >= 2.5, qPrintable(QString::number(most)));
        }
    }

    void linksFollowTheTheme()
    {
        applyTheme(*qApp, ThemeKind::Light);
        LinkLabel label(QStringLiteral("<a href=\"1\">Go to update 1</a>"));
        const auto has = [&label](ThemeKind kind) {
            const QImage image = label.grab().toImage();
            for (int y = 0; y < image.height(); ++y)
                for (int x = 0; x < image.width(); ++x)
                    if (image.pixelColor(x, y) == Theme::of(kind).backward)
                        return true;
            return false;
        };
        QVERIFY(has(ThemeKind::Light));
        applyTheme(*qApp, ThemeKind::Dark);
        QVERIFY(has(ThemeKind::Dark) && !has(ThemeKind::Light));
    }

    void aHiddenCardComesBackByItsAction()
    {
        QMainWindow window;
        auto* card = new Card(QStringLiteral("loss"), QStringLiteral("Loss"), new QLabel);
        window.addDockWidget(Qt::BottomDockWidgetArea, card);
        window.show();
        QVERIFY(card->isVisible());
        auto* button = card->findChild<QToolButton*>();
        QVERIFY(button != nullptr);
        QVERIFY(!button->accessibleName().isEmpty());
        button->click();
        QVERIFY(!card->isVisible());
        card->toggleViewAction()->trigger();
        QVERIFY(card->isVisible());
    }

    void fileNamesHaveWhatEveryFileSystemTakes()
    {
        QCOMPARE(fileNameOf(QStringLiteral("Echo, three steps back")),
                 QStringLiteral("Echo, three steps back"));
        QCOMPARE(fileNameOf(QStringLiteral("../k2 = 3: <b>\\a</b>?")), QStringLiteral("-k2 = 3- -b-a-b-"));
        QCOMPARE(fileNameOf(QStringLiteral(" .. ")), QStringLiteral("experiment"));
        QCOMPARE(fileNameOf(QString()), QStringLiteral("experiment"));
    }

    void segmentsTellTheChoiceOfTheUserOnly()
    {
        SegmentedControl control(QStringLiteral("step by"),
                                 {QStringLiteral("layer"), QStringLiteral("step")});
        QSignalSpy chosen(&control, &SegmentedControl::chosen);
        control.setCurrent(0);
        QCOMPARE(control.current(), 0);
        QCOMPARE(chosen.size(), 0);
        control.findChildren<QPushButton*>().at(1)->click();
        QCOMPARE(control.current(), 1);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.at(0).at(0).toInt(), 1);
        control.setCurrent(-1);
        QCOMPARE(control.current(), -1);
    }
};

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
