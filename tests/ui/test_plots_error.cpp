#include "tests/ui/analysis_fixtures.h"
#include "ui/plots/error_curve_plot.h"
#include "ui/plots/error_functions_plot.h"
#include "ui/plots/surface_card.h"
#include "ui/plots/surface_plot.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QFile>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace chronograd;

/// The plots of the error: along one weight, over two directions, and its functions.
class TestPlotsError : public QObject
{
    Q_OBJECT

private slots:
    void init() { applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), ThemeKind::Light); }
    void errorCurveAsksForWhatIsLookedAt();
    void errorCurveKeepsItsPlaceWhileTheBallMoves();
    void aWeightThatAnotherNetworkLacksIsNotAskedFor_data();
    void aWeightThatAnotherNetworkLacksIsNotAskedFor();
    void errorFunctionsFollowTheOutputs();
    void surfacesAreComputedWhenAskedFor();
    void aPathGoesThroughAZoomedSurface();
    void surfacesAreCancelled();
};

void TestPlotsError::errorCurveAsksForWhatIsLookedAt()
{
    ErrorCurvePlot plot;
    show(plot);
    QSignalSpy asked(&plot, &ErrorCurvePlot::requestChanged);
    const auto request = [&plot] {
        AnalysisRequest all;
        plot.ask(all);
        return *all.errorCurve;
    };
    NewsMaker maker = echo();
    plot.chooseWeight({1, 2, 0});
    QCOMPARE(asked.size(), 1);
    QCOMPARE(request().weight, (WeightPlace{1, 2, 0}));
    SessionNews news = maker.next(request());
    plot.showNews(news);
    QTest::qWait(20);
    QVERIFY(plot.xLabel().contains(QStringLiteral("hidden.W_h[3,1]")));
    QVERIFY2(plot.legendTexts().size() == 4, "the ball, two steps, and what the rate does");
    QCOMPARE(plot.findChild<QComboBox*>()->currentText(), QStringLiteral("hidden.W_h[3,1]"));
    plot.zoomBy(2.0);
    QVERIFY(asked.size() >= 2);
    QCOMPARE(request().from, plot.xRange().lower);
    QCOMPARE(request().to, plot.xRange().upper);
    // A curve of another weight, asked for before, is not taken for it.
    plot.chooseWeight({1, 0, 0});
    plot.showNews(news);
    QTest::qWait(20);
    QVERIFY(plot.accessibleDescription().contains(QStringLiteral("No update yet")));
}

void TestPlotsError::errorCurveKeepsItsPlaceWhileTheBallMoves()
{
    ErrorCurvePlot plot;
    show(plot);
    NewsMaker maker = echo();
    const auto request = [&plot] {
        AnalysisRequest all;
        plot.ask(all);
        return *all.errorCurve;
    };
    plot.showNews(maker.next(request()));
    const ErrorCurveRequest first = request();
    QVERIFY(first.from < 0.0 && first.to == -first.from);
    for (int i = 0; i < 5; ++i)
        plot.showNews(maker.next(request()));
    QVERIFY(request() == first);
}

void TestPlotsError::aWeightThatAnotherNetworkLacksIsNotAskedFor_data()
{
    QTest::addColumn<int>("row");
    QTest::addColumn<int>("column");
    QTest::addColumn<bool>("isThere"); // in two units
    QTest::newRow("in both") << 1 << 1 << true;
    QTest::newRow("of a row too many") << 3 << 1 << false;
    QTest::newRow("of a column too many") << 1 << 3 << false;
}

void TestPlotsError::aWeightThatAnotherNetworkLacksIsNotAskedFor()
{
    QFETCH(int, row);
    QFETCH(int, column);
    QFETCH(bool, isThere);
    ErrorCurvePlot plot;
    plot.showNews(echo().next());
    plot.chooseWeight({1, row, column});
    const QSignalSpy asked(&plot, &ErrorCurvePlot::requestChanged);
    plot.showSession(nullptr);
    plot.showNews(NewsMaker(FrameMaker::recurrent(2, 20, "3", "5")).next());
    QCOMPARE(plot.weight(), (isThere ? WeightPlace{1, row, column} : WeightPlace{}));
    QCOMPARE(asked.isEmpty(), isThere);
    QCOMPARE(plot.findChild<QComboBox*>()->currentText(),
             isThere ? QStringLiteral("hidden.W_h[2,2]") : QStringLiteral("hidden.W_x[1,1]"));
}

void TestPlotsError::errorFunctionsFollowTheOutputs()
{
    NewsMaker maker = echo();
    const SessionNews news = maker.next();
    ErrorFunctionsPlot plot;
    plot.showNews(news);
    show(plot);
    const OutputErrors errors = *outputErrorsOf(*news.frame);
    QVERIFY(plot.legendTexts()[2].endsWith(
        QStringLiteral("Σ %1").arg(errors.sum(ErrorFunction::HalfSquared), 0, 'g', 3)));
    QVERIFY(plot.tipAt(placeOf(plot, -0.5, 0.0)).contains(QStringLiteral("slope −1")));
    plot.showSlopes(true);
    QTest::qWait(20);
    QCOMPARE(plot.yLabel(), QStringLiteral("slope dE/dy"));
}

