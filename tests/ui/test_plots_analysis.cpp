#include "core/session/loss_curve.h"
#include "tests/ui/analysis_fixtures.h"
#include "ui/plots/comparison_plot.h"
#include "ui/plots/error_curve_plot.h"
#include "ui/plots/error_functions_plot.h"
#include "ui/plots/flow_plot.h"
#include "ui/plots/jacobian_plot.h"
#include "ui/plots/lag_plot.h"
#include "ui/plots/recording_gaps.h"
#include "ui/plots/saturation_plot.h"
#include "ui/plots/sizes_plot.h"
#include "ui/plots/weight_curves_plot.h"
#include "ui/theme/contrast.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QTemporaryDir>

#include <functional>
#include <memory>

using namespace chronograd;

namespace {

template<typename Plot>
std::unique_ptr<ChartWidget> make()
{
    return std::make_unique<Plot>();
}

} // namespace

/// What all plots of analyses have in common: they go on with the updates, cost nothing out of sight, and
/// give their picture and numbers away.
class TestPlotsAnalysis : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void curvesGoOnAndAreCutByAnotherCourse();
    void whatWasNotRecordedIsTold();
    void whatWasPassedOverIsTold();
    void whatIsToldLateIsNoLook();
    void theSampleOfAGapIsHatchedAsTheGap();
    void anotherChoiceShowsTheSameUpdates();
    void weightsOfAnotherNetworkAreThoseThatItsChooserNames();
    void lowCardsHaveRoomForTheirPictures_data();
    void lowCardsHaveRoomForTheirPictures();
    void hiddenPlotsCostNothing_data();
    void hiddenPlotsCostNothing();
    void picturesAreTheSameInEveryFormat_data();
    void picturesAreTheSameInEveryFormat();
    void everyPlotHasNamesUnitsAndHelp_data();
    void everyPlotHasNamesUnitsAndHelp();
};

void TestPlotsAnalysis::init()
{
    applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), ThemeKind::Light);
}

void TestPlotsAnalysis::curvesGoOnAndAreCutByAnotherCourse()
{
    NewsMaker maker = echo();
    SaturationPlot plot;
    for (int i = 0; i < 12; ++i)
        plot.showNews(maker.next());
    show(plot);
    QCOMPARE(plot.names(), QStringList{QStringLiteral("hidden")});
    QCOMPARE(plot.xRange().upper, 12.0);
    auto curve = std::make_shared<LossCurve>();
    curve->append(LossPoint{5, 0.1, 0.1, {}});
    SessionNews branch;
    branch.course = 2;
    branch.curve = curve;
    plot.showNews(branch);
    QTest::qWait(20);
    QCOMPARE(plot.xRange().upper, 11.0); // 1 … 5, ten updates wide at least
    SessionNews back;
    back.course = 1;
    back.curve = curve;
    plot.showNews(back); // what was seen of it is gone
    QTest::qWait(20);
    QVERIFY(plot.names().isEmpty());
    plot.showNews(maker.next());
    SessionNews again;
    again.restarted = true;
    plot.showNews(again);
    QTest::qWait(20);
    QVERIFY(plot.names().isEmpty());
}

