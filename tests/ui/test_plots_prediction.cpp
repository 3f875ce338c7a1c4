#include "tests/ui/plot_fixtures.h"
#include "ui/plots/class_picture.h"
#include "ui/plots/prediction_plot.h"
#include "ui/theme/strength_color.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QTemporaryDir>

using namespace chronograd;

namespace {

double targetAt(int i)
{
    return 60.0 + 50.0 * std::sin(i * 0.57);
}

/// Years 1700 …, the last fifth is the test part; the second output says the negative of the first.
Prediction example(int points, int outputs)
{
    Prediction prediction;
    prediction.update = 12;
    prediction.timeName = "YEAR";
    prediction.names = {"SUNACTIVITY"};
    prediction.targets = Matrix(outputs, points);
    prediction.outputs = Matrix(outputs, points);
    for (int i = 0; i < points; ++i) {
        prediction.x.push_back(1700 + i);
        prediction.hasTarget.push_back(i == 30 ? 0 : 1);
        for (int output = 0; output < outputs; ++output) {
            const double sign = output == 0 ? 1.0 : -1.0;
            prediction.targets(output, i) = sign * targetAt(i);
            prediction.outputs(output, i) = sign * (targetAt(i) - 6.5);
        }
    }
    prediction.firstTest = static_cast<std::size_t>(points * 4 / 5);
    return prediction;
}

std::shared_ptr<const Prediction> shared(Prediction prediction)
{
    return std::make_shared<const Prediction>(std::move(prediction));
}

void show(QWidget& widget, QSize size = {700, 260})
{
    widget.resize(size);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QTest::qWait(20);
}

QPoint placeOf(const PredictionPlot& plot, double x)
{
    const QRect picture = plot.pictureRect();
    const double share = (x - plot.xRange().lower) / plot.xRange().length();
    return {picture.left() + int(std::lround(share * picture.width())), picture.center().y()};
}

} // namespace

class TestPlotsPrediction : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void axesAndLegendSayWhatIsShown();
    void tipSaysTargetAndPrediction();
    void testPartIsShaded();
    void severalOutputsAreChosen();
    void classesAreShownTogether();
    void hiddenPlotCostsNothing();
    void csvHoldsEveryOutput();
    void zoomedSvgPaintsNothingOutsideTheAxes();
    void oddDataAreDrawn();
};

void TestPlotsPrediction::init()
{
    applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), ThemeKind::Light);
}

void TestPlotsPrediction::axesAndLegendSayWhatIsShown()
{
    PredictionPlot plot;
    plot.showPrediction(shared(example(300, 1)));
    show(plot);
    QCOMPARE(plot.xLabel(), QStringLiteral("YEAR"));
    QCOMPARE(plot.yLabel(), QStringLiteral("SUNACTIVITY"));
    QCOMPARE(plot.legendTexts(), (QStringList{QStringLiteral("target"), QStringLiteral("prediction"),
                                              QStringLiteral("test part")}));
    QVERIFY(plot.xRange().contains(1700.0) && plot.xRange().contains(1999.0));
    QVERIFY(plot.yRange().contains(109.0) && plot.yRange().contains(4.0));
    Prediction plain = example(50, 1);
    plain.timeName.clear();
    plain.names.clear();
    plain.firstTest = plain.x.size();
    plot.showPrediction(shared(plain));
    QTest::qWait(20);
    QCOMPARE(plot.xLabel(), QStringLiteral("t"));
    QCOMPARE(plot.yLabel(), QStringLiteral("output"));
    QCOMPARE(plot.legendTexts().size(), 2);
}

void TestPlotsPrediction::tipSaysTargetAndPrediction()
{
    PredictionPlot plot;
    plot.showPrediction(shared(example(300, 1)));
    show(plot);
    const auto number = [](double value) { return QString::number(value, 'g', 10); };
    const QString tip = plot.tipAt(placeOf(plot, 1757));
    QVERIFY2(tip.startsWith(QStringLiteral("YEAR 1757\n")), qPrintable(tip));
    QVERIFY2(tip.contains(QStringLiteral("prediction ") + number(targetAt(57) - 6.5)), qPrintable(tip));
    QVERIFY2(tip.contains(QStringLiteral("target ") + number(targetAt(57))), qPrintable(tip));
    QVERIFY(plot.tipAt(placeOf(plot, 1990)).contains(QStringLiteral("test part")));
    QVERIFY(plot.tipAt(placeOf(plot, 1730)).contains(QStringLiteral("no target")));
}

