#include "tests/ui/loss_fixtures.h"
#include "ui/plots/course_button.h"
#include "ui/plots/lane_plot.h"
#include "ui/theme/contrast.h"
#include "ui/theme/segmented_control.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>

using namespace chronograd;

namespace {

QString shortest(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

class TestPlotsLoss : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void axesAndLegendSayWhatIsShown();
    void firstOutliersDoNotPressTheCurveFlat();
    void tipSaysUpdateAndExactLoss();
    void tipsNameLanesAsTheyAreCalled();
    void marksSayOldAndNewValue();
    void restartKeepsTheOldCurveUntilTheNext();
    void otherCoursesCostNoRoomAndAreSeen();
    void hiddenPlotCostsNothing();
    void manyNewsAreDrawnOnce();
    void wheelDragAndDoubleClick();
    void keysZoomAndPan();
    void logScaleByClick();
    void tenMillionUpdatesAreDrawnQuickly();
    void followsTheTheme();
    void bringsUpAnEmptyPlot();
    void mouseMovesBetweenNewsAndPaint();
};

void TestPlotsLoss::init()
{
    applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), ThemeKind::Light);
}

void TestPlotsLoss::axesAndLegendSayWhatIsShown()
{
    LossPlot plot;
    plot.showNews(newsOf(1, 40));
    show(plot);
    QCOMPARE(plot.xLabel(), QStringLiteral("update"));
    QCOMPARE(plot.yLabel(), QStringLiteral("loss"));
    QCOMPARE(plot.legendTexts(),
             (QStringList{QStringLiteral("per update"), QStringLiteral("mean of about 10")}));
    plot.showNews(newsOf(41, 4000));
    QTest::qWait(20);
    QCOMPARE(plot.legendTexts(), (QStringList{QStringLiteral("per update"),
                                              QStringLiteral("mean of about 100"), QStringLiteral("test")}));
    QCOMPARE(plot.xRange(), (PlotRange{0.0, 4000.0}));
    QCOMPARE(plot.yRange().lower, 0.0);
    QVERIFY(!plot.accessibleName().isEmpty());
    QVERIFY(plot.accessibleDescription().contains(QStringLiteral("4,000")));
}

void TestPlotsLoss::firstOutliersDoNotPressTheCurveFlat()
{
    LossPlot plot;
    SessionNews news = newsOf(1, 2000);
    news.points[6].loss = 40.0;
    plot.showNews(news);
    show(plot);
    QVERIFY2(plot.yRange().upper > 0.6 && plot.yRange().upper < 10.0,
             qPrintable(QString::number(plot.yRange().upper)));
    plot.setLogarithmic(true);
    QTest::qWait(20);
    QVERIFY(plot.yRange().contains(40.0));
}

void TestPlotsLoss::tipSaysUpdateAndExactLoss()
{
    LossPlot plot;
    plot.showNews(newsOf(1, 200));
    show(plot);
    for (const std::int64_t update : {1, 57, 120, 200}) {
        const QString tip = plot.tipAt(placeOf(plot, double(update), 0.3));
        const QString expected =
            QStringLiteral("update %1: loss %2").arg(update).arg(shortest(lossAt(update)));
        QVERIFY2(tip.startsWith(expected), qPrintable(tip));
    }
    const QString tip = plot.tipAt(placeOf(plot, 150.0, 0.3));
    QVERIFY2(tip.contains(QStringLiteral("test loss %1 after update 150").arg(shortest(0.2 + 1.0 / 150.0))),
             qPrintable(tip));
    QVERIFY(plot.tipAt({2, 2}).isEmpty());
}

/// Whatever somebody calls them.
void TestPlotsLoss::tipsNameLanesAsTheyAreCalled()
{
    BoundedSeries losses;
    for (std::int64_t update = 1; update <= 20; ++update)
        losses.append(update, 0.5);
    LanePlot plot;
    plot.setCurves({{QStringLiteral("k2 %2, %5"), QPen(Qt::black), &losses}});
    show(plot);
    const QString tip = plot.tipAt(plot.pictureRect().center());
    QVERIFY2(tip.startsWith(QStringLiteral("k2 %2, %5: loss 0.5, mean 0.5 (")), qPrintable(tip));
}

