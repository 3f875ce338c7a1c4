#include "tests/support/run_records.h"
#include "tests/support/store_files.h"
#include "ui/library/library_model.h"
#include "ui/library/run_filter.h"
#include "ui/library/run_store.h"

#include <QTemporaryDir>

#include <memory>

using namespace chronograd;
using test::ask;
using test::namesOf;
using test::record;

namespace {

QStringList shownBy(const RunFilter& filter)
{
    QStringList names;
    for (int row = 0; row < filter.rowCount(); ++row)
        names << filter.index(row, LibraryModel::Name).data().toString();
    return names;
}

} // namespace

/// The library's file: what was kept is there, is found and sorted, and comes back when it was deleted.
class TestRunStore : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void everythingComesBack();
    void whatHasNoSessionIsACurveOnly();
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
    void twoStoresSeeTheSame();
    void aLibraryWithoutSweepsLearnsThem();

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

void TestRunStore::whatHasNoSessionIsACurveOnly()
{
    RunStore store(file());
    RunRecord evolved = record(QStringLiteral("evolved"));
    evolved.session.clear();
    store.add(evolved);
    test::addThreeRuns(store);
    LibraryModel model(store);
    RunFilter filter;
    filter.setSourceModel(&model);
    filter.sort(LibraryModel::K2);
    QCOMPARE(shownBy(filter).first(), QStringLiteral("evolved")); // it has none
    QCOMPARE(filter.index(0, LibraryModel::K2).data().toString(), QStringLiteral("–"));
    for (const RunEntry& entry : store.entries())
        QCOMPARE(entry.isCurveOnly, entry.name == QStringLiteral("evolved"));
    filter.setSearch(QStringLiteral("k2=20"));
    QCOMPARE(shownBy(filter), QStringList{QStringLiteral("Sunspots")});
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

QTEST_GUILESS_MAIN(TestRunStore)
#include "test_run_store.moc"