void TestPlotsError::surfacesAreComputedWhenAskedFor()
{
    SurfaceCard card;
    NewsMaker maker = echo();
    for (int i = 0; i < 12; ++i)
        card.showNews(maker.next());
    show(card);
    auto* plot = card.findChild<SurfacePlot*>();
    auto* button = card.findChild<QPushButton*>();
    auto* kind = card.findChild<QComboBox*>();
    for (int directions = 0; directions < 2; ++directions) {
        kind->setCurrentIndex(directions);
        button->click();
        QVERIFY(card.isComputing());
        QCOMPARE(button->text(), QStringLiteral("Cancel"));
        QTRY_VERIFY_WITH_TIMEOUT(!card.isComputing(), 20'000);
        QTest::qWait(20);
        QCOMPARE(button->text(), QStringLiteral("Compute"));
        const QPoint middle = plot->pictureRect().center();
        QVERIFY2(plot->tipAt(middle).contains(QStringLiteral("E = ")), qPrintable(plot->tipAt(middle)));
        QCOMPARE(plot->xLabel(), directions == 0 ? QStringLiteral("hidden.W_x[1,1]")
                                                 : QStringLiteral("first main direction"));
        QCOMPARE(plot->legendTexts().size(), 3);
    }
    // Low, the name of its axis is cut and not longer than the axis; widened again it is whole.
    kind->setCurrentIndex(0);
    button->click();
    QTRY_VERIFY_WITH_TIMEOUT(!card.isComputing(), 20'000);
    const QSize usual = card.size();
    card.resize(usual.width(), 190);
    QTest::qWait(40);
    QCOMPARE(plot->yLabel(), QStringLiteral("hidden.W_x[2,1]"));
    card.resize(usual);
    QTest::qWait(40);
    QCOMPARE(plot->yLabel(), QStringLiteral("hidden.W_x[2,1]"));
    const QTemporaryDir folder;
    QFile csv(folder.filePath(QStringLiteral("surface.csv")));
    QCOMPARE(plot->exportTo(csv.fileName()), QString());
    QVERIFY(csv.open(QIODevice::ReadOnly));
    QCOMPARE(csv.readLine(), QByteArray("\"hidden.W_x[1,1]\",\"hidden.W_x[2,1]\",loss\n"));
    // As on a window of 1280 × 720: the controls leave it room.
    card.resize(299, 180);
    QTest::qWait(40);
    QVERIFY2(plot->pictureRect().height() >= 80, qPrintable(QString::number(plot->pictureRect().height())));
    QVERIFY2(plot->pictureRect().width() >= 110, qPrintable(QString::number(plot->pictureRect().width())));
    card.resize(usual);
    QTest::qWait(40);
    // Training goes on over it.
    const QImage before = card.grab().toImage();
    card.showNews(maker.next());
    QTest::qWait(20);
    QVERIFY(card.grab().toImage() != before);
    // What nobody saw is told apart.
    for (int i = 0; i < 100; ++i)
        maker.next();
    card.showNews(maker.next());
    card.showNews(maker.next());
    std::vector<std::size_t> afterGaps;
    for (std::size_t i = 0; i < plot->path().size(); ++i)
        if (plot->path()[i].isAfterGap)
            afterGaps.push_back(i);
    QCOMPARE(afterGaps, std::vector<std::size_t>{plot->path().size() - 2});
    // Out of sight for a few updates only: no distance tells that.
    card.setSeen(false);
    for (int i = 0; i < 3; ++i)
        maker.next();
    card.setSeen(true);
    card.showNews(maker.next());
    QVERIFY(plot->path().back().isAfterGap);
    card.showNews(maker.next());
    QVERIFY(!plot->path().back().isAfterGap);
}

void TestPlotsError::aPathGoesThroughAZoomedSurface()
{
    SurfacePlot plot;
    show(plot);
    auto landscape = std::make_shared<Landscape>();
    landscape->losses = Matrix::Ones(3, 3);
    plot.showLandscape(landscape, QStringLiteral("w"), QStringLiteral("v"));
    QTest::qWait(20);
    const QImage before = plot.grab().toImage();
    plot.showPath({{QPointF(-3, 0)}, {QPointF(3, 0), true}}); // begins and ends outside
    QTRY_VERIFY(plot.grab().toImage() != before);
}

void TestPlotsError::surfacesAreCancelled()
{
    SurfaceCard card;
    NewsMaker maker(FrameMaker::recurrent(4, 6000, "\"n\"", "\"n\"", "0.0001")); // a second of work
    card.showNews(maker.next());
    show(card);
    card.compute();
    QVERIFY(card.isComputing());
    QTest::qWait(100);
    QVERIFY(card.isComputing());
    card.findChild<QPushButton*>()->click();
    QVERIFY(!card.isComputing());
}

QTEST_MAIN(TestPlotsError)
#include "test_plots_error.moc"
