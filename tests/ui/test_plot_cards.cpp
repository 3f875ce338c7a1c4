#include "tests/support/opened_window.h"
#include "ui/plots/error_curve_plot.h"
#include "ui/plots/sizes_plot.h"
#include "ui/theme/card.h"
#include "ui/theme/theme.h"

#include <QDir>
#include <QLabel>
#include <QSet>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>

#include <algorithm>
#include <vector>

using namespace chronograd;

/// The cards at the bottom: four or three of them are seen, the others are behind their tabs; only what is
/// seen is computed.
class TestPlotCards : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources"); }
    void theFourOfTheSketchAreOnTopEquallyWide_data();
    void theFourOfTheSketchAreOnTopEquallyWide();
    void everyReadyExperimentFits();
    void whatIsInFrontStaysThere();
    void aCardSaysItsNameWhereNoTabDoes();
    void everyNameCanBeRead();
    void onlyWhatIsSeenIsComputed();
    void curvesTellWhenTheirCardWasBehindAnother();
    void weightsChosenElsewhereShowTheirErrorCurve();
};

namespace {

/// Which cards at the bottom lie on top.
QStringList seenCards(const MainWindow& window)
{
    QStringList names;
    for (const Card* card : window.findChildren<Card*>())
        if (!card->visibleRegion().isEmpty() && card->objectName() != QStringLiteral("experiment") &&
            card->objectName() != QStringLiteral("inspector"))
            names << card->objectName();
    names.sort();
    return names;
}

} // namespace

void TestPlotCards::theFourOfTheSketchAreOnTopEquallyWide_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QStringList>("seen");
    QTest::newRow("a large window") << QSize(1600, 1000)
                                    << QStringLiteral("comparison flow lag loss").split(u' ');
    QTest::newRow("a small one") << QSize(1280, 720) << QStringLiteral("flow lag loss").split(u' ');
}

void TestPlotCards::theFourOfTheSketchAreOnTopEquallyWide()
{
    QFETCH(QSize, size);
    QFETCH(QStringList, seen);
    test::Opened opened;
    const auto areEqual = [&] {
        std::vector<int> widths;
        for (const QString& card : seen)
            widths.push_back(opened.window.findChild<Card*>(card)->width());
        const auto [least, greatest] = std::ranges::minmax(widths);
        return greatest - least <= 3;
    };
    opened.window.resize(size);
    QTRY_COMPARE_WITH_TIMEOUT(seenCards(opened.window), seen, test::patience);
    QTRY_VERIFY(areEqual());
    opened.window.resize(size == QSize(1600, 1000) ? QSize(1280, 720) : QSize(1600, 1000));
    QTest::qWait(50);
    opened.window.resize(size); // and back
    QTRY_COMPARE_WITH_TIMEOUT(seenCards(opened.window), seen, test::patience);
    QTRY_VERIFY(areEqual());
}

/// With whatever cards it brings, in a window that was never opened before.
void TestPlotCards::everyReadyExperimentFits()
{
    const QTemporaryDir settings;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, settings.path());
    constexpr QSize least(1280, 720);
    test::Opened opened(MainWindow::Memory::Kept);
    QCOMPARE(opened.window.size(), least);
    const QDir folder(QStringLiteral(CHRONOGRAD_SOURCE_DIR "/resources/experiments"));
    const QStringList files = folder.entryList({QStringLiteral("*.chronograd.json")});
    QVERIFY(files.size() >= 18);
    for (const QString& file : files)
        for (const ThemeKind theme : {ThemeKind::Light, ThemeKind::Dark}) {
            opened.window.setTheme(theme);
            QVERIFY(opened.window.open(folder.filePath(file).toStdString()));
            QVERIFY(opened.waitForUpdate(1));
            const QSize needed = opened.window.minimumSizeHint();
            QVERIFY2(needed.width() <= least.width() - 40 && needed.height() <= least.height() - 40,
                     qPrintable(
                         QStringLiteral("%1 needs %2 × %3")
                             .arg(file, QString::number(needed.width()), QString::number(needed.height()))));
            QVERIFY2(opened.window.size() == least, qPrintable(file));
        }
}

void TestPlotCards::whatIsInFrontStaysThere()
{
    test::Opened opened;
    opened.window.resize(1600, 1000);
    QTRY_VERIFY_WITH_TIMEOUT(seenCards(opened.window).contains(QStringLiteral("comparison")), test::patience);
    opened.find<Card>("weight-curves")->raise();
    opened.find<Card>("jacobians")->raise();
    const QStringList chosen = QStringLiteral("jacobians lag weight-curves").split(u' ');
    QTRY_VERIFY_WITH_TIMEOUT(seenCards(opened.window).contains(chosen.front()), test::patience);
    opened.window.resize(1280, 720);
    QTRY_COMPARE_WITH_TIMEOUT(seenCards(opened.window), chosen, test::patience);
    QCOMPARE(opened.window.size(), QSize(1280, 720)); // no card on its way has widened it
    opened.action("All cards at their places")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(seenCards(opened.window), QStringLiteral("flow lag loss").split(u' '),
                              test::patience);
}

