#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

/// Who may know whom: core knows neither Qt nor the window; ui does not know app; one top level of folders;
/// no two types of one name.
class TestLayering : public QObject
{
    Q_OBJECT

private slots:
    void includesPointDownwards_data();
    void includesPointDownwards();
    void aForbiddenIncludeIsFound();
    void plotsKeepTheirLibraryToThemselves();
    void topLevelIsAsAgreed();
    void typesHaveNamesOfTheirOwn();
    void aSharedNameIsFound_data();
    void aSharedNameIsFound();
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

/// The types that a file defines where other files could define them too: not inside functions, other types
/// or unnamed namespaces. Relies on the format of our sources: a namespace does not indent and ends with its
/// name.
QStringList typesOf(const QString& text)
{
    static const QRegularExpression begin(QStringLiteral(R"(^(?:inline )?namespace ?([\w:]*) ?\{$)"));
    static const QRegularExpression type(
        QStringLiteral(R"(^(?:template<.*> )?(?:class|struct|union|enum class|enum) ([\w:]+)(?![^{]*;$))"));
    QStringList namespaces;
    QStringList types;
    for (const QString& line : text.split(u'\n')) {
        if (const auto opened = begin.match(line); opened.hasMatch()) {
            namespaces.append(opened.captured(1));
        } else if (line.startsWith(QStringLiteral("} // namespace")) && !namespaces.isEmpty()) {
            namespaces.removeLast();
        } else if (const auto found = type.match(line); found.hasMatch() && !namespaces.contains(QString())) {
            types.append((namespaces + QStringList{found.captured(1)}).join(QStringLiteral("::")));
        }
    }
    types.removeDuplicates(); // a template and its specialisations
    return types;
}

/// "NAME in FILE and FILE", for the first name that two of the files (name → text) give to types; empty:
/// none.
QString sharedName(const QMap<QString, QString>& files)
{
    QMap<QString, QString> definedIn;
    for (auto file = files.begin(); file != files.end(); ++file) {
        for (const QString& type : typesOf(file.value())) {
            if (definedIn.contains(type)) {
                return QStringLiteral("%1 in %2 and %3").arg(type, definedIn[type], file.key());
            }
            definedIn[type] = file.key();
        }
    }
    return {};
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

/// The linker would take one of two classes of one name for both, without a word.
void TestLayering::typesHaveNamesOfTheirOwn()
{
    QMap<QString, QString> files;
    for (const char* folder : {"core", "ui", "app"}) {
        for (const QString& file :
             filesBelow(QString::fromLatin1(folder), {QStringLiteral("*.h"), QStringLiteral("*.cpp")}))
        {
            files[file] = contentOf(file);
        }
    }
    QVERIFY(files.size() > 100);
    QCOMPARE(sharedName(files), QString());
}

void TestLayering::aSharedNameIsFound_data()
{
    QTest::addColumn<QString>("other");
    QTest::addColumn<QString>("found");
    const auto in = [](const char* space, const char* definition) {
        return QStringLiteral(
                   "namespace a {\nnamespace%1 {\n\n%2\n{\n};\n\n} // namespace%1\n} // namespace a\n")
            .arg(QString::fromLatin1(space), QString::fromLatin1(definition));
    };
    QTest::newRow("the same") << in(" b", "class Mark : public Base") << "a::b::Mark in one and other";
    QTest::newRow("a template") << in(" b", "template<int N> struct Mark") << "a::b::Mark in one and other";
    QTest::newRow("in another namespace") << in(" c", "struct Mark") << "";
    QTest::newRow("in an unnamed namespace") << in("", "struct Mark") << "";
    QTest::newRow("inside a class") << in(" b", "struct Plot::Mark") << "";
    QTest::newRow("only declared") << in(" b", "struct Mark;") << "";
}

void TestLayering::aSharedNameIsFound()
{
    QFETCH(QString, other);
    const QString one = QStringLiteral("namespace a::b {\n\nstruct Mark\n{\n};\n\n} // namespace a::b\n");
    QTEST(sharedName({{QStringLiteral("one"), one}, {QStringLiteral("other"), other}}), "found");
}

QTEST_APPLESS_MAIN(TestLayering)
#include "test_layering.moc"
