#include "core/session/loss_curve.h"
#include "tests/support/frame_maker.h"
#include "tests/ui/plot_fixtures.h"
#include "ui/plots/comparison_plot.h"
#include "ui/plots/cost_card.h"
#include "ui/plots/eigenvalue_card.h"
#include "ui/plots/eigenvalue_plot.h"
#include "ui/plots/error_curve_plot.h"
#include "ui/plots/error_functions_plot.h"
#include "ui/plots/flow_plot.h"
#include "ui/plots/jacobian_plot.h"
#include "ui/plots/lag_plot.h"
#include "ui/plots/number_table.h"
#include "ui/plots/rtrl_card.h"
#include "ui/plots/saturation_plot.h"
#include "ui/plots/sizes_plot.h"
#include "ui/plots/surface_card.h"
#include "ui/plots/surface_plot.h"
#include "ui/plots/weight_curves_plot.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <functional>
#include <memory>

using namespace chronograd;

namespace {

/// News after each of so many updates, with everything computed that can be.
class NewsMaker
{
public:
    explicit NewsMaker(const std::string& json)
        : m_maker(json)
    {}

    SessionNews next(std::optional<ErrorCurveRequest> errorCurve = {})
    {
        SessionNews news;
        news.frame = m_maker.after(Granularity::Update);
        AnalysisRequest request{true, true, true, true, true, true, true, true, true};
        request.errorCurve = errorCurve;
        news.analyses.push_back(analyse(m_maker.trainer(), request, 0));
        return news;
    }