void TestPlotsAnalysis::whatWasNotRecordedIsTold()
{
    NewsMaker maker = echo();
    SizesPlot plot;
    const auto pass = [&](int updates, bool isSeen) {
        for (int i = 0; i < updates; ++i)
            if (const SessionNews news = maker.next(); isSeen)
                plot.showNews(news);
        QTest::qWait(20);
    };
    const auto says = [&plot](const char* words) {
        return plot.legendTexts().contains(QString::fromLatin1(words));
    };
    show(plot);
    pass(4, true);
    QVERIFY(!plot.legendTexts().join(u' ').contains(QStringLiteral("recorded")));
    plot.startExperiment(Experiment());
    pass(6, false);
    pass(5, true); // 11 … 15
    QVERIFY(says("recorded since update 11"));
    plot.setSeen(false);
    pass(1, false);
    plot.setSeen(true);
    plot.show(SizesPlot::What::Change); // builds the curves up again
    pass(4, true);
    QVERIFY(says("recorded since update 11") && says("not computed, out of sight or passed over"));
    QCOMPARE(plot.gaps().all().size(), std::size_t{1});
    QCOMPARE(plot.gaps().all().front().from, 15);
    QCOMPARE(plot.gaps().all().front().to, 17);
    const Polyline line = plot.gaps().interrupted({{14, 1}, {15, 1}, {17, 1}, {18, 1}});
    QCOMPARE(line.size(), std::size_t{5});
    QVERIFY(std::isnan(line[2].y()));
    const QTemporaryDir folder;
    const QString csv = folder.filePath(QStringLiteral("sizes.csv"));
    QCOMPARE(plot.exportTo(csv), QString());
    QVERIFY(contentOf(csv).startsWith("curve,update,last_update,\"|Δw|\",least,greatest\n"));
    plot.setSeen(false); // and back before anything was missed
    plot.setSeen(true);
    pass(2, true);
    QCOMPARE(plot.gaps().all().size(), std::size_t{1});
    auto curve = std::make_shared<LossCurve>();
    curve->append(LossPoint{16, 0.1, 0.1, {}});
    SessionNews branch; // goes on before the gap ended
    branch.course = 2;
    branch.curve = curve;
    plot.showNews(branch);
    QVERIFY(plot.gaps().all().empty());
}

void TestPlotsAnalysis::whatWasPassedOverIsTold()
{
    RecordingGaps gaps;
    std::int64_t last = 0;
    const auto record = [&](std::initializer_list<std::int64_t> updates) {
        for (const std::int64_t update : updates) {
            gaps.noteUpdate(last, update);
            last = update;
        }
    };
    record({1, 2, 3, 900}); // went there
    QCOMPARE(gaps.all().size(), std::size_t{1});
    record({901, 902});
    QCOMPARE(gaps.all().size(), std::size_t{1});
    QCOMPARE(gaps.all().front().from, 3);
    QCOMPARE(gaps.all().front().to, 900);
    record({1000}); // looked at more rarely …
    QCOMPARE(gaps.all().size(), std::size_t{2});
    record({1100, 1190, 1300}); // … because training runs fast
    QCOMPARE(gaps.all().size(), std::size_t{1});
    record({9000});
    QCOMPARE(gaps.all().back().to, 9000);
    gaps.cutAfter(1200);
    QCOMPARE(gaps.all().size(), std::size_t{1});
}

void TestPlotsAnalysis::whatIsToldLateIsNoLook()
{
    NewsMaker maker = echo();
    SizesPlot plot;
    show(plot);
    plot.showNews(maker.next());
    plot.setSeen(false);
    plot.showNews(maker.next()); // asked for before
    maker.next();
    maker.next();
    plot.setSeen(true);
    plot.showNews(maker.next());
    QCOMPARE(plot.gaps().all().size(), std::size_t{1});
    QCOMPARE(plot.gaps().all().front().from, 2);
    QCOMPARE(plot.gaps().all().front().to, 5);
}

void TestPlotsAnalysis::theSampleOfAGapIsHatchedAsTheGap()
{
    NewsMaker maker = echo();
    SizesPlot plot;
    show(plot);
    plot.showNews(maker.next());
    plot.setSeen(false);
    plot.showNews(maker.next());
    maker.next();
    plot.setSeen(true);
    plot.showNews(maker.next());
    for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
        applyTheme(*qApp, kind);
        QTest::qWait(20);
        const Theme& theme = Theme::current();
        const QImage image = plot.grab(QRect(0, 0, plot.width(), plot.pictureRect().top() - 4)).toImage();
        QRect sample;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (image.pixelColor(x, y) == theme.ground)
                    sample |= QRect(x, y, 1, 1);
        QVERIFY(sample.width() >= 15 && sample.height() >= 8);
        int hatched = 0;
        for (int x = sample.left(); x <= sample.right(); ++x)
            hatched += contrast(image.pixelColor(x, sample.center().y()), theme.ground) > 1.5 ? 1 : 0;
        QVERIFY2(hatched >= 3 && hatched <= sample.width() / 2, qPrintable(QString::number(hatched)));
    }
    applyTheme(*qApp, ThemeKind::Light);
}

