#include "tests/support/run_records.h"
#include "tests/support/store_files.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <cstdio>
#include <map>

using namespace chronograd;
using test::ask;
using test::namesOf;
using test::record;

namespace {

/// What a store throws, in words; empty: nothing.
template<typename Action>
QString refusal(Action action)
{
    try {
        action();
    } catch (const StoreError& error) {
        return error.sentence();
    }
    return {};
}

QString openingOf(const QString& file)
{
    return refusal([&] { RunStore store(file); });
}

QByteArray bytesOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString& name, const QByteArray& bytes)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// The same for the same run and revision, long and without a pattern that a torn write would keep.
QByteArray sessionOf(const QString& name, qint64 revision)
{
    QRandomGenerator random(qChecksum(name.toUtf8()) + static_cast<quint32>(revision));
    QByteArray bytes(random.bounded(1, 150'000), '\0');
    for (char& byte : bytes)
        byte = static_cast<char>(random.bounded(256));
    return bytes;
}

/// The child of the kill test: keeps runs until it is killed, tells each that is kept.
int keepRunsForEver(const QString& file, const QString& name)
{
    RunStore store(file);
    for (int number = 1;; ++number) {
        RunRecord run = record(QStringLiteral("%1-%2").arg(name).arg(number));
        run.session = sessionOf(run.entry.name, 1);
        RunStore::Row row = store.add(run);
        for (int i = 0;; ++i) {
            std::printf("saved %s %lld %lld\n", qPrintable(run.entry.name), row.id, row.revision);
            std::fflush(stdout);
            if (i == 4)
                break;
            run.session = sessionOf(run.entry.name, row.revision + 1);
            row = store.update(row, run).value();
        }
    }
}

} // namespace

/// The library's file when things go wrong: nothing that was told to be kept is lost, nobody else's file is
/// touched, and a sentence says what is the matter.
class TestRunStoreFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void othersFilesAreLeftAsTheyAre_data();
    void othersFilesAreLeftAsTheyAre();
    void placesThatCannotBeWrittenAreTold();
    void aFullDiskLosesNothing();
    void aLockedLibraryIsTold();
    void surviveKillsInMidWrite();

private:
    QString file() const { return m_folder->filePath(QStringLiteral("data/runs.sqlite")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestRunStoreFaults::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestRunStoreFaults::othersFilesAreLeftAsTheyAre_data()
{
    QTest::addColumn<QString>("sql");      // said to a sound library, or …
    QTest::addColumn<QByteArray>("bytes"); // … written over it from …
    QTest::addColumn<int>("at");           // … here; −1: instead of it; −2: only so many bytes are left
    QTest::addColumn<QString>("says");
    const QString damaged = QStringLiteral("is damaged; it was left as it is");
    QTest::newRow("a newer version") << QStringLiteral("PRAGMA user_version = 3") << QByteArray() << 0
                                     << QStringLiteral("was written by a newer version");
    QTest::newRow("a database of another program")
        << QStringLiteral("PRAGMA application_id = 5") << QByteArray() << 0
        << QStringLiteral("is not a run library of this program");
    QTest::newRow("a text") << QString() << QByteArray("dear diary, today I trained a network").repeated(99)
                            << -1 << damaged;
    QTest::newRow("the beginning is gone") << QString() << QByteArray(100, '\0') << 0 << damaged;
    QTest::newRow("a page is gone") << QString() << QByteArray(4096, '\x55') << 4096 << damaged;
    QTest::newRow("the end is gone") << QString() << QByteArray(9000, '\0') << -2 << damaged;
}

void TestRunStoreFaults::othersFilesAreLeftAsTheyAre()
{
    QFETCH(QString, sql);
    QFETCH(QByteArray, bytes);
    QFETCH(int, at);
    QFETCH(QString, says);
    {
        RunStore store(file());
        for (int i = 0; i < 20; ++i)
            store.add(record(QStringLiteral("run %1").arg(i)));
    }
    QCOMPARE(openingOf(file()), QString());
    if (!sql.isEmpty())
        ask(file(), sql);
    QByteArray content = bytesOf(file());
    if (!sql.isEmpty())
        QVERIFY(content.size() > 10'000);
    else if (at == -1)
        content = bytes;
    else if (at == -2)
        content.truncate(bytes.size());
    else
        content.replace(at, bytes.size(), bytes);
    write(file(), content);
    const QString told = openingOf(file());
    QVERIFY2(told.contains(says) && told.contains(file()), qPrintable(told));
    QVERIFY(bytesOf(file()) == content);
}

void TestRunStoreFaults::placesThatCannotBeWrittenAreTold()
{
    const QString plain = m_folder->filePath(QStringLiteral("file"));
    write(plain, "no folder");
    QVERIFY2(openingOf(plain + QStringLiteral("/runs.sqlite")).contains(QStringLiteral("cannot be opened")),
             qPrintable(openingOf(plain + QStringLiteral("/runs.sqlite"))));
    QVERIFY(openingOf(QStringLiteral("/proc/runs.sqlite")).contains(QStringLiteral("cannot be opened")));
    {
        RunStore store(file());
        store.add(record(QStringLiteral("one")));
    }
    // For the superuser nothing is read-only.
    QFile::setPermissions(file(), QFile::ReadOwner);
    QFile probe(file());
    if (!probe.open(QIODevice::ReadWrite))
        QVERIFY2(openingOf(file()).contains(QStringLiteral("cannot be written")),
                 qPrintable(openingOf(file())));
    QFile::setPermissions(file(), QFile::ReadOwner | QFile::WriteOwner);
    QCOMPARE(namesOf(RunStore(file()).entries()), QStringList{QStringLiteral("one")});
}

void TestRunStoreFaults::aFullDiskLosesNothing()
{
    RunStore store(file());
    RunStore::Row row = store.add(record(QStringLiteral("one")));
    const auto limit = [](int pages) { // of the store's own connection, the only one there is
        QSqlQuery query(QSqlDatabase::database(QSqlDatabase::connectionNames().front()));
        QVERIFY(query.exec(QStringLiteral("PRAGMA max_page_count = %1").arg(pages)));
    };
    limit(20);
    RunRecord big = record(QStringLiteral("big"));
    big.session = QByteArray(500'000, 'x');
    for (int i = 0; i < 3; ++i)
        QVERIFY2(refusal([&] { store.add(big); }).contains(QStringLiteral("no room left")),
                 qPrintable(refusal([&] { store.add(big); })));
    QVERIFY(refusal([&] { store.update(row, big); }).contains(QStringLiteral("no room left")));
    QCOMPARE(namesOf(store.entries()), QStringList{QStringLiteral("one")});
    QCOMPARE(*store.session(row.id), record(QStringLiteral("one")).session);
    limit(100'000); // there is room again
    QVERIFY(store.update(row, big));
    QCOMPARE(ask(file(), QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
}

void TestRunStoreFaults::aLockedLibraryIsTold()
{
    RunStore store(file());
    store.add(record(QStringLiteral("one")));
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
        other.setDatabaseName(file());
        QVERIFY(other.open());
        QSqlQuery(other).exec(QStringLiteral("BEGIN IMMEDIATE"));
        const QString told = refusal([&] { store.add(record(QStringLiteral("two"))); });
        QVERIFY2(told.contains(QStringLiteral("is in use")), qPrintable(told));
        QCOMPARE(store.entries().size(), std::size_t{1}); // reading goes on
        QSqlQuery(other).exec(QStringLiteral("ROLLBACK"));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("other"));
    store.add(record(QStringLiteral("two")));
    QCOMPARE(store.entries().size(), std::size_t{2});
}

/// 50 kills at any moment, that of making the library among them: it stays sound, and every run that was told
/// to be saved is there, whole.
void TestRunStoreFaults::surviveKillsInMidWrite()
{
    constexpr int kills = 50;
    constexpr int earlyKills = 12; // not long after the program has begun
    constexpr quint32 seed = 20;
    QRandomGenerator random(seed);
    std::map<QString, std::pair<qint64, qint64>> saved; // id and revision by name
    int untold = 0;                                     // kept, but the kill came before it was told
    for (int kill = 0; kill < kills; ++kill) {
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--keep-runs"), file(), QStringLiteral("child%1").arg(kill)});
        QVERIFY(child.waitForStarted());
        if (kill >= earlyKills)
            QVERIFY(child.waitForReadyRead());
        QTest::qSleep(random.bounded(kill < earlyKills ? 80 : 40));
        child.kill();
        QVERIFY(child.waitForFinished());
        QCOMPARE(child.exitStatus(), QProcess::CrashExit);
        const QList<QByteArray> lines = child.readAllStandardOutput().split('\n');
        for (qsizetype i = 0; i + 1 < lines.size(); ++i) { // the last may be cut off
            const QList<QByteArray> words = lines[i].split(' ');
            QCOMPARE(words.size(), 4);
            saved[QString::fromLatin1(words[1])] = {words[2].toLongLong(), words[3].toLongLong()};
        }
        if (!QFile::exists(file()))
            continue; // killed before it was made
        QCOMPARE(openingOf(file()), QString());
        const RunStore store(file());
        QCOMPARE(ask(file(), QStringLiteral("PRAGMA integrity_check")).toString(), QStringLiteral("ok"));
        for (const auto& [name, row] : saved) {
            const auto entry = store.entry(row.first);
            QVERIFY2(entry && entry->name == name && entry->revision >= row.second, qPrintable(name));
            untold += name.startsWith(QStringLiteral("child%1-").arg(kill)) && entry->revision > row.second;
            QVERIFY2(*store.session(row.first) == sessionOf(name, entry->revision), qPrintable(name));
        }
        for (const RunEntry& entry : store.entries()) // nothing half
            QVERIFY(*store.session(entry.id) == sessionOf(entry.name, entry.revision));
    }
    QVERIFY(saved.size() > kills);
    qInfo("%zu runs; %d times the kill came between a commit and its telling", saved.size(), untold);
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc == 4 && qstrcmp(argv[1], "--keep-runs") == 0)
        return keepRunsForEver(QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]));
    TestRunStoreFaults test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_run_store_faults.moc"
