#include "tests/ui/analysis_fixtures.h"
#include "ui/plots/comparison_plot.h"
#include "ui/plots/cost_card.h"
#include "ui/plots/eigenvalue_card.h"
#include "ui/plots/eigenvalue_plot.h"
#include "ui/plots/flow_plot.h"
#include "ui/plots/lag_plot.h"
#include "ui/plots/number_table.h"
#include "ui/plots/rtrl_card.h"
#include "ui/theme/reading.h"
#include "ui/theme/theme.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <memory>

using namespace chronograd;

/// The plots that tell where the gradient comes from, what is cut off and what it costs.
class TestPlotsGradient : public QObject
{
    Q_OBJECT

private slots:
    void init() { applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), ThemeKind::Light); }
    void flowTellsWhatArrivesAndWhatIsCut();
    void lagTellsBothNorms();
    void noLagIsLongerThanTheSequence();
    void comparisonTellsCosineAndCost();
    void comparisonSwitchedOffAsksForNothing();
    void costIsThatOfTheSettings();
    void tablesAreSaved();
    void rtrlShowsTheSameNumbers();
    void largeNetworksHaveNoRtrl();
    void eigenvaluesLieWhereTheyAre();
};

void TestPlotsGradient::flowTellsWhatArrivesAndWhatIsCut()
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

void TestPlotsGradient::lagTellsBothNorms()
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

void TestPlotsGradient::noLagIsLongerThanTheSequence()
{
    for (const std::int64_t length : {1, 2, 20}) {
        auto analysis = std::make_shared<UpdateAnalysis>();
        analysis->request.flow = true;
        analysis->flow.emplace();
        analysis->flow->sequenceLength = length;
        analysis->flow->applied = analysis->flow->uncut = {1.0};
        SessionNews news;
        news.analyses.push_back(analysis);
        LagPlot plot;
        plot.showNews(news);
        show(plot);
        const auto lags = static_cast<double>(std::min<std::int64_t>(length, 4)); // there is room for these
        QVERIFY2(plot.xRange().contains(lags - 1.0) && !plot.xRange().contains(lags),
                 qPrintable(QString::number(plot.xRange().upper)));
    }
}

void TestPlotsGradient::comparisonTellsCosineAndCost()
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
    QCOMPARE(plot.names(), (QStringList{QStringLiteral("cosine"), QStringLiteral("length ratio")}));
}

void TestPlotsGradient::comparisonSwitchedOffAsksForNothing()
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

void TestPlotsGradient::costIsThatOfTheSettings()
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

void TestPlotsGradient::tablesAreSaved()
{
    CostCard card;
    show(card);
    card.showNews(echo().next());
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("cost.csv"));
    QCOMPARE(card.table()->exportTo(path), QString());
    const QList<QByteArray> lines = contentOf(path).split('\n');
    QCOMPARE(lines.size(), 1 + card.table()->rowCount() + 1);
    QCOMPARE(lines[0], QByteArray("name,\"(3, 5)\",\"(n, n)\",\"(1, n)\""));
    QCOMPARE(lines[1], QByteArray("\"updates\",7,1,20"));
    for (const QByteArray& cell : lines[2].split(',').last(3) + lines[3].split(',').last(3)) {
        bool isNumber = false;
        QVERIFY2(cell.toDouble(&isNumber) > 0 && isNumber, cell.constData());
    }
    applyReading({.decimalComma = true});
    CostCard withComma;
    show(withComma);
    withComma.showNews(echo().next());
    applyReading({});
    QCOMPARE(withComma.table()->exportTo(path), QString());
    QCOMPARE(contentOf(path), lines.join('\n')); // for programs, not for eyes
    QVERIFY(
        card.table()->exportTo(QStringLiteral("/nowhere/cost.csv")).startsWith(QStringLiteral("/nowhere")));
}

void TestPlotsGradient::rtrlShowsTheSameNumbers()
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

void TestPlotsGradient::largeNetworksHaveNoRtrl()
{
    RtrlCard card;
    show(card);
    card.showNews(NewsMaker(FrameMaker::recurrent(20, 12, "3", "5")).next());
    QCOMPARE(card.table()->rowCount(), 0);
    QVERIFY(card.findChild<QLabel*>()->text().contains(QStringLiteral("16")));
}

void TestPlotsGradient::eigenvaluesLieWhereTheyAre()
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

QTEST_MAIN(TestPlotsGradient)
#include "test_plots_gradient.moc"
