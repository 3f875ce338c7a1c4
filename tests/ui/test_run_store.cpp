#include "tests/support/run_records.h"
#include "ui/library/library_model.h"
#include "ui/library/run_filter.h"
#include "ui/library/run_store.h"

#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <cstdio>
#include <map>

using namespace chronograd;
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

/// SQL as somebody else would say it to the file.
QVariant ask(const QString& file, const QString& sql)
{
    QVariant answer;
    {
        QSqlDatabase database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("somebody else"));
        database.setDatabaseName(file);
        if (database.open()) {
            QSqlQuery query(sql, database);
            answer = query.next() ? query.value(0) : QVariant(query.lastError().text());
        }
    }
    QSqlDatabase::removeDatabase(QStringLiteral("somebody else"));
    return answer;
}

QStringList namesOf(const std::vector<RunEntry>& entries)
{
    QStringList names;
    for (const RunEntry& entry : entries)
        names << entry.name;
    return names;
}

QStringList shownBy(const RunFilter& filter)
{
    QStringList names;
    for (int row = 0; row < filter.rowCount(); ++row)
        names << filter.index(row, LibraryModel::Name).data().toString();
    return names;
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

/// The library's file: what was kept is there, and nothing but a run of it ever gets into it.
class TestRunStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void everythingComesBack();
    void aRunThatGoesOnIsOneRow();
    void aRowThatSomebodyElseKeptIsNotOverwritten();
    void searchFindsEveryWord_data();
    void searchFindsEveryWord();
    void columnsAreSortedAsTheyMean_data();
    void columnsAreSortedAsTheyMean();
    void namesAndTagsStayWhenTheRunGoesOn();
    void tagsAreTidied();
    void deletingIsUndoneInSteps();
    void aDeletedRunGoesOnDeleted();
    void purgedIsGone();
    void othersFilesAreLeftAsTheyAre_data();
    void othersFilesAreLeftAsTheyAre();
    void placesThatCannotBeWrittenAreTold();
    void aFullDiskLosesNothing();
    void aLockedLibraryIsTold();
    void twoStoresSeeTheSame();
    void aLibraryWithoutSweepsLearnsThem();
    void surviveKillsInMidWrite();

private:
    QString file() const { return m_folder->filePath(QStringLiteral("data/runs.sqlite")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestRunStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestRunStore::everythingComesBack()
{
    RunRecord run = record(QStringLiteral("Übung „1“"));
    run.entry.seed = ~quint64{0};
    {
        RunStore store(file()); // makes the folder too
        store.add(run);
        RunRecord diverged = record(QStringLiteral("diverged"));
        diverged.entry.loss.reset();
        diverged.entry.curve.clear();
        store.add(diverged);
    }
    RunStore store(file());
    const auto entries = store.entries();
    QCOMPARE(namesOf(entries), (QStringList{QStringLiteral("diverged"), run.entry.name}));
    QVERIFY(!entries[0].loss && entries[0].curve.isEmpty());
    const RunEntry& entry = entries[1];
    QCOMPARE(entry.file, run.entry.file);
    QCOMPARE(entry.cell, run.entry.cell);
    QCOMPARE(entry.units, run.entry.units);
    QCOMPARE(entry.k1, run.entry.k1);
    QCOMPARE(entry.k2, run.entry.k2);
    QCOMPARE(entry.rate, run.entry.rate);
    QCOMPARE(entry.momentum, run.entry.momentum);
    QCOMPARE(entry.seed, run.entry.seed);
    QCOMPARE(entry.update, run.entry.update);
    QCOMPARE(*entry.loss, *run.entry.loss);
    QCOMPARE(entry.curve, run.entry.curve);
    QVERIFY(std::abs(entry.kept.msecsTo(QDateTime::currentDateTimeUtc())) < 60'000);
    QCOMPARE(*store.session(entry.id), run.session);
    QVERIFY(!store.session(entry.id + 17) && !store.entry(entry.id + 17));
}

void TestRunStore::aRunThatGoesOnIsOneRow()
{
    RunStore store(file());
    RunStore::Row row = store.add(record(QStringLiteral("one")));
    for (int update = 101; update < 110; ++update) {
        RunRecord run = record(QStringLiteral("one"));
        run.entry.update = update;
        run.session = QByteArray::number(update);
        row = store.update(row, run).value();
    }
    QCOMPARE(store.entries().size(), std::size_t{1});
    QCOMPARE(store.entry(row.id)->update, 109);
    QCOMPARE(*store.session(row.id), QByteArray("109"));
}

void TestRunStore::aRowThatSomebodyElseKeptIsNotOverwritten()
{
    RunStore store(file());
    const RunStore::Row row = store.add(record(QStringLiteral("one")));
    RunStore other(file());
    QVERIFY(other.update(row, record(QStringLiteral("one"))));
    RunRecord late = record(QStringLiteral("one"));
    late.session = "late";
    QVERIFY(!store.update(row, late));
    QVERIFY(*store.session(row.id) != QByteArray("late"));
    QVERIFY(!store.update({row.id + 5, 1}, late)); // gone
}

void TestRunStore::searchFindsEveryWord_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<QString>("found");
    const auto row = [](const char* name, const char* search, const char* found) {
        QTest::newRow(name) << QString::fromUtf8(search) << QString::fromUtf8(found);
    };
    row("nothing: all", "", "Echo Sunspots Verse");
    row("a part of a name, in any case", "SUN", "Sunspots");
    row("a cell", "lstm", "Verse");
    row("a tag", "tidy", "Echo");
    row("two words, both needed", "elman sun", "Sunspots");
    row("two words of which one is not there", "lstm sun", "");
    row("a setting", "k2=2", "Echo");
    row("a setting that only begins so", "k2=20", "Sunspots");
    row("the whole sequence", "k2=n", "Verse");
    row("a decimal setting", "rate=0.3", "Verse");
    row("the file", "echo.chronograd", "Echo");
}

void TestRunStore::searchFindsEveryWord()
{
    QFETCH(QString, search);
    QFETCH(QString, found);
    RunStore store(file());
    test::addThreeRuns(store);
    LibraryModel model(store);
    RunFilter filter;
    filter.setSourceModel(&model);
    filter.sort(LibraryModel::Name);
    filter.setSearch(search);
    QCOMPARE(shownBy(filter).join(u' '), found);
}

void TestRunStore::columnsAreSortedAsTheyMean_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("ascending");
    const auto row = [](const char* name, LibraryModel::Column column, const char* ascending) {
        QTest::newRow(name) << int(column) << QString::fromUtf8(ascending);
    };
    row("names as words", LibraryModel::Name, "Echo Sunspots Verse");
    row("n is the longest k2", LibraryModel::K2, "Echo Sunspots Verse");
    row("numbers as numbers, not as texts", LibraryModel::Updates, "Verse Echo Sunspots");
    row("diverged is the worst loss", LibraryModel::Loss, "Verse Echo Sunspots");
    row("the curve by the last loss", LibraryModel::Curve, "Verse Echo Sunspots");
    row("rate", LibraryModel::Rate, "Echo Sunspots Verse");
    row("units", LibraryModel::Units, "Echo Sunspots Verse");
    row("seeds", LibraryModel::Seed, "Sunspots Verse Echo");
}

void TestRunStore::columnsAreSortedAsTheyMean()
{
    QFETCH(int, column);
    QFETCH(QString, ascending);
    RunStore store(file());
    test::addThreeRuns(store);
    LibraryModel model(store);
    RunFilter filter;
    filter.setSourceModel(&model);
    filter.sort(column);
    QCOMPARE(shownBy(filter).join(u' '), ascending);
    filter.sort(column, Qt::DescendingOrder);
    QCOMPARE(shownBy(filter).first(), ascending.section(u' ', -1));
}

void TestRunStore::namesAndTagsStayWhenTheRunGoesOn()
{
    RunStore store(file());
    const RunStore::Row row = store.add(record(QStringLiteral("Sunspots")));
    store.rename(row.id, QStringLiteral("the good one"));
    store.setTags(row.id, {QStringLiteral("a"), QStringLiteral("b c")});
    QVERIFY(store.update(row, record(QStringLiteral("Sunspots"))));
    QCOMPARE(store.entry(row.id)->name, QStringLiteral("the good one"));
    QCOMPARE(store.entry(row.id)->tags, (QStringList{QStringLiteral("a"), QStringLiteral("b c")}));
}

void TestRunStore::tagsAreTidied()
{
    RunStore store(file());
    store.add(record(QStringLiteral("one")));
    LibraryModel model(store);
    const QModelIndex tags = model.index(0, LibraryModel::Tags);
    QVERIFY(model.setData(tags, QStringLiteral(" lstm,, good  one ,lstm"), Qt::EditRole));
    QCOMPARE(tags.data().toString(), QStringLiteral("lstm, good one"));
    QCOMPARE(store.entries().front().tags, (QStringList{QStringLiteral("lstm"), QStringLiteral("good one")}));
    QVERIFY(model.setData(model.index(0, LibraryModel::Name), QStringLiteral("  "), Qt::EditRole));
    QCOMPARE(store.entries().front().name, QStringLiteral("one")); // a run has a name
}

void TestRunStore::deletingIsUndoneInSteps()
{
    RunStore store(file());
    std::vector<qint64> ids;
    for (const char* name : {"a", "b", "c", "d"})
        ids.push_back(store.add(record(QString::fromLatin1(name))).id);
    QVERIFY(!store.canUndoRemove() && store.undoRemove().empty());
    store.remove({ids[0], ids[2]});
    store.remove({ids[1]});
    QCOMPARE(namesOf(store.entries()), QStringList{QStringLiteral("d")});
    QVERIFY(!store.session(ids[1]));
    // Nothing of it is in memory: a crash, or another day, changes nothing.
    RunStore again(file());
    QCOMPARE(again.undoRemove(), std::vector<qint64>{ids[1]});
    QCOMPARE(again.undoRemove(), (std::vector<qint64>{ids[0], ids[2]}));
    QVERIFY(!again.canUndoRemove());
    QCOMPARE(again.entries().size(), std::size_t{4});
}

void TestRunStore::aDeletedRunGoesOnDeleted()
{
    RunStore store(file());
    const RunStore::Row row = store.add(record(QStringLiteral("trains")));
    store.remove({row.id});
    RunRecord run = record(QStringLiteral("trains"));
    run.entry.update = 777;
    QVERIFY(store.update(row, run));
    QVERIFY(store.entries().empty());
    store.undoRemove();
    QCOMPARE(store.entries().front().update, 777);
}

void TestRunStore::purgedIsGone()
{
    RunStore store(file());
    const qint64 id = store.add(record(QStringLiteral("a"))).id;
    store.add(record(QStringLiteral("b")));
    store.remove({id});
    store.purge(60);
    QVERIFY(store.canUndoRemove()); // a minute has not passed
    store.purge(-1);
    QVERIFY(!store.canUndoRemove());
    QCOMPARE(namesOf(store.entries()), QStringList{QStringLiteral("b")});
}

void TestRunStore::othersFilesAreLeftAsTheyAre_data()
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

void TestRunStore::othersFilesAreLeftAsTheyAre()
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

void TestRunStore::placesThatCannotBeWrittenAreTold()
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

void TestRunStore::aFullDiskLosesNothing()
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

void TestRunStore::aLockedLibraryIsTold()
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

void TestRunStore::twoStoresSeeTheSame()
{
    RunStore a(file());
    RunStore b(file(), RunStore::Check::Quick);
    const RunStore::Row row = a.add(record(QStringLiteral("one")));
    QCOMPARE(b.entries().size(), std::size_t{1});
    b.remove({row.id});
    QVERIFY(a.entries().empty());
}

void TestRunStore::aLibraryWithoutSweepsLearnsThem()
{
    RunStore::Row first;
    {
        RunStore store(file());
        first = store.add(record(QStringLiteral("of an older version")));
    }
    ask(file(), QStringLiteral("DROP TABLE sweeps"));
    ask(file(), QStringLiteral("PRAGMA user_version = 1"));
    RunStore store(file());
    QCOMPARE(store.entries().size(), std::size_t{1});
    QVERIFY(!store.entries().front().sweep);
    QCOMPARE(*store.session(first.id), record(QStringLiteral("of an older version")).session);
    RunRecord sweep = record(QStringLiteral("a sweep"));
    sweep.entry.file = QStringLiteral("/somewhere/sweeps/echo");
    sweep.entry.sweep = SweptRuns{400, {QStringLiteral("training.k1=1,2"), QStringLiteral("training.k2=5")}};
    sweep.entry.tags = {QStringLiteral("sweep")};
    sweep.session.clear();
    const RunStore::Row row = store.add(sweep);
    QCOMPARE(store.findSweep(sweep.entry.file)->id, row.id);
    QVERIFY(!store.findSweep(record(QString()).entry.file)); // that is a run
    sweep.entry.update = 7;
    QVERIFY(store.update(row, sweep));
    const RunEntry entry = *store.entry(row.id);
    QCOMPARE(entry.update, 7);
    QCOMPARE(*entry.sweep, *sweep.entry.sweep);
    QCOMPARE(entry.tags, sweep.entry.tags);
    store.remove({row.id});
    QVERIFY(!store.findSweep(sweep.entry.file));
    QCOMPARE(store.undoRemove(), std::vector<qint64>{row.id});
    store.remove({row.id});
    store.purge(-1);
    QCOMPARE(ask(file(), QStringLiteral("SELECT count(*) FROM sweeps")).toInt(), 0);
}

/// 50 kills at any moment, that of making the library among them: it stays sound, and every run that was told
/// to be saved is there, whole.
void TestRunStore::surviveKillsInMidWrite()
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
    TestRunStore test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_run_store.moc"
