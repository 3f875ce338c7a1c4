#include "ui/controls/change_history.h"
#include "ui/controls/live_controls.h"
#include "ui/controls/setting_row.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QStandardItemModel>
#include <QTest>

using namespace chronograd;

/// Live controls with an experiment of sequences of 40 steps, and what they asked for.
struct Panel
{
    Panel()
    {
        Experiment experiment;
        experiment.network.layers.emplace_back().name = "output";
        experiment.training.start.k1 = StepCount(3);
        experiment.training.start.k2 = StepCount(5);
        settings = experiment.training.start;
        controls.startExperiment(experiment, 40);
        QObject::connect(&controls, &LiveControls::asked, [this](const Command& command) {
            changes.push_back(std::get<ChangeCommand>(command).change);
        });
        controls.resize(260, 700);
        controls.show();
        controls.activateWindow();
    }

    QLineEdit* field(Setting setting) { return controls.row(setting)->findChild<QLineEdit*>(); }
    QSlider* slider(Setting setting) { return controls.row(setting)->findChild<QSlider*>(); }
    QString note() { return controls.findChild<QLabel*>(QStringLiteral("pendingNote"))->text(); }

    void type(Setting setting, const char* text)
    {
        field(setting)->setFocus();
        field(setting)->selectAll();
        QTest::keyClicks(field(setting), QString::fromLatin1(text));
        QTest::keyClick(field(setting), Qt::Key_Return);
    }

    /// What the engine says after an update with these settings.
    void showUpdate(std::int64_t update, const std::vector<ChangeMark>& marks = {})
    {
        auto frame = std::make_shared<Frame>();
        frame->settings = settings;
        frame->update = update;
        SessionNews news;
        news.frame = frame;
        news.changes = marks;
        controls.showNews(news);
    }

    LiveControls controls;
    Hyperparameters settings; ///< Of the next frame.
    std::vector<SettingChange> changes;
};

class TestControls : public QObject
{
    Q_OBJECT

private slots:
    void showsWhatTheExperimentStartsWith()
    {
        Panel panel;
        QCOMPARE(panel.field(Setting::K1)->text(), QStringLiteral("3"));
        QCOMPARE(panel.field(Setting::K2)->text(), QStringLiteral("5"));
        QCOMPARE(panel.field(Setting::LearningRate)->text(), QStringLiteral("0.05"));
        QCOMPARE(panel.field(Setting::Momentum)->text(), QStringLiteral("0.9"));
        QCOMPARE(panel.note(), QStringLiteral("from the next update on"));
        QVERIFY(panel.changes.empty());
    }

    void aTypedNumberIsAskedForAndPendingUntilAFrameHasIt()
    {
        Panel panel;
        panel.type(Setting::K1, "7");
        QCOMPARE(panel.changes.size(), 1U);
        QCOMPARE(panel.changes[0], (SettingChange{Setting::K1, StepCount(7)}));
        QCOMPARE(panel.note(), QStringLiteral("k1 is 3 until the next update"));
        panel.showUpdate(4); // the update that was being gathered: still the old k1
        QCOMPARE(panel.field(Setting::K1)->text(), QStringLiteral("7"));
        QCOMPARE(panel.note(), QStringLiteral("k1 is 3 until the next update"));
        panel.settings.k1 = StepCount(7);
        panel.showUpdate(5);
        QCOMPARE(panel.note(), QStringLiteral("from the next update on"));
        QCOMPARE(panel.field(Setting::K1)->text(), QStringLiteral("7"));
    }

    void aChangeOverruledByTheFileDoesNotStayPending()
    {
        Panel panel;
        panel.type(Setting::K1, "7");
        const ChangeMark mark{5, {Setting::K1, StepCount(7)}};
        panel.showUpdate(4, {mark});
        QVERIFY(panel.controls.row(Setting::K1)->isPending());
        panel.settings.k1 = StepCount(2); // the schedule of the file
        panel.showUpdate(6);
        QVERIFY(!panel.controls.row(Setting::K1)->isPending());
        QCOMPARE(panel.field(Setting::K1)->text(), QStringLiteral("2"));
    }

    void followsTheScheduleOfTheFile()
    {
        Panel panel;
        panel.settings.learningRate = 0.01;
        panel.showUpdate(500);
        QCOMPARE(panel.field(Setting::LearningRate)->text(), QStringLiteral("0.01"));
        QVERIFY(panel.changes.empty());
    }