void TestPlotsAnalysis::anotherChoiceShowsTheSameUpdates()
{
    NewsMaker maker = echo();
    WeightCurvesPlot weights;
    SizesPlot sizes;
    for (int i = 0; i < 15; ++i) {
        const SessionNews news = maker.next();
        weights.showNews(news);
        sizes.showNews(news);
    }
    show(weights);
    QCOMPARE(weights.names().size(), 16); // hidden.W_h
    QCOMPARE(weights.legendTexts().size(), 10);
    QCOMPARE(weights.legendTexts().last(), QStringLiteral("and 7 more"));
    show(weights, {420, 180}); // there is less room for names
    QCOMPARE(weights.legendTexts().size(), 5);
    QCOMPARE(weights.legendTexts().last(), QStringLiteral("and 12 more"));
    weights.chooseParameter(0);
    QTest::qWait(20);
    QCOMPARE(weights.names().size(), 4); // hidden.W_x
    QCOMPARE(weights.xRange(), (PlotRange{1.0, 15.0}));
    show(sizes);
    QCOMPARE(sizes.names().size(), 5);
    QCOMPARE(sizes.legendTexts(), sizes.names());
    show(sizes, {287, 190}); // as on a small screen
    QCOMPARE(sizes.legendTexts().join(u' '), QStringLiteral("hidden.W_x W_h b output.W b"));
    QVERIFY2(sizes.pictureRect().height() >= 75, qPrintable(QString::number(sizes.pictureRect().height())));
    const PlotRange relative = sizes.yRange();
    sizes.show(SizesPlot::What::Velocity);
    QTest::qWait(20);
    QCOMPARE(sizes.xRange(), (PlotRange{1.0, 15.0}));
    QVERIFY(sizes.yRange() != relative);
    QVERIFY(sizes.yLabel().contains(QStringLiteral("velocity")));
}

/// Where lanes have other cells than their run: parameter 0 of one is chosen, the other has its own.
void TestPlotsAnalysis::weightsOfAnotherNetworkAreThoseThatItsChooserNames()
{
    NewsMaker ofRun = echo();
    NewsMaker ofLane(FrameMaker::recurrent(3, 20, "3", "5"));
    const auto* lane = reinterpret_cast<const Lane*>(&ofLane); // only told apart
    WeightCurvesPlot plot;
    SessionNews run;
    for (int i = 0; i < 5; ++i)
        plot.showNews(run = ofRun.next());
    QCOMPARE(plot.names().size(), 16); // hidden.W_h
    plot.showSession(lane);
    plot.showNews(ofLane.next());
    QCOMPARE(plot.names().size(), 9);
    plot.chooseParameter(0);
    QCOMPARE(plot.names().size(), 3); // hidden.W_x
    plot.showSession(nullptr);
    run.analyses.clear(); // it stands
    plot.showNews(run);
    QCOMPARE(plot.findChild<QComboBox*>()->currentText(), QStringLiteral("hidden.W_h"));
    QCOMPARE(plot.names().size(), 16);
    show(plot);
    QCOMPARE(plot.xRange(), (PlotRange{1.0, 11.0})); // ten updates wide at least
}

namespace {

void addPlots()
{
    QTest::addColumn<std::function<std::unique_ptr<ChartWidget>()>>("makePlot");
    using Make = std::function<std::unique_ptr<ChartWidget>()>;
    QTest::newRow("gradient flow") << Make(make<FlowPlot>);
    QTest::newRow("gradient by lag") << Make(make<LagPlot>);
    QTest::newRow("truncated against full") << Make(make<ComparisonPlot>);
    QTest::newRow("Jacobians") << Make(make<JacobianPlot>);
    QTest::newRow("saturation") << Make(make<SaturationPlot>);
    QTest::newRow("sizes of updates") << Make(make<SizesPlot>);
    QTest::newRow("weights over time") << Make(make<WeightCurvesPlot>);
    QTest::newRow("error curve") << Make(make<ErrorCurvePlot>);
    QTest::newRow("error functions") << Make(make<ErrorFunctionsPlot>);
}

} // namespace

void TestPlotsAnalysis::lowCardsHaveRoomForTheirPictures_data()
{
    addPlots();
}