void TestPlotCards::aCardSaysItsNameWhereNoTabDoes()
{
    test::Opened opened;
    opened.window.resize(1280, 720);
    const auto saysName = [&opened](const char* card) {
        auto* found = opened.find<Card>(card);
        for (const QLabel* label : found->title()->findChildren<QLabel*>())
            if (label->text() == found->windowTitle())
                return !label->isHidden();
        return false;
    };
    QTRY_VERIFY(saysName("experiment")); // the worked example behind it is hidden
    QTRY_VERIFY(!saysName("inspector"));
    opened.find<Card>("compare")->hide();
    QTRY_VERIFY(saysName("inspector"));
    opened.window.resize(1600, 1000); // parts it from its neighbours, with other cards behind it
    QTRY_VERIFY_WITH_TIMEOUT(seenCards(opened.window).contains(QStringLiteral("comparison")), test::patience);
    QTRY_VERIFY(!saysName("comparison"));
}

void TestPlotCards::everyNameCanBeRead()
{
    const test::Opened opened;
    QStringList names;
    for (const QTabBar* bar : opened.window.findChildren<QTabBar*>()) {
        QCOMPARE(bar->elideMode(), Qt::ElideNone);
        for (int tab = 0; tab < bar->count(); ++tab)
            names << bar->tabText(tab);
    }
    QVERIFY(names.size() >= 17); // the plots alone
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), names.size());
}

void TestPlotCards::onlyWhatIsSeenIsComputed()
{
    test::Opened opened;
    std::vector<std::shared_ptr<const UpdateAnalysis>> analyses;
    connect(&opened.window.bridge(), &SessionBridge::newsTaken, this, [&](const SessionNews& news) {
        analyses.insert(analyses.end(), news.analyses.begin(), news.analyses.end());
    });
    const auto next = [&] {
        analyses.clear();
        opened.window.bridge().post(StepCommand{Granularity::Update});
        const std::int64_t update = opened.frame().position.update + 1;
        return QTest::qWaitFor([&] { return !analyses.empty() && analyses.back()->update == update; },
                               test::patience);
    };
    QVERIFY(next());
    QVERIFY(analyses.back()->request.flow && !analyses.back()->request.comparison);
    opened.find<Card>("jacobians")->raise();
    opened.find<Card>("comparison")->raise();
    QTRY_VERIFY_WITH_TIMEOUT(seenCards(opened.window).contains(QStringLiteral("comparison")), test::patience);
    QVERIFY(next());
    const AnalysisRequest asked = analyses.back()->request;
    QVERIFY(asked.jacobians && asked.comparison && analyses.back()->comparison.has_value());
    QVERIFY(!asked.flow && !asked.spectra && !asked.saturation && !asked.errorCurve && !asked.rtrl);
}

void TestPlotCards::curvesTellWhenTheirCardWasBehindAnother()
{
    test::Opened opened;
    auto* sizes = opened.window.findChild<SizesPlot*>();
    const auto pass = [&opened](const char* card, int updates) {
        opened.find<Card>(card)->raise();
        QTRY_VERIFY_WITH_TIMEOUT(seenCards(opened.window).contains(QString::fromLatin1(card)),
                                 test::patience);
        QTest::qWait(50); // for the session to be told
        for (int i = 0; i < updates; ++i) {
            const std::int64_t next = opened.frame().position.update + 1;
            opened.window.bridge().post(StepCommand{Granularity::Update});
            QVERIFY(opened.waitForUpdate(next));
        }
    };
    pass("lag", 3); // after update 4
    pass("sizes", 2);
    pass("cost", 4);
    pass("sizes", 2);
    QTRY_VERIFY(sizes->legendTexts().contains(QStringLiteral("not computed")));
    QVERIFY(sizes->legendTexts().join(u' ').contains(QStringLiteral("since update")));
    QCOMPARE(sizes->gaps().all().size(), std::size_t{1});
    QCOMPARE(sizes->gaps().all().front().from, 6);
}

void TestPlotCards::weightsChosenElsewhereShowTheirErrorCurve()
{
    test::Opened opened;
    auto* plot = opened.window.findChild<ErrorCurvePlot*>();
    QVERIFY(opened.window.select("hidden.W_h[2,1]"));
    QCOMPARE(plot->weight().row, 1);
    QCOMPARE(plot->weight().column, 0);
    QVERIFY(opened.window.select("loss")); // no weight: the curve stays
    QCOMPARE(plot->weight().row, 1);
}

QTEST_MAIN(TestPlotCards)
#include "test_plot_cards.moc"