    const UpdateAnalysis& last(const SessionNews& news) const { return *news.analyses.back(); }

private:
    FrameMaker m_maker;
};

NewsMaker echo()
{
    return NewsMaker(FrameMaker::recurrent(4, 20, "3", "5"));
}

void show(QWidget& widget, QSize size = {420, 230})
{
    widget.resize(size);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QTest::qWait(20);
}

/// The place of a point of the axes on the widget.
QPoint placeOf(const ChartWidget& plot, double x, double y)
{
    const QRect picture = plot.pictureRect();
    const double right = (x - plot.xRange().lower) / plot.xRange().length();
    const double up = (y - plot.yRange().lower) / plot.yRange().length();
    return {picture.left() + int(std::lround(right * picture.width())),
            picture.bottom() - int(std::lround(up * picture.height()))};
}

QString number(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

template<typename Plot>
std::unique_ptr<ChartWidget> make()
{
    return std::make_unique<Plot>();
}

} // namespace

class TestPlotsAnalysis : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void flowTellsWhatArrivesAndWhatIsCut();
    void lagTellsBothNorms();
    void comparisonTellsCosineAndCost();
    void comparisonSwitchedOffAsksForNothing();
    void curvesGoOnAndAreCutByAnotherCourse();
    void whatWasNotRecordedIsTold();
    void anotherChoiceShowsTheSameUpdates();
    void costIsThatOfTheSettings();
    void rtrlShowsTheSameNumbers();
    void largeNetworksHaveNoRtrl();
    void errorCurveAsksForWhatIsLookedAt();
    void errorCurveKeepsItsPlaceWhileTheBallMoves();
    void eigenvaluesLieWhereTheyAre();
    void errorFunctionsFollowTheOutputs();
    void surfacesAreComputedWhenAskedFor();
    void surfacesAreCancelled();
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

void TestPlotsAnalysis::flowTellsWhatArrivesAndWhatIsCut()
{
    NewsMaker maker = echo();
    for (int i = 0; i < 3; ++i)
        maker.next();
    const SessionNews news = maker.next(); // t = 15: losses 13 … 15 through 11 … 15
    FlowPlot plot;
    plot.showNews(news);
    show(plot);
    const GradientFlow& flow = *maker.last(news).flow;
    QCOMPARE(flow.losses, (std::vector<std::int64_t>{13, 14, 15}));
    const QString arrives = plot.tipAt(placeOf(plot, 12, -14));
    QVERIFY2(arrives.startsWith(QStringLiteral("loss of t = 14, state of s = 12\n")), qPrintable(arrives));
    QVERIFY(arrives.contains(number(flow.norms(1, 12 - flow.firstStep))));
    QVERIFY(!arrives.contains(QStringLiteral("cut")));
    const QString cut = plot.tipAt(placeOf(plot, 10, -15));
    QVERIFY2(cut.contains(QStringLiteral("cut off by k2")), qPrintable(cut));
    QVERIFY(plot.tipAt(placeOf(plot, 15, -13)).contains(QStringLiteral("later steps")));
    // Full colour where most arrives, the card's where nothing can.
    const QImage image = plot.grab().toImage();
    QVERIFY(image.pixelColor(placeOf(plot, 15, -13)) == Theme::current().card);
    QVERIFY(image.pixelColor(placeOf(plot, 15, -15)) != Theme::current().card);
}

void TestPlotsAnalysis::lagTellsBothNorms()
{
    NewsMaker maker = echo();
    maker.next();
    maker.next();
    const SessionNews news = maker.next();
    LagPlot plot;
    plot.showNews(news);
    show(plot);
    const GradientFlow& flow = *maker.last(news).flow;
    const auto at = [&](double lag) {
        return plot.tipAt(QPoint(placeOf(plot, lag, 0).x(), plot.pictureRect().center().y()));
    };
    QVERIFY(at(0).contains(number(flow.applied[0])));
    QVERIFY(!at(0).contains(QStringLiteral("nothing were cut")));
    QVERIFY2(at(4).contains(number(flow.uncut[4])) && at(4).contains(number(flow.applied[4])),
             qPrintable(at(4)));
    QVERIFY(flow.applied[4] < flow.uncut[4]); // only the newest loss reaches four steps back
}

void TestPlotsAnalysis::comparisonTellsCosineAndCost()
{
    NewsMaker maker = echo();
    maker.next();
    maker.next();
    const SessionNews news = maker.next();
    ComparisonPlot plot;
    plot.showNews(news);
    show(plot);
    const QString said = plot.accessibleDescription();
    const GradientComparison& comparison = *maker.last(news).comparison;
    QVERIFY2(said.contains(QStringLiteral("cos = %1").arg(comparison.cosine, 0, 'f', 3)), qPrintable(said));
    QVERIFY(said.contains(QStringLiteral("back 5 of 12 steps")));
    QVERIFY(said.contains(QStringLiteral("mult.-adds")));
    QCOMPARE(plot.names(), (QStringList{QStringLiteral("cosine"), QStringLiteral("relative length")}));
}

void TestPlotsAnalysis::comparisonSwitchedOffAsksForNothing()
{
    ComparisonPlot plot;
    const std::unique_ptr<QPushButton> button(plot.makeSwitch());
    QSignalSpy asked(&plot, &ComparisonPlot::requestChanged);
    AnalysisRequest request;
    plot.ask(request);
    QVERIFY(request.comparison);
    button->click();
    QCOMPARE(asked.size(), 1);
    request = {};
    plot.ask(request);
    QVERIFY(!request.asksAnything());
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
    QVERIFY(says("recorded since update 11") && says("not recorded, out of sight"));
    QCOMPARE(plot.gaps().all().size(), std::size_t{1});
    QCOMPARE(plot.gaps().all().front().from, 15);
    QCOMPARE(plot.gaps().all().front().to, 17);
    const Polyline line = plot.gaps().interrupted({{14, 1}, {15, 1}, {17, 1}, {18, 1}});
    QCOMPARE(line.size(), std::size_t{5});
    QVERIFY(std::isnan(line[2].y()));
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
    const PlotRange relative = sizes.yRange();
    sizes.show(SizesPlot::What::Velocity);
    QTest::qWait(20);
    QCOMPARE(sizes.xRange(), (PlotRange{1.0, 15.0}));
    QVERIFY(sizes.yRange() != relative);
    QVERIFY(sizes.yLabel().contains(QStringLiteral("velocity")));
}

void TestPlotsAnalysis::costIsThatOfTheSettings()
{
    CostCard card;
    show(card);
    SessionNews news = echo().next();
    news.stepsPerSecond = 1234567;
    card.showNews(news);
    const auto cell = [&card](int row, int column) { return card.table()->item(row, column)->text(); };
    QCOMPARE(cell(0, 0), QStringLiteral("7")); // 20 steps, every 3
    QCOMPARE(cell(0, 1), QStringLiteral("1"));
    QCOMPARE(cell(0, 2), QStringLiteral("20"));
    QCOMPARE(cell(6, 0), QStringLiteral("5"));
    QVERIFY(cell(2, 0).startsWith(QStringLiteral("×")) && cell(2, 1) == QStringLiteral("×1.00"));
    QCOMPARE(card.table()->horizontalHeaderItem(0)->text(), QStringLiteral("(3, 5)"));
    QVERIFY(card.findChild<QLabel*>()->text().contains(QStringLiteral("1,234,567")));
}

void TestPlotsAnalysis::rtrlShowsTheSameNumbers()
{
    RtrlCard card;
    show(card);
    NewsMaker maker = echo();
    maker.next();
    card.showNews(maker.next());
    QCOMPARE(card.table()->rowCount(), 5);
    for (int row = 0; row < 5; ++row) {
        QCOMPARE(card.table()->item(row, 0)->text(), card.table()->item(row, 1)->text());
        QVERIFY(card.table()->item(row, 2)->text().toDouble() <= 1e-9);
    }
}

void TestPlotsAnalysis::largeNetworksHaveNoRtrl()
{
    RtrlCard card;
    show(card);
    card.showNews(NewsMaker(FrameMaker::recurrent(20, 12, "3", "5")).next());
    QCOMPARE(card.table()->rowCount(), 0);
    QVERIFY(card.findChild<QLabel*>()->text().contains(QStringLiteral("16")));
}

void TestPlotsAnalysis::errorCurveAsksForWhatIsLookedAt()
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

void TestPlotsAnalysis::errorCurveKeepsItsPlaceWhileTheBallMoves()
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

void TestPlotsAnalysis::eigenvaluesLieWhereTheyAre()
{
    NewsMaker maker = echo();
    const SessionNews news = maker.next();
    EigenvalueCard card;
    card.showNews(news);
    show(card);
    auto* plane = card.findChild<EigenvaluePlot*>();
    const Spectrum& spectrum = maker.last(news).spectra.front();
    QCOMPARE(spectrum.eigenvalues.size(), std::size_t{4});
    for (const std::complex<double> value : spectrum.eigenvalues) {
        const QString tip = plane->tipAt(placeOf(*plane, value.real(), value.imag()));
        QVERIFY2(tip.contains(QStringLiteral("|λ| = %1").arg(std::abs(value), 0, 'g', 5)), qPrintable(tip));
    }
    // The unit circle is round: a unit is as long in both directions.
    const QRect picture = plane->pictureRect();
    const double x = picture.width() / plane->xRange().length();
    const double y = picture.height() / plane->yRange().length();
    QVERIFY2(std::abs(x / y - 1.0) < 0.03, qPrintable(QStringLiteral("%1 %2").arg(x).arg(y)));
}

void TestPlotsAnalysis::errorFunctionsFollowTheOutputs()
{
    NewsMaker maker = echo();
    const SessionNews news = maker.next();
    ErrorFunctionsPlot plot;
    plot.showNews(news);
    show(plot);
    const OutputErrors errors = *outputErrorsOf(*news.frame);
    QVERIFY(plot.legendTexts()[2].endsWith(
        QStringLiteral("Σ %1").arg(errors.sum(ErrorFunction::HalfSquared), 0, 'g', 3)));
    QVERIFY(plot.tipAt(placeOf(plot, -0.5, 0.0)).contains(QStringLiteral("slope -1")));
    plot.showSlopes(true);
    QTest::qWait(20);
    QCOMPARE(plot.yLabel(), QStringLiteral("slope dE/dy"));
}

void TestPlotsAnalysis::surfacesAreComputedWhenAskedFor()
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
    // Training goes on over it.
    const QImage before = card.grab().toImage();
    card.showNews(maker.next());
    QTest::qWait(20);
    QVERIFY(card.grab().toImage() != before);
}

void TestPlotsAnalysis::surfacesAreCancelled()
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
    const QSize size = plot->size();
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