/// As low and narrow as at 1280 × 720: the legend leaves room, and does not lie on the picture.
void TestPlotsAnalysis::lowCardsHaveRoomForTheirPictures()
{
    QFETCH(std::function<std::unique_ptr<ChartWidget>()>, makePlot);
    const std::unique_ptr<ChartWidget> plot = makePlot();
    NewsMaker maker = echo();
    dynamic_cast<AnalysisView&>(*plot).showNews(maker.next(ErrorCurveRequest{}));
    show(*plot, {284, 178});
    constexpr int least = 45;
    QVERIFY2(plot->pictureRect().height() >= least,
             qPrintable(QStringLiteral("%1 pixels").arg(plot->pictureRect().height())));
}

void TestPlotsAnalysis::hiddenPlotsCostNothing_data()
{
    addPlots();
}

void TestPlotsAnalysis::hiddenPlotsCostNothing()
{
    QFETCH(std::function<std::unique_ptr<ChartWidget>()>, makePlot);
    const std::unique_ptr<ChartWidget> plot = makePlot();
    NewsMaker maker = echo();
    for (int i = 0; i < 5; ++i) {
        dynamic_cast<AnalysisView&>(*plot).showNews(maker.next(ErrorCurveRequest{}));
        QCoreApplication::processEvents();
    }
    QCOMPARE(plot->replots(), 0);
    show(*plot);
    QVERIFY(plot->replots() >= 1);
}

void TestPlotsAnalysis::picturesAreTheSameInEveryFormat_data()
{
    addPlots();
}

void TestPlotsAnalysis::picturesAreTheSameInEveryFormat()
{
    QFETCH(std::function<std::unique_ptr<ChartWidget>()>, makePlot);
    const std::unique_ptr<ChartWidget> plot = makePlot();
    NewsMaker maker = echo();
    for (int i = 0; i < 8; ++i)
        dynamic_cast<AnalysisView&>(*plot).showNews(maker.next(ErrorCurveRequest{}));
    show(*plot);
    plot->zoomBy(1.6); // what is beyond the axes must not be painted
    QTest::qWait(20);
    QTemporaryDir folder;
    const QSize size = PlotWidget::leastPicture; // however low it is on screen
    const QRect onScreen = plot->pictureRect();
    const auto save = [&](const char* name) {
        const QString path = folder.filePath(QString::fromLatin1(name));
        const QString error = plot->exportTo(path);
        if (!error.isEmpty())
            qWarning("%s", qPrintable(error));
        return path;
    };
    const QImage png = pictureOf(save("a.png"), size);
    const QImage svg = pictureOf(save("a.svg"), size);
    QVERIFY(!png.isNull() && !svg.isNull());
    QCOMPARE(QImage(folder.filePath(QStringLiteral("a.png"))).size(), 2 * size);
    QCOMPARE(plot->pictureRect(), onScreen);
    QVERIFY2(shareOfDifferentBlocks(png, svg) < 0.02,
             qPrintable(QString::number(shareOfDifferentBlocks(png, svg))));
    QVERIFY(contentOf(save("a.pdf")).startsWith("%PDF"));
    const QByteArray csv = contentOf(save("a.csv"));
    QVERIFY2(csv.count('\n') >= 2, csv.constData());
}

void TestPlotsAnalysis::everyPlotHasNamesUnitsAndHelp_data()
{
    addPlots();
}

void TestPlotsAnalysis::everyPlotHasNamesUnitsAndHelp()
{
    QFETCH(std::function<std::unique_ptr<ChartWidget>()>, makePlot);
    const std::unique_ptr<ChartWidget> plot = makePlot();
    NewsMaker maker = echo();
    for (int i = 0; i < 3; ++i)
        dynamic_cast<AnalysisView&>(*plot).showNews(maker.next(ErrorCurveRequest{}));
    show(*plot);
    QVERIFY(!plot->accessibleName().isEmpty() && !plot->whatsThis().isEmpty());
    QVERIFY(!plot->accessibleDescription().isEmpty());
    QVERIFY(!plot->xLabel().isEmpty() && !plot->yLabel().isEmpty());
    QVERIFY(!plot->legendTexts().isEmpty());
    const PlotRange before = plot->xRange();
    QTest::keyClick(plot.get(), Qt::Key_Plus);
    QVERIFY(plot->isZoomed() && plot->xRange().length() < before.length());
    QTest::keyClick(plot.get(), Qt::Key_0);
    QTest::qWait(20);
    QVERIFY(!plot->isZoomed() && plot->xRange() == before);
}

QTEST_MAIN(TestPlotsAnalysis)
#include "test_plots_analysis.moc"