void TestPlotsLoss::marksSayOldAndNewValue()
{
    LossPlot plot;
    SessionNews news = newsOf(1, 100);
    Frame frame = exampleFrame(1, true);
    frame.settings.k2 = StepCount(10);
    frame.settings.learningRate = 0.1;
    news.frame = std::make_shared<const Frame>(frame);
    plot.showNews(news);
    SessionNews later = newsOf(101, 200);
    later.changes = {{101, {Setting::K2, StepCount(5)}}, {160, {Setting::LearningRate, 0.05}}};
    plot.showNews(later);
    SessionNews last = newsOf(201, 300);
    last.changes = {{250, {Setting::K2, StepCount::wholeSequence()}}};
    plot.showNews(last);
    show(plot);
    const QString k2 = QString::fromUtf8(settingSpec(Setting::K2).symbol.data());
    const QStringList expected{k2 + QStringLiteral(" 10 → 5"), QStringLiteral("α 0.1 → 0.05"),
                               k2 + QStringLiteral(" 5 → n")};
    QCOMPARE(plot.markTexts(), expected);
    const QString tip = plot.tipAt(placeOf(plot, 160.0, 0.3));
    QVERIFY2(tip.contains(QStringLiteral("from update 160 on: α 0.1 → 0.05")), qPrintable(tip));
    QVERIFY(!plot.tipAt(placeOf(plot, 200.0, 0.3)).contains(u'→'));

    // The dashed line of k2 is in the colour of k2.
    const QImage image = plot.grab().toImage();
    const QPoint foot = placeOf(plot, 101.0, 0.0);
    int seen = 0;
    for (int y = plot.pictureRect().top(); y < foot.y(); ++y)
        for (int x = foot.x() - 2; x <= foot.x() + 2; ++x) {
            const QColor color = image.pixelColor(x, y);
            seen += color.green() - color.red() > 40 && color.blue() - color.red() > 40 ? 1 : 0;
        }
    QVERIFY2(seen > 40, qPrintable(QString::number(seen)));
}

void TestPlotsLoss::restartKeepsTheOldCurveUntilTheNext()
{
    LossPlot plot;
    const QString before = QStringLiteral("run before");
    plot.showNews(newsOf(1, 300));
    show(plot);
    QVERIFY(!plot.legendTexts().contains(before));
    SessionNews second = newsOf(1, 20, 2);
    second.restarted = true;
    plot.showNews(second);
    QTest::qWait(20);
    QVERIFY(plot.legendTexts().contains(before));
    QCOMPARE(plot.xRange().upper, 300.0);
    SessionNews third =
        newsOf(1, 30, 3); // The word "restarted" may be missed: the number of the run tells too.
    plot.showNews(third);
    QTest::qWait(20);
    QCOMPARE(plot.xRange().upper, 30.0);
    plot.clear();
    QTest::qWait(20);
    QVERIFY(!plot.legendTexts().contains(before));
    QVERIFY(plot.markTexts().isEmpty());
}

/// Faint, but told apart from the ground, and from the curve without colour.
void TestPlotsLoss::otherCoursesCostNoRoomAndAreSeen()
{
    LossPlot plot;
    plot.showNews(newsOf(1, 40));
    show(plot, {290, 186}); // as on a small screen
    const int alone = plot.pictureRect().height();
    CourseButton button;
    plot.setBesideSwitch(&button);
    connect(&button, &CourseButton::refilled, &plot, &LossPlot::placeSwitch);
    SessionNews news = newsOf(41, 41);
    news.curve = std::make_shared<const LossCurve>();
    Course left;
    left.furthest = 40;
    left.curve = news.curve;
    news.otherCourses = std::make_shared<const std::vector<Course>>(std::vector{left});
    button.showNews(news);
    plot.showNews(news);
    QVERIFY(button.isVisible());
    QTRY_COMPARE(plot.pictureRect().height(), alone);
    const QImage sample = button.icon().pixmap(button.iconSize()).toImage();
    int last = -1;
    for (int x = 0; x < sample.width(); ++x)
        for (int y = 0; y < sample.height(); ++y)
            last = qAlpha(sample.pixel(x, y)) > 0 ? std::max(last, x) : last;
    QVERIFY(last > 0 && (sample.width() - 1 - last) / sample.devicePixelRatio() >= 5);
    for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
        const Theme& theme = Theme::of(kind);
        QVERIFY(contrast(otherCoursePen(theme).color(), theme.card) >= 4.5);
        QVERIFY(otherCoursePen(theme).style() != Qt::SolidLine && otherCoursePen(theme).widthF() >= 1.5);
    }
    button.setParent(nullptr);
}

