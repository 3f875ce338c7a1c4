#include "tests/ui/plot_fixtures.h"
#include "ui/plots/heat_map_plot.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QTemporaryDir>

using namespace chronograd;

namespace {

std::shared_ptr<const Frame> shared(Frame frame)
{
    return std::make_shared<const Frame>(std::move(frame));
}

void show(QWidget& widget)
{
    widget.resize(620, 260);
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
    QTest::qWait(20);
}

int parameter(const Frame& frame, const char* name)
{
    return frame.network->parameters().find(name).value();
}

double valueOf(const Frame& frame, const Vector& flat, int parameter, int row, int column)
{
    return flat[static_cast<Eigen::Index>(frame.network->parameters()[parameter].at(row, column))];
}

QString shortest(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

} // namespace

class TestPlotsHeatMap : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void everyParameterHasItsMap();
    void tipNamesTheNumber();
    void clickPicksTheNumber();
    void keysMoveAndPick();
    void coloursAreThoseOfTheSign();
    void updatesStayUntilTheNextUpdate();
    void hiddenPlotCostsNothing();
    void csvHoldsTheNumbers();
    void exportedSvgLooksLikeThePng();
};

void TestPlotsHeatMap::init()
{
    applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), ThemeKind::Light);
}

void TestPlotsHeatMap::everyParameterHasItsMap()
{
    HeatMapPlot plot(HeatMapPlot::What::Weights);
    show(plot);
    QVERIFY(plot.titles().isEmpty());
    const auto frame = shared(exampleFrame(7, true));
    plot.showFrame(frame);
    QTest::qWait(20);
    QStringList names;
    for (const ParameterView& view : frame->network->parameters().views())
        names << QString::fromStdString(view.name);
    QCOMPARE(plot.titles(), names);
    QVERIFY(names.contains(QStringLiteral("hidden.W_h")));
    QVERIFY(plot.caption().contains(QStringLiteral("after update 7")));
    plot.showFrame(shared(exampleFrame(8, false)));
    QVERIFY(plot.caption().contains(QStringLiteral("after update 7")));
}

void TestPlotsHeatMap::tipNamesTheNumber()
{
    const auto frame = shared(exampleFrame(7, true));
    for (const bool isWeights : {true, false}) {
        HeatMapPlot plot(isWeights ? HeatMapPlot::What::Weights : HeatMapPlot::What::Updates);
        plot.showFrame(frame);
        show(plot);
        const Vector& flat = isWeights ? frame->after : frame->change;
        const int weights = parameter(*frame, "hidden.W_h");
        for (int row = 0; row < 3; ++row)
            for (int column = 0; column < 3; ++column) {
                const QString tip = plot.tipAt(plot.cellRectOf(weights, row, column).center());
                const QString expected =
                    QStringLiteral("hidden.W_h[%1,%2] = %3")
                        .arg(row + 1)
                        .arg(column + 1)
                        .arg(typeset(shortest(valueOf(*frame, flat, weights, row, column))));
                QVERIFY2(tip.contains(expected), qPrintable(tip));
            }
        const int bias = parameter(*frame, "hidden.b");
        QVERIFY(plot.tipAt(plot.cellRectOf(bias, 1, 0).center()).contains(QStringLiteral("hidden.b[2] = ")));
        QVERIFY(plot.tipAt({3, 3}).isEmpty());
    }
}

void TestPlotsHeatMap::clickPicksTheNumber()
{
    const auto frame = shared(exampleFrame(7, true));
    const int weights = parameter(*frame, "hidden.W_h");
    Quantity picked;
    const auto clickIn = [&](HeatMapPlot& plot, int row, int column) {
        connect(&plot, &HeatMapPlot::quantitySelected, this, [&](const Quantity& q) { picked = q; });
        QTest::mouseClick(&plot, Qt::LeftButton, {}, plot.cellRectOf(weights, row, column).center());
    };
    HeatMapPlot plot(HeatMapPlot::What::Weights);
    plot.showFrame(frame);
    show(plot);
    clickIn(plot, 2, 1);
    QCOMPARE(quantityText(picked, *frame->network), std::string("hidden.W_h[3,2].after"));
    plot.showFrame(shared(exampleFrame(8, false)));
    QTest::qWait(20);
    clickIn(plot, 0, 2);
    QCOMPARE(quantityText(picked, *frame->network), std::string("hidden.W_h[1,3]"));

    HeatMapPlot updates(HeatMapPlot::What::Updates);
    updates.showFrame(frame);
    show(updates);
    clickIn(updates, 1, 1);
    QCOMPARE(quantityText(picked, *frame->network), std::string("hidden.W_h[2,2].update"));

    picked = {};
    QTest::mouseClick(&updates, Qt::LeftButton, {}, {3, 3});
    QVERIFY(picked == Quantity{});
}

void TestPlotsHeatMap::keysMoveAndPick()
{
    const auto frame = shared(exampleFrame(7, true));
    HeatMapPlot plot(HeatMapPlot::What::Weights);
    plot.showFrame(frame);
    show(plot);
    plot.setFocus();
    std::string picked;
    connect(&plot, &HeatMapPlot::quantitySelected, this,
            [&](const Quantity& quantity) { picked = quantityText(quantity, *frame->network); });
    const ParameterView& first = frame->network->parameters()[0];
    QTest::keyClick(&plot, Qt::Key_Right);
    QTest::keyClick(&plot, Qt::Key_Return);
    QCOMPARE(picked, first.name + "[1,1].after");
    QTest::keyClick(&plot, Qt::Key_Down);
    for (int i = 0; i < first.columns; ++i)
        QTest::keyClick(&plot, Qt::Key_Right);
    QTest::keyClick(&plot, Qt::Key_Return);
    QCOMPARE(picked, frame->network->parameters()[1].name + "[2,1].after");
    QTest::qWait(20);
    QVERIFY(
        plot.accessibleDescription().contains(QString::fromStdString(frame->network->parameters()[1].name)));
    for (int i = 0; i < 50; ++i)
        QTest::keyClick(&plot, Qt::Key_Right);
    for (int i = 0; i < 9; ++i)
        QTest::keyClick(&plot, Qt::Key_Down);
    QTest::keyClick(&plot, Qt::Key_Return);
    QVERIFY2(picked.starts_with(frame->network->parameters().views().back().name), picked.c_str());
}

