#include "core/experiment/experiment_io.h"
#include "core/experiment/input_error.h"
#include "core/tasks/task.h"
#include "tests/support/opened_window.h"
#include "tests/support/settings_folder.h"
#include "ui/main_window/experiment_chooser.h"
#include "ui/main_window/message_banner.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QTest>

using namespace chronograd;
using test::Opened;

namespace {

void write(const QString& file, const QByteArray& text)
{
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(text);
}

/// Types a file name into the dialog that is open, and accepts.
void answer(MainWindow& window, const QString& file)
{
    auto* dialog = window.findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr);
    auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    QVERIFY(name != nullptr);
    name->setText(file);
    QTest::keyClick(name, Qt::Key_Return);
}

} // namespace

/// Files in the window: chosen, opened, saved, and told about where they are wrong.
class TestWindowFiles : public QObject
{
    Q_OBJECT

private slots:
    void init() { applyTheme(*qApp, ThemeKind::Light); }

    void aMalformedFileFromTheMenuIsToldInTheWords_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("not JSON") << QByteArray("{\"chronograd\": 1, oops");
        QTest::newRow("wrong type") << QByteArray(
            R"({"chronograd": 1, "network": {"inputs": "two", "layers": []}, "task": {"kind": "sum"}})");
        QTest::newRow("unknown key") << QByteArray(R"({"chronograd": 1, "netwrok": {}})");
        QTest::newRow("a misfit of task and network") << QByteArray(
            R"({"chronograd": 1, "network": {"inputs": 5, "layers": [{"name": "o", "cell": "dense", "units": 1}]},
                "task": {"kind": "sum"}})");
        QTest::newRow("empty") << QByteArray();
    }
    void aMalformedFileFromTheMenuIsToldInTheWords()
    {
        QFETCH(QByteArray, text);
        const QString file = m_folder.filePath(QStringLiteral("malformed.chronograd.json"));
        write(file, text);
        QString expected;
        try {
            Experiment experiment = readExperiment(file.toStdString());
            makeDataset(experiment);
        } catch (const InputError& error) {
            expected = QString::fromUtf8(error.what());
        }
        QVERIFY(!expected.isEmpty());

        Opened opened;
        opened.action("Open…")->trigger();
        answer(opened.window, file);
        QTRY_COMPARE(opened.window.banner().text(), expected);
        // What was open goes on.
        QCOMPARE(opened.find<QLabel>("experimentName")->text(), QStringLiteral("Sunspots"));
        opened.click("step");
        QVERIFY(opened.waitForUpdate(2));
        opened.click("dismiss");
        QCOMPARE(opened.window.banner().text(), QString());
    }

    void theChooserOpensAnExperiment()
    {
        Opened opened;
        opened.click("experiments");
        auto* chooser = opened.window.findChild<ExperimentChooser*>();
        QVERIFY(chooser != nullptr && chooser->isVisible());
        auto* list = chooser->findChild<QListWidget*>();
        QVERIFY(list->count() >= 5);
        QCOMPARE(list->item(0)->text(), QStringLiteral("Sunspots"));
        list->setCurrentRow(1);
        const QString name = list->item(1)->text();
        QTest::keyClick(list, Qt::Key_Return);
        QTRY_COMPARE(opened.find<QLabel>("experimentName")->text(), name);
        QVERIFY(opened.waitForUpdate(1));
    }

    void savesTheChangesMadeByHandAndOpensThemAgain()
    {
        const QString file = m_folder.filePath(QStringLiteral("changed.chronograd.json"));
        Opened opened;
        opened.type("k2", "11");
        opened.click("step");
        QVERIFY(opened.waitForUpdate(2));
        opened.action("Save")->trigger();
        answer(opened.window, file);
        QTRY_VERIFY(QFile::exists(file));
        const Experiment saved = readExperiment(file.toStdString());
        QCOMPARE(saved.training.schedule.size(), std::size_t{1});
        QCOMPARE(saved.training.schedule[0].set[0], (SettingChange{Setting::K2, StepCount(11)}));
        QVERIFY(opened.window.open(file.toStdString())); // its data are found from the new place too
        QVERIFY(opened.waitForUpdate(1));
    }

    void savingWhereNothingCanBeWrittenIsTold()
    {
        Opened opened;
        opened.window.bridge().save(m_folder.filePath(QStringLiteral("no/such/folder/x.json")).toStdString());
        QVERIFY(opened.window.banner().text().contains(QStringLiteral("no/such/folder")));
    }

private:
    test::SettingsFolder m_folder;
};

QTEST_MAIN(TestWindowFiles)
#include "test_window_files.moc"