void TestPlotsPrediction::testPartIsShaded()
{
    PredictionPlot plot;
    plot.showPrediction(shared(example(300, 1)));
    show(plot);
    const QImage image = plot.grab().toImage();
    // Above the curves, where only the grid may lie on the ground of the picture.
    const auto grounds = [&](double year) {
        int shaded = 0;
        for (int y = plot.pictureRect().top() + 1; y <= plot.pictureRect().top() + 12; ++y)
            shaded += image.pixelColor(placeOf(plot, year).x(), y) == Theme::current().ground ? 1 : 0;
        return shaded;
    };
    QVERIFY(grounds(1990) >= 8);
    QCOMPARE(grounds(1930), 0);
}

void TestPlotsPrediction::severalOutputsAreChosen()
{
    PredictionPlot plot;
    plot.showPrediction(shared(example(100, 1)));
    show(plot);
    auto* chooser = plot.findChild<QComboBox*>();
    QVERIFY(!chooser->isVisible());
    Prediction two = example(100, 2);
    two.names = {"north", "south"};
    plot.showPrediction(shared(two));
    QTest::qWait(20);
    QVERIFY(chooser->isVisible());
    QVERIFY(!chooser->accessibleName().isEmpty() && !chooser->toolTip().isEmpty());
    chooser->setFocus();
    QTest::keyClick(chooser, Qt::Key_Down);
    QTest::qWait(20);
    QCOMPARE(plot.output(), 1);
    QCOMPARE(plot.yLabel(), QStringLiteral("south"));
    QVERIFY(plot.yRange().contains(-109.0) && !plot.yRange().contains(60.0));
    plot.showPrediction(shared(example(100, 1)));
    QTest::qWait(20);
    QCOMPARE(plot.output(), 0);
    QVERIFY(!chooser->isVisible());
}

void TestPlotsPrediction::classesAreShownTogether()
{
    Prediction symbols = example(20, 3);
    symbols.timeName.clear();
    symbols.names = {"a", "b", "$"};
    symbols.firstTest = symbols.x.size();
    for (int i = 0; i < 20; ++i) {
        symbols.x[std::size_t(i)] = i + 1;
        symbols.targets.col(i).setZero();
        symbols.targets(i % 3, i) = 1.0;
        symbols.outputs.col(i) << 0.7, 0.2, 0.1; // always an a
    }
    PredictionPlot plot;
    plot.showPrediction(shared(symbols));
    show(plot);
    QCOMPARE(plot.output(), PredictionPlot::allClasses);
    QCOMPARE(plot.yLabel(), QStringLiteral("class"));
    QVERIFY2(plot.legendTexts().back().endsWith(QStringLiteral("7 of 20 right")),
             qPrintable(plot.legendTexts().back()));
    const QString tip = plot.tipAt(placeOf(plot, 6)); // the 6th: a $
    QVERIFY2(tip.startsWith(QStringLiteral("t 6\ntarget $: 0.1\n")), qPrintable(tip));
    QVERIFY(tip.contains(QStringLiteral("a: 0.7\nb: 0.2\n$: 0.1")));
    // The first class is on top, its cells the strongest.
    const QImage image = plot.grab().toImage();
    const QRect picture = plot.pictureRect();
    const auto colorAt = [&](int row) {
        return image.pixelColor(placeOf(plot, 9).x() - 9,
                                picture.top() + picture.height() * (2 * row + 1) / 6);
    };
    QCOMPARE(colorAt(0), strengthColor(Theme::current(), 0.7));
    QCOMPARE(colorAt(2), strengthColor(Theme::current(), 0.1));
    // Of many classes those that matter here.
    Prediction letters = symbols;
    letters.targets = Matrix::Zero(40, 20);
    letters.outputs = Matrix::Constant(40, 20, 0.01);
    for (int i = 0; i < 20; ++i)
        letters.targets(i % 2 == 0 ? 3 : 7, i) = 1.0;
    letters.outputs(30, 4) = 0.6;
    QCOMPARE(shownClasses(letters), (std::vector<int>{3, 7, 30}));
    auto* chooser = plot.findChild<QComboBox*>();
    QCOMPARE(chooser->currentText(), QStringLiteral("all classes"));
    chooser->setFocus();
    QTest::keyClick(chooser, Qt::Key_Down);
    QTest::qWait(20);
    QCOMPARE(plot.output(), 0);
    QCOMPARE(plot.yLabel(), QStringLiteral("a"));
    symbols.update = 13; // what was chosen stays
    plot.showPrediction(shared(symbols));
    QTest::qWait(20);
    QCOMPARE(plot.output(), 0);
    plot.showPrediction(shared(example(100, 1)));
    QTest::qWait(20);
    QCOMPARE(plot.output(), 0);
    QVERIFY(plot.yRange().contains(100.0));
}