void TestPlotsHeatMap::coloursAreThoseOfTheSign()
{
    Frame frame = exampleFrame(7, true);
    const int weights = parameter(frame, "hidden.W_h");
    const ParameterView& view = frame.network->parameters()[weights];
    const auto set = [&](int row, int column, double value) {
        frame.after[static_cast<Eigen::Index>(view.at(row, column))] = value;
    };
    for (int row = 0; row < 3; ++row)
        for (int column = 0; column < 3; ++column)
            set(row, column, 0.0);
    set(0, 1, 4.0);
    set(1, 2, -4.0);
    set(2, 0, std::nan(""));
    HeatMapPlot plot(HeatMapPlot::What::Weights);
    plot.showFrame(shared(frame));
    show(plot);
    const QImage image = plot.grab().toImage();
    const auto colorAt = [&](int row, int column) {
        return image.pixelColor(plot.cellRectOf(weights, row, column).topLeft() + QPoint(4, 4));
    };
    const Theme& theme = Theme::current();
    QCOMPARE(colorAt(0, 1), theme.positive);
    QCOMPARE(colorAt(1, 2), theme.negative);
    QCOMPARE(colorAt(0, 0), theme.card);
    QCOMPARE(colorAt(2, 0), theme.cut); // Not a number: neither sign.
}

void TestPlotsHeatMap::updatesStayUntilTheNextUpdate()
{
    HeatMapPlot plot(HeatMapPlot::What::Updates);
    show(plot);
    QCOMPARE(plot.caption(), QStringLiteral("No update yet"));
    plot.showFrame(shared(exampleFrame(7, true)));
    QVERIFY(plot.caption().contains(QStringLiteral("update 7")));
    plot.showFrame(shared(exampleFrame(8, false)));
    QVERIFY(plot.caption().contains(QStringLiteral("update 7")));
    plot.showFrame(shared(exampleFrame(8, true)));
    QVERIFY(plot.caption().contains(QStringLiteral("update 8")));
    plot.showFrame(shared(exampleFrame(1, false))); // A restart.
    QCOMPARE(plot.caption(), QStringLiteral("No update yet"));
    plot.showFrame(nullptr);
    QTest::qWait(20);
    QVERIFY(plot.titles().isEmpty());
}

void TestPlotsHeatMap::hiddenPlotCostsNothing()
{
    HeatMapPlot plot(HeatMapPlot::What::Weights);
    plot.resize(620, 260);
    for (int i = 1; i < 100; ++i) {
        plot.showFrame(shared(exampleFrame(i, true)));
        QCoreApplication::processEvents();
    }
    QCOMPARE(plot.replots(), 0);
    show(plot);
    qInfo("a replot of the heat maps: %.2f ms", plot.replotMilliseconds());
    QVERIFY(plot.replots() >= 1);
    QVERIFY(plot.accessibleDescription().contains(QStringLiteral("update 99")));
}

void TestPlotsHeatMap::csvHoldsTheNumbers()
{
    QTemporaryDir folder;
    const auto frame = shared(exampleFrame(7, true));
    HeatMapPlot plot(HeatMapPlot::What::Updates);
    plot.resize(620, 260);
    plot.showFrame(frame);
    const QString path = folder.filePath(QStringLiteral("updates.csv"));
    QCOMPARE(plot.exportTo(path), QString());
    const QStringList lines = QString::fromUtf8(contentOf(path)).split(u'\n');
    QCOMPARE(static_cast<std::size_t>(lines.size()), frame->network->parameters().count() + 2);
    const int weights = parameter(*frame, "hidden.W_h");
    QVERIFY(lines.contains(QStringLiteral("hidden.W_h,3,2,") +
                           shortest(valueOf(*frame, frame->change, weights, 2, 1))));
}

void TestPlotsHeatMap::exportedSvgLooksLikeThePng()
{
    QTemporaryDir folder;
    HeatMapPlot plot(HeatMapPlot::What::Updates);
    plot.showFrame(shared(exampleFrame(7, true)));
    show(plot);
    const QString png = folder.filePath(QStringLiteral("updates.png"));
    const QString svg = folder.filePath(QStringLiteral("updates.svg"));
    QCOMPARE(plot.exportTo(png), QString());
    QCOMPARE(plot.exportTo(svg), QString());
    const QSize size = QImage(png).size() / 2;
    QCOMPARE(size.width(), PlotWidget::leastPicture.width());
    QVERIFY2(size.height() < PlotWidget::leastPicture.height(), "small maps leave no white below them");
    QVERIFY(pixelsUnlike(pictureOf(png, size), QRect(QPoint(), size), Theme::current().card) > 3000);
    const double different = shareOfDifferentBlocks(pictureOf(png, size), pictureOf(svg, size));
    QVERIFY2(different < 0.02, qPrintable(QString::number(different)));
}

QTEST_MAIN(TestPlotsHeatMap)
#include "test_plots_heat_map.moc"