    void aDragIsOneEntryMadeOnRelease()
    {
        Panel panel;
        QSlider* slider = panel.slider(Setting::K2);
        slider->setSliderDown(true);
        for (int position = 5; position <= 19; ++position)
            slider->setSliderPosition(position);
        QVERIFY(panel.changes.empty());
        QCOMPARE(panel.field(Setting::K2)->text(), QStringLiteral("20")); // told while dragging
        panel.showUpdate(4);                                              // must not pull it back
        QCOMPARE(panel.field(Setting::K2)->text(), QStringLiteral("20"));
        slider->setSliderDown(false);
        QCOMPARE(panel.changes.size(), 1U);
        QCOMPARE(panel.changes[0], (SettingChange{Setting::K2, StepCount(20)}));
        QCOMPARE(panel.controls.history()->count(), 1);
    }

    void theRightEndOfAStepSliderIsTheWholeSequence()
    {
        Panel panel;
        panel.slider(Setting::K2)->setFocus();
        QTest::keyClick(panel.slider(Setting::K2), Qt::Key_End);
        QCOMPARE(panel.field(Setting::K2)->text(), QStringLiteral("n"));
        QCOMPARE(panel.changes.back(), (SettingChange{Setting::K2, StepCount::wholeSequence()}));
    }

    void undoSetsTheOldValueAgain()
    {
        Panel panel;
        panel.type(Setting::Momentum, "0.5");
        panel.settings.momentum = 0.5;
        panel.showUpdate(1);
        panel.controls.history()->undo();
        QCOMPARE(panel.changes.back(), (SettingChange{Setting::Momentum, 0.9}));
        QCOMPARE(panel.field(Setting::Momentum)->text(), QStringLiteral("0.9"));
        QVERIFY(panel.controls.row(Setting::Momentum)->isPending());
        panel.controls.history()->redo();
        QCOMPARE(panel.changes.back(), (SettingChange{Setting::Momentum, 0.5}));
    }

    void aWrongNumberIsToldAndNotAskedFor()
    {
        Panel panel;
        panel.type(Setting::Momentum, "1");
        QVERIFY(panel.changes.empty());
        bool told = false;
        for (const QLabel* label : panel.controls.row(Setting::Momentum)->findChildren<QLabel*>())
            told = told || (label->isVisible() && label->text().contains(QStringLiteral("must be")));
        QVERIFY(told);
        panel.type(Setting::Momentum, "0.3");
        for (const QLabel* label : panel.controls.row(Setting::Momentum)->findChildren<QLabel*>())
            QVERIFY(!label->isVisible() || !label->text().contains(QStringLiteral("must be")));
        QCOMPARE(panel.changes.size(), 1U);
    }

    void aNamedSettingIsOneEntryOfTwoChanges()
    {
        Panel panel;
        for (QPushButton* button : panel.controls.findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("(1, n)"))
                QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(panel.field(Setting::K1)->text(), QStringLiteral("1"));
        QCOMPARE(panel.field(Setting::K2)->text(), QStringLiteral("n"));
        QCOMPARE(panel.changes.size(), 2U);
        QCOMPARE(panel.controls.history()->count(), 1);
        panel.controls.history()->undo();
        QCOMPARE(panel.field(Setting::K1)->text(), QStringLiteral("3"));
        QCOMPARE(panel.field(Setting::K2)->text(), QStringLiteral("5"));
    }

    void impossibleLossesCannotBeChosen()
    {
        Panel panel;
        auto* box = panel.controls.row(Setting::Loss)->findChild<QComboBox*>();
        auto* model = qobject_cast<QStandardItemModel*>(box->model());
        QVERIFY(model->item(int(Loss::SquaredError))->isEnabled());
        QVERIFY(!model->item(int(Loss::CrossEntropy))->isEnabled());
    }

    void aSettingForTheNextEpochSaysSo()
    {
        Panel panel;
        auto* box = panel.controls.row(Setting::State)->findChild<QComboBox*>();
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(panel.changes.size(), 1U);
        QCOMPARE(panel.note(), QStringLiteral("state is reset until the next epoch"));
    }

    void aRestartForgetsWhatWasAskedFor()
    {
        Panel panel;
        SessionNews news;
        news.restarted = true;
        panel.controls.showNews(news); // the first of the experiment
        panel.type(Setting::K1, "7");
        panel.controls.showNews(news);
        QCOMPARE(panel.field(Setting::K1)->text(), QStringLiteral("3"));
        QCOMPARE(panel.controls.history()->count(), 0);
    }

    void everyControlHasANameAndATip()
    {
        Panel panel;
        for (const QWidget* widget : panel.controls.findChildren<QWidget*>()) {
            const bool takesFocus = widget->focusPolicy() != Qt::NoFocus;
            const bool isOurs =
                qobject_cast<const QLineEdit*>(widget) || qobject_cast<const QSlider*>(widget) ||
                qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractButton*>(widget);
            if (!takesFocus || !isOurs)
                continue;
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
            QVERIFY2(!widget->toolTip().isEmpty(), qPrintable(widget->accessibleName()));
        }
    }
};

QTEST_MAIN(TestControls)
#include "test_controls.moc"
