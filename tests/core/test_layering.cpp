#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

/// Who may know whom: core knows neither Qt nor the window; ui does not know app; one top level of folders.
class TestLayering : public QObject
{
    Q_OBJECT

private slots:
    void includesPointDownwards_data();
    void includesPointDownwards();
    void aForbiddenIncludeIsFound();
    void plotsKeepTheirLibraryToThemselves();
    void topLevelIsAsAgreed();
};

namespace {

const QString source = QStringLiteral(CHRONOGRAD_SOURCE_DIR);

QStringList filesBelow(const QString& folder, const QStringList& endings)
{
    QStringList files;
    QDirIterator iterator(source + u'/' + folder, endings, QDir::Files, QDirIterator::Subdirectories);
    while (iterator.hasNext()) {
        files.append(iterator.next());
    }
    return files;
}

QStringList includesMatching(const QString& text, const QString& pattern)
{
    static const QRegularExpression include(QStringLiteral(R"(^\s*#\s*include\s*[<"]([^>"]+)[>"])"),
                                            QRegularExpression::MultilineOption);
    const QRegularExpression forbidden(pattern);
    QStringList found;
    for (auto matches = include.globalMatch(text); matches.hasNext();) {
        const QString name = matches.next().captured(1);
        if (forbidden.match(name).hasMatch()) {
            found.append(name);
        }
    }
    return found;
}

QString contentOf(const QString& file)
{
    QFile opened(file);
    return opened.open(QIODevice::ReadOnly) ? QString::fromUtf8(opened.readAll()) : QString();
}

const QString notForCore = QStringLiteral("^(Q[A-Z]|Qt|qcustomplot|ui/|app/|tests/)");

} // namespace

void TestLayering::includesPointDownwards_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("forbidden");
    QTest::newRow("core knows no Qt, no ui, no app") << QStringLiteral("core") << notForCore;
    QTest::newRow("ui knows no app, no tests") << QStringLiteral("ui") << QStringLiteral("^(app/|tests/)");
    QTest::newRow("app knows no tests") << QStringLiteral("app") << QStringLiteral("^tests/");
}

void TestLayering::includesPointDownwards()
{
    QFETCH(QString, folder);
    QFETCH(QString, forbidden);
    const QStringList files = filesBelow(folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")});
    QVERIFY(files.size() > 3);
    for (const QString& file : files) {
        const QStringList found = includesMatching(contentOf(file), forbidden);
        QVERIFY2(found.isEmpty(), qPrintable(file + QStringLiteral(" includes ") + found.join(u' ')));
    }
}

void TestLayering::aForbiddenIncludeIsFound()
{
    const QString text =
        QStringLiteral("#include <vector>\n  # include <QString>\n#include \"ui/theme/theme.h\"\n");
    QCOMPARE(includesMatching(text, notForCore),
             (QStringList{QStringLiteral("QString"), QStringLiteral("ui/theme/theme.h")}));
}

void TestLayering::plotsKeepTheirLibraryToThemselves()
{
    const QString plots = QStringLiteral("/ui/plots/");
    for (const QString& file :
         filesBelow(QStringLiteral("ui"), {QStringLiteral("*.h"), QStringLiteral("*.cpp")})) {
        if (!file.contains(plots)) { // plot_canvas.h is their door to it
            const QStringList found =
                includesMatching(contentOf(file), QStringLiteral("^(qcustomplot|ui/plots/plot_canvas)"));
            QVERIFY2(found.isEmpty(), qPrintable(file));
        }
    }
}

void TestLayering::topLevelIsAsAgreed()
{
    const QStringList agreed{QStringLiteral("CMakeLists.txt"), QStringLiteral("LICENSE"),
                             QStringLiteral("README.md"),      QStringLiteral("app"),
                             QStringLiteral("core"),           QStringLiteral("resources"),
                             QStringLiteral("tests"),          QStringLiteral("ui")};
    for (const QString& entry : QDir(source).entryList(QDir::AllEntries | QDir::NoDotAndDotDot)) {
        QVERIFY2(agreed.contains(entry) || entry.startsWith(QStringLiteral("build")), qPrintable(entry));
    }
}

QTEST_APPLESS_MAIN(TestLayering)
#include "test_layering.moc"