void TestPlotsLoss::hiddenPlotCostsNothing()
{
    LossPlot plot;
    plot.resize(500, 260);
    for (int i = 0; i < 200; ++i) {
        plot.showNews(newsOf(i * 10 + 1, i * 10 + 10));
        QCoreApplication::processEvents();
    }
    QCOMPARE(plot.replots(), 0);
    show(plot);
    QCOMPARE(plot.xRange().upper, 2000.0);
    const int shown = plot.replots();
    QVERIFY(shown >= 1);
    plot.hide();
    plot.showNews(newsOf(2001, 2100));
    QTest::qWait(50);
    QCOMPARE(plot.replots(), shown);
    plot.show();
    QTest::qWait(50);
    QCOMPARE(plot.xRange().upper, 2100.0);
}

void TestPlotsLoss::manyNewsAreDrawnOnce()
{
    LossPlot plot;
    show(plot);
    const int before = plot.replots();
    for (int i = 0; i < 100; ++i)
        plot.showNews(newsOf(i + 1, i + 1));
    QTest::qWait(50);
    QCOMPARE(plot.replots(), before + 1);
    QTest::qWait(50);
    QCOMPARE(plot.replots(), before + 1);
}

void TestPlotsLoss::wheelDragAndDoubleClick()
{
    LossPlot plot;
    plot.showNews(newsOf(1, 400));
    show(plot);
    const PlotRange all = plot.xRange();
    const QPoint middle = plot.pictureRect().center();
    wheel(plot, middle, 3);
    QVERIFY(plot.isZoomed());
    QVERIFY(plot.xRange().length() < 0.7 * all.length());
    QVERIFY(plot.xRange().contains(200.0));
    const PlotRange zoomedIn = plot.xRange();
    plot.showNews(newsOf(401, 500));
    QTest::qWait(20);
    QCOMPARE(plot.xRange(), zoomedIn); // New points do not move what somebody looks at.

    QTest::mousePress(&plot, Qt::LeftButton, {}, middle);
    QTest::mouseMove(&plot, middle + QPoint(-40, 0));
    QMouseEvent move(QEvent::MouseMove, middle + QPoint(-80, 0), plot.mapToGlobal(middle + QPoint(-80, 0)),
                     Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&plot, &move);
    QTest::mouseRelease(&plot, Qt::LeftButton, {}, middle + QPoint(-80, 0));
    const double moved = (plot.xRange().lower - zoomedIn.lower) / zoomedIn.length();
    QVERIFY2(std::abs(moved - 80.0 / plot.pictureRect().width()) < 0.01, qPrintable(QString::number(moved)));

    QTest::mouseDClick(&plot, Qt::LeftButton, {}, middle);
    QTest::qWait(20);
    QVERIFY(!plot.isZoomed());
    QCOMPARE(plot.xRange(), (PlotRange{0.0, 500.0}));

    // Over an axis only that axis is zoomed.
    const PlotRange y = plot.yRange();
    wheel(plot, {plot.pictureRect().center().x(), plot.pictureRect().bottom() + 12}, 1);
    QCOMPARE(plot.yRange(), y);
    QVERIFY(plot.xRange().length() < 500.0);
}

void TestPlotsLoss::keysZoomAndPan()
{
    LossPlot plot;
    plot.showNews(newsOf(1, 400));
    show(plot);
    plot.setFocus();
    const PlotRange all = plot.xRange();
    QTest::keyClick(&plot, Qt::Key_Plus);
    const PlotRange in = plot.xRange();
    QVERIFY(in.length() < all.length());
    QTest::keyClick(&plot, Qt::Key_Right);
    QVERIFY(plot.xRange().lower > in.lower);
    QTest::keyClick(&plot, Qt::Key_Left);
    QTest::keyClick(&plot, Qt::Key_Minus);
    QVERIFY(std::abs(plot.xRange().length() - all.length()) < 1e-6);
    QTest::keyClick(&plot, Qt::Key_Up);
    QVERIFY(plot.yRange().lower > 0.0);
    QTest::keyClick(&plot, Qt::Key_0);
    QTest::qWait(20);
    QVERIFY(!plot.isZoomed());
    QCOMPARE(plot.xRange(), all);
    for (int i = 0; i < 300; ++i) // Neither way ends in numbers that cannot be drawn.
        QTest::keyClick(&plot, Qt::Key_Plus);
    QVERIFY(plot.xRange().length() > 0.0);
    for (int i = 0; i < 3000; ++i)
        QTest::keyClick(&plot, Qt::Key_Minus);
    QTest::qWait(20);
    QVERIFY(std::isfinite(plot.xRange().length()));
}