void TestPlotsPrediction::hiddenPlotCostsNothing()
{
    PredictionPlot plot;
    plot.resize(700, 260);
    for (int i = 0; i < 50; ++i) {
        plot.showPrediction(shared(example(300, 1)));
        QCoreApplication::processEvents();
    }
    QCOMPARE(plot.replots(), 0);
    show(plot);
    QVERIFY(plot.replots() >= 1);
    plot.showPrediction(shared(example(20000, 1)));
    QTest::qWait(30);
    qInfo("a replot of 20,000 points: %.2f ms", plot.replotMilliseconds());
    QVERIFY(plot.xRange().contains(21699.0));
}

void TestPlotsPrediction::csvHoldsEveryOutput()
{
    QTemporaryDir folder;
    PredictionPlot plot;
    plot.resize(700, 260);
    plot.showPrediction(shared(example(50, 2)));
    const QString path = folder.filePath(QStringLiteral("prediction.csv"));
    QCOMPARE(plot.exportTo(path), QString());
    const QStringList lines = QString::fromUtf8(contentOf(path)).split(u'\n');
    QCOMPARE(lines.size(), 52);
    QVERIFY(lines[0].startsWith(QStringLiteral("\"YEAR\",part,\"SUNACTIVITY target\"")));
    const QStringList cells = lines[11].split(u',');
    QCOMPARE(cells.size(), 6);
    QCOMPARE(cells[0], QStringLiteral("1710"));
    QCOMPARE(cells[1], QStringLiteral("training"));
    QCOMPARE(cells[2].toDouble(), targetAt(10));
    QCOMPARE(cells[5].toDouble(), -(targetAt(10) - 6.5));
    QVERIFY(lines[31].split(u',')[2].isEmpty());
    QCOMPARE(lines[50].split(u',')[1], QStringLiteral("test"));
}

void TestPlotsPrediction::zoomedSvgPaintsNothingOutsideTheAxes()
{
    QTemporaryDir folder;
    PredictionPlot plot;
    plot.showPrediction(shared(example(300, 1)));
    show(plot, PlotWidget::leastPicture + QSize(4, 4)); // so that the file is as on screen
    wheel(plot, plot.pictureRect().center() + QPoint(180, 0), 8);
    QTest::qWait(20);
    const QString svg = folder.filePath(QStringLiteral("p.svg"));
    const QString png = folder.filePath(QStringLiteral("p.png"));
    QCOMPARE(plot.exportTo(svg), QString());
    QCOMPARE(plot.exportTo(png), QString());
    const QSize size = plot.size() - QSize(4, 4);
    const QImage drawn = pictureOf(svg, size);
    const QRect picture = plot.pictureRect().translated(-2, -2);
    const QRect right(QPoint(picture.right() + 4, 30), QPoint(size.width() - 1, picture.bottom() - 4));
    QCOMPARE(pixelsUnlike(drawn, right, Theme::current().card), 0);
    const double different = shareOfDifferentBlocks(pictureOf(png, size), drawn);
    QVERIFY2(different < 0.02, qPrintable(QString::number(different)));
}

void TestPlotsPrediction::oddDataAreDrawn()
{
    PredictionPlot plot;
    show(plot);
    plot.showPrediction(shared(Prediction{}));
    QTest::qWait(20);
    Prediction one = example(1, 1);
    one.firstTest = 0;
    plot.showPrediction(shared(one));
    QTest::qWait(20);
    QVERIFY(plot.xRange().length() > 0.0 && plot.yRange().length() > 0.0);
    Prediction broken = example(40, 1);
    broken.outputs.setConstant(std::nan(""));
    broken.targets.setConstant(3.0);
    plot.showPrediction(shared(broken));
    QTest::qWait(20);
    QVERIFY(plot.yRange().contains(3.0));
    plot.showPrediction(nullptr);
    QTest::qWait(20);
    QVERIFY(plot.tipAt(plot.pictureRect().center()).isEmpty());
}

QTEST_MAIN(TestPlotsPrediction)
#include "test_plots_prediction.moc"
