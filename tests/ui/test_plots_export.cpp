#include "tests/ui/loss_fixtures.h"
#include "ui/theme/theme.h"

#include <QTemporaryDir>

using namespace chronograd;

/// Plots as files: numbers and pictures.
class TestPlotsExport : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void csvHoldsTheNumbers();
    void exportedPicturesLookLikeTheScreen();
    void zoomedSvgPaintsNothingOutsideTheAxes();
    void errorsAreSentences();
};

void TestPlotsExport::init()
{
    applyTheme(*qobject_cast<QApplication*>(QCoreApplication::instance()), ThemeKind::Light);
}

void TestPlotsExport::csvHoldsTheNumbers()
{
    QTemporaryDir folder;
    LossPlot plot;
    plot.resize(500, 260);
    plot.showNews(newsOf(1, 100));
    const QString path = folder.filePath(QStringLiteral("loss.csv"));
    QCOMPARE(plot.exportTo(path), QString());
    const QStringList lines = QString::fromUtf8(contentOf(path)).split(u'\n');
    QCOMPARE(lines.size(), 102); // Header, 100 rows, the end of the last line.
    QCOMPARE(lines[0], QStringLiteral("update,last_update,loss,least,greatest,mean,test_loss"));
    for (std::int64_t update = 1; update <= 100; ++update) {
        const QStringList cells = lines[update].split(u',');
        QCOMPARE(cells.size(), 7);
        QCOMPARE(cells[0].toLongLong(), update);
        QCOMPARE(cells[2].toDouble(), lossAt(update));
        QCOMPARE(cells[6].isEmpty(), update % 50 != 0);
    }
}

void TestPlotsExport::exportedPicturesLookLikeTheScreen()
{
    QTemporaryDir folder;
    LossPlot plot;
    SessionNews news = newsOf(1, 600);
    news.changes = {{200, {Setting::K2, StepCount(5)}}};
    plot.showNews(news);
    show(plot, PlotWidget::leastPicture + QSize(4, 4)); // so that the file is as on screen
    for (const char* suffix : {"png", "svg", "pdf"})
        QCOMPARE(plot.exportTo(folder.filePath(QStringLiteral("loss.") + QLatin1String(suffix))), QString());
    const QSize size = plot.size() - QSize(4, 4); // Without the frame of the focus.
    const QImage png = pictureOf(folder.filePath(QStringLiteral("loss.png")), size);
    const QImage svg = pictureOf(folder.filePath(QStringLiteral("loss.svg")), size);
    QCOMPARE(QImage(folder.filePath(QStringLiteral("loss.png"))).size(), 2 * size);
    QVERIFY(!svg.isNull());
    QVERIFY(pixelsUnlike(png, plot.pictureRect().translated(-2, -2), Theme::current().card) > 3000);
    const double different = shareOfDifferentBlocks(png, svg);
    QVERIFY2(different < 0.02, qPrintable(QString::number(different)));
    QVERIFY(contentOf(folder.filePath(QStringLiteral("loss.pdf"))).startsWith("%PDF-"));
}

void TestPlotsExport::zoomedSvgPaintsNothingOutsideTheAxes()
{
    QTemporaryDir folder;
    LossPlot plot;
    SessionNews news = newsOf(1, 600);
    news.changes = {{20, {Setting::K2, StepCount(5)}}, {300, {Setting::K1, StepCount(2)}}};
    plot.showNews(news);
    SessionNews second = newsOf(1, 500, 2);
    second.restarted = true;
    plot.showNews(second);
    show(plot, PlotWidget::leastPicture + QSize(4, 4)); // so that the file is as on screen
    wheel(plot, placeOf(plot, 320.0, lossAt(320)), 12); // The curve leaves the picture on all sides.
    QTest::qWait(20);
    QVERIFY(plot.xRange().length() < 100.0);
    const QString path = folder.filePath(QStringLiteral("zoomed.svg"));
    QCOMPARE(plot.exportTo(path), QString());
    const QImage svg = pictureOf(path, plot.size() - QSize(4, 4));
    const QRect picture = plot.pictureRect().translated(-2, -2);
    QVERIFY(pixelsUnlike(svg, picture, Theme::current().card) > 1000);
    const QRect right(QPoint(picture.right() + 3, 30), QPoint(svg.width() - 1, picture.bottom() - 4));
    QCOMPARE(pixelsUnlike(svg, right, Theme::current().card), 0);
    const QRect below(QPoint(0, svg.height() - 3), QPoint(svg.width() - 1, svg.height() - 1));
    QCOMPARE(pixelsUnlike(svg, below, Theme::current().card), 0);
}

void TestPlotsExport::errorsAreSentences()
{
    LossPlot plot;
    plot.resize(400, 260);
    const QString odd = plot.exportTo(QStringLiteral("loss.docx"));
    QVERIFY2(odd.contains(QStringLiteral("docx")) && odd.endsWith(u'.'), qPrintable(odd));
    for (const char* suffix : {"png", "svg", "pdf", "csv"}) {
        const QString path = QStringLiteral("/no/such/folder/loss.") + QLatin1String(suffix);
        const QString error = plot.exportTo(path);
        QVERIFY2(error.startsWith(path) && error.endsWith(u'.'), qPrintable(error));
    }
}

QTEST_MAIN(TestPlotsExport)
#include "test_plots_export.moc"