void TestPlotsLoss::logScaleByClick()
{
    LossPlot plot;
    SessionNews news = newsOf(1, 400);
    news.points.push_back({401, 0.0, 0.0, {}}); // A loss of 0 has no place on the axis.
    plot.showNews(news);
    show(plot);
    auto* scale = plot.findChild<SegmentedControl*>();
    QVERIFY(scale);
    QTest::mouseClick(scale->findChildren<QAbstractButton*>().at(1), Qt::LeftButton);
    QTest::qWait(20);
    QVERIFY(plot.isLogarithmic());
    QVERIFY(plot.yRange().lower > 0.01);
    QVERIFY(plot.yRange().upper < 10.0);
    QTest::mouseClick(scale->findChildren<QAbstractButton*>().at(0), Qt::LeftButton);
    QTest::qWait(20);
    QVERIFY(!plot.isLogarithmic());
    QCOMPARE(plot.yRange().lower, 0.0);
    plot.setLogarithmic(true);
    QCOMPARE(scale->current(), 1);
}

void TestPlotsLoss::tenMillionUpdatesAreDrawnQuickly()
{
    LossPlot plot;
    SessionNews news;
    for (std::int64_t update = 1; update <= 10'000'000;) {
        news.points.clear();
        for (int i = 0; i < 100'000; ++i, ++update)
            news.points.push_back({update, lossAt(update % 5000), 1.0, {}});
        plot.showNews(news);
    }
    show(plot, {900, 260});
    double total = 0.0;
    for (int i = 1; i <= 20; ++i) {
        SessionNews more;
        more.points.push_back({10'000'000 + i, 0.1, 1.0, 0.2});
        plot.showNews(more);
        QTest::qWait(5);
        total += plot.replotMilliseconds();
    }
    qInfo("a replot after 10,000,000 updates: %.2f ms", total / 20.0);
    QVERIFY2(total / 20.0 < 250.0, "slower than anybody waits for, even with sanitizers");
    const QString tip = plot.tipAt(placeOf(plot, 5e6, 0.3));
    QVERIFY2(tip.contains(u'…') && tip.contains(QStringLiteral("mean")), qPrintable(tip));
}

void TestPlotsLoss::followsTheTheme()
{
    LossPlot plot;
    plot.showNews(newsOf(1, 100));
    show(plot);
    const QPoint corner(20, plot.height() - 8);
    QCOMPARE(plot.grab().toImage().pixelColor(corner), Theme::of(ThemeKind::Light).card);
    applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), ThemeKind::Dark);
    QTest::qWait(20);
    QCOMPARE(plot.grab().toImage().pixelColor(corner), Theme::of(ThemeKind::Dark).card);
}

void TestPlotsLoss::bringsUpAnEmptyPlot()
{
    LossPlot plot;
    show(plot, {200, 140});
    plot.setLogarithmic(true);
    QTest::qWait(20);
    QVERIFY(plot.tipAt(plot.pictureRect().center()).isEmpty());
    QVERIFY(plot.yRange().lower > 0.0);
    plot.showNews(newsOf(1, 1));
    QTest::qWait(20);
    QVERIFY(!plot.tipAt(plot.pictureRect().center()).isEmpty());
}

void TestPlotsLoss::mouseMovesBetweenNewsAndPaint()
{
    LossPlot plot;
    plot.showNews(newsOf(1, 10));
    show(plot);
    const QPoint right = {plot.pictureRect().right() - 1, plot.pictureRect().center().y()};
    for (std::uint64_t run = 2; run < 5; ++run) {
        QTest::mouseMove(&plot, right - QPoint(3, 0));
        plot.showNews(newsOf(1, 4000 / std::int64_t(run), run));
        QTest::mouseMove(&plot, right);
        QVERIFY(plot.tipAt(right).contains(QStringLiteral("update")));
        plot.clear();
        QTest::mouseMove(&plot, right - QPoint(5, 0));
        QVERIFY(plot.tipAt(right).isEmpty());
        plot.showNews(newsOf(1, 10, run));
    }
}

QTEST_MAIN(TestPlotsLoss)
#include "test_plots_loss.moc"
