#include "core/explain/explain.h"
#include "tests/support/experiments.h"
#include "tests/support/opened_window.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_tip.h"
#include "ui/graph/graph_view.h"
#include "ui/graph/share_sum.h"
#include "ui/inspector/formula_view.h"
#include "ui/inspector/inspector_panel.h"
#include "ui/main_window/transport_bar.h"
#include "ui/plots/loss_plot.h"
#include "ui/theme/card.h"
#include "ui/worked/worked_model.h"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace chronograd;
using test::Opened;
using test::patience;

namespace {

/// The window on the 2-3-2-1 example while its numbers are predicted, before the first step.
struct Predicting : Opened
{
    Predicting()
    {
        window.open(std::filesystem::path(CHRONOGRAD_SOURCE_DIR) /
                    "resources/experiments/worked-2-3-2-1.chronograd.json");
        isReady = waitForUpdate(1);
        sizeBefore = window.size();
        QTest::keyClick(&window, Qt::Key_P, Qt::ControlModifier);
        isReady =
            isReady && QTest::qWaitFor([this] { return frame().position.phase == Phase::Ready; }, patience);
    }

    QString text(const char* label) { return find<QLabel>(label)->text(); }
    GraphCanvas& canvas() { return window.findChild<GraphView*>()->canvas(); }
    bool isAsked(const char* words)
    {
        const auto asked = [&] { return text("question") + text("place"); };
        return QTest::qWaitFor([&] { return asked().contains(QString::fromUtf8(words)); }, patience);
    }
    void say(const char* number)
    {
        auto* field = find<QLineEdit>("answer");
        field->setFocus();
        field->selectAll();
        field->insert(QString::fromUtf8(number)); // no key of a test's makes a real minus sign
        QTest::keyClick(field, Qt::Key_Return);
    }
    /// Everything that can be read in the window: labels, formulas, the table and the tip of the selection.
    QString readable()
    {
        QString all;
        for (const QLabel* label : window.findChildren<QLabel*>())
            if (label->isVisible())
                all += label->text() + QLatin1Char('\n');
        for (const FormulaView* formula : window.findChildren<FormulaView*>())
            if (formula->isVisible())
                all += formula->accessibleDescription() + formula->accessibleName() + QLatin1Char('\n');
        const QAbstractItemModel* model = find<QTableView>("bookValues")->model();
        for (int row = 0; row < model->rowCount(); ++row)
            for (int column = 0; column < model->columnCount(); ++column)
                for (const int role : {Qt::DisplayRole, Qt::ToolTipRole})
                    all += model->index(row, column).data(role).toString() + QLatin1Char('\n');
        if (canvas().state().selection)
            all += tipText(canvas().state(), *canvas().state().selection);
        return all + plotted();
    }
    /// What the plots say, those behind others too.
    QString plotted()
    {
        QString all;
        const QTemporaryDir folder;
        for (PlotWidget* plot : window.findChildren<PlotWidget*>()) {
            all += plot->accessibleDescription() + QLatin1Char('\n');
            QFile file(folder.filePath(QStringLiteral("plot.csv")));
            if (plot->exportTo(file.fileName()).isEmpty() && file.open(QIODevice::ReadOnly))
                all += QString::fromUtf8(file.readAll());
        }
        return all;
    }
    QString loss() { return plot<LossPlot>()->accessibleDescription(); }
    template<typename Plot>
    Plot* plot()
    {
        return window.findChild<Plot*>();
    }
    /// The row of the book's table with this name.
    QString row(const QString& name)
    {
        const QAbstractItemModel* model = find<QTableView>("bookValues")->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            QStringList cells;
            for (int column = 0; column < model->columnCount(); ++column)
                cells << model->index(row, column).data().toString();
            if (cells[0].endsWith(name))
                return cells.mid(2).join(u'|');
        }
        return {};
    }

    bool isReady = false;
    QSize sizeBefore;
};

/// A network small enough for a class; of its second update this number is asked for.
QString classroom(const QString& asked)
{
    return QStringLiteral(R"({"chronograd": 1, "network": {"inputs": 1, "layers": [
        {"name": "hidden", "cell": "elman", "units": 2}, {"name": "output", "cell": "dense", "units": 1}],
        "weights": {"hidden.W_x": [[0.7], [0.4]], "hidden.W_h": [[0.3, -0.6], [0.45, 0.35]],
                    "hidden.b": [0.15, 0.2], "output.W": [[0.8, -1.3]], "output.b": [0.1]}},
        "task": {"kind": "inline", "sequences": [{"inputs": [[0.9], [0.3], [0.5]],
                                                  "targets": [[0.2], [-0.5], [1.3]]}]},
        "training": {"k1": "n", "k2": "n", "learning_rate": 0.17, "momentum": 0.6},
        "expected": [{"of": "%1", "update": 2, "value": "1", "alias": "sought"}]})")
        .arg(asked);
}

} // namespace

class TestPredict : public QObject
{
    Q_OBJECT

private slots:
    void aWindowThatPredictsCanBeMadeLow()
    {
        Opened opened;
        opened.window.resize(1920, 1080);
        QTest::keyClick(&opened.window, Qt::Key_P, Qt::ControlModifier);
        QTRY_VERIFY(opened.find<QLineEdit>("answer")->isVisible());
        QTest::qWait(50); // the cards have found their places
        opened.window.resize(1280, 720);
        QTRY_COMPARE(opened.window.size(), QSize(1280, 720));
        QVERIFY(!opened.find<QLineEdit>("answer")->visibleRegion().isEmpty());
        QVERIFY(!opened.find<QLabel>("counts")->visibleRegion().isEmpty());
    }

    void initTestCase() { qputenv("CHRONOGRAD_RESOURCES", CHRONOGRAD_SOURCE_DIR "/resources"); }

    void turningItOnGoesToTheBeginningOfAWorkedExample()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        QVERIFY(predicting.find<Card>("predict")->isVisible());
        QCOMPARE(predicting.window.size(), predicting.sizeBefore); // there was room for the card
        QVERIFY(predicting.find<QLineEdit>("answer")->isReadOnly());
        QCOMPARE(predicting.window.transport().granularity(), Granularity::Unit);
    }

    void whatIsAskedCannotBeRead()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        predicting.click("step");
        QVERIFY2(predicting.isAsked("weighted input (net) of h1 unit 1"),
                 qPrintable(predicting.text("question")));
        predicting.click("reveal");
        QVERIFY(predicting.isAsked("activation of h1 unit 1"));
        const QString covered = predicting.readable();
        QVERIFY2(!covered.contains(QStringLiteral("0.52")),
                 qPrintable(covered)); // the book's and the engine's
        const Quantity out = parseQuantity("h1.out[1]@1", *predicting.frame().network);
        QVERIFY(!predicting.canvas().state().value({1, 1, 0}));
        QCOMPARE(predicting.canvas().state().selection, std::optional(out));
        QVERIFY(predicting.window.findChild<InspectorPanel*>()->shown() == out);
        QVERIFY(!hasQuantity(*predicting.window.bridge().frame(), out));
        predicting.say("0.52");
        QTRY_VERIFY(predicting.canvas().state().value({1, 1, 0}));
        QVERIFY(predicting.readable().contains(QStringLiteral("0.52")));
        QVERIFY(predicting.text("result").contains(QStringLiteral("✓")));
        QVERIFY(predicting.text("counts").startsWith(QStringLiteral("1 right · 0 wrong · 1 revealed")));
    }

    void anAnsweredNumberIsInTheTableAtOnce()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        predicting.click("step");
        QVERIFY(predicting.isAsked("I3 in the book"));
        QCOMPARE(predicting.row(QStringLiteral("I3")), QStringLiteral("…||–"));
        predicting.say("0.1");
        QVERIFY(predicting.isAsked("O3 in the book")); // of the same unit
        QCOMPARE(predicting.row(QStringLiteral("I3")), QStringLiteral("0.1|0.1|✓ agrees"));
        QCOMPARE(predicting.row(QStringLiteral("O3")), QStringLiteral("…||–"));
        predicting.click("reveal");
        QVERIFY(predicting.row(QStringLiteral("O3")).contains(QStringLiteral("|✓")));
        QCOMPARE(predicting.row(QStringLiteral("I4")), QStringLiteral("…||–"));
        // Of a weight too, whose numbers come all at once.
        predicting.window.transport().step(Granularity::Update);
        QVERIFY(predicting.isAsked("Number 1 of 28"));
        const QString first = predicting.text("place").section(u' ', -4, -4);
        QVERIFY(predicting.row(first).endsWith(QStringLiteral("||–")));
        predicting.click("reveal");
        QVERIFY(predicting.isAsked("Number 2 of 28"));
        QVERIFY(!predicting.row(first).endsWith(QStringLiteral("||–")));
    }

    void whatWasComputedBeforeIsCoveredToo()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        const auto wholeLoss = QStringLiteral("After update 1 the loss is about");
        QTRY_COMPARE(predicting.loss(), QStringLiteral("No update yet."));
        QVERIFY2(!predicting.plotted().contains(QStringLiteral("0.001558")),
                 qPrintable(predicting.plotted()));
        predicting.window.transport().step(Granularity::Update);
        QVERIFY(predicting.isAsked("Number 1 of 28"));
        QCOMPARE(predicting.loss(), QStringLiteral("No update yet."));
        predicting.click("revealStep");
        QTRY_VERIFY(predicting.loss().startsWith(wholeLoss));
    }

    /// Taken back, all that comes again is to be predicted; when that ends, all is there again.
    void theCurveEndsWhereTrainingIsShown()
    {
        Opened opened;
        auto* loss = opened.window.findChild<LossPlot*>();
        const auto shown = [loss] { return loss->accessibleDescription().section(u' ', 2, 2); };
        opened.window.transport().runUntil({.kind = StopCondition::Kind::Update, .update = 8});
        QVERIFY(opened.waitForUpdate(8));
        opened.window.transport().goTo(5);
        QTRY_COMPARE(opened.frame().position.update, 5);
        opened.type("k1", "3"); // another course; the first one went through the same updates
        QTRY_VERIFY(!opened.find<QToolButton>("courses")->menu()->isEmpty());
        opened.window.transport().runUntil({.kind = StopCondition::Kind::Update, .update = 9});
        QVERIFY(opened.waitForUpdate(9));
        opened.window.transport().goTo(6);
        QTRY_COMPARE(opened.frame().position.update, 6);
        QTRY_COMPARE(shown(), QStringLiteral("9"));

        QTest::keyClick(&opened.window, Qt::Key_P, Qt::ControlModifier);
        QTRY_COMPARE(shown(), QStringLiteral("6"));
        QVERIFY(opened.find<QToolButton>("courses")->menu()->isEmpty());
        opened.window.transport().step(Granularity::Update);
        QTRY_VERIFY(opened.find<QLabel>("question")->text().contains(QStringLiteral("<b>")));
        QCOMPARE(shown(), QStringLiteral("6"));
        opened.click("revealStep");
        QTRY_COMPARE(shown(), QStringLiteral("7"));
        opened.click("endPredict");
        QTRY_COMPARE(shown(), QStringLiteral("9"));
        QVERIFY(!opened.find<QToolButton>("courses")->menu()->isEmpty());
    }

    void aWrongAnswerIsToldWhatIsMissing()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        predicting.click("step");
        QVERIFY(predicting.isAsked("h1 unit 1"));
        predicting.say("−0,1"); // a comma and a real minus sign
        QVERIFY(predicting.text("result").contains(QStringLiteral("sign is not")));
        QVERIFY(predicting.text("counts").startsWith(QStringLiteral("0 right · 1 wrong")));
        predicting.say("much");
        QVERIFY(predicting.text("result").startsWith(QStringLiteral("Type a number")));
        QVERIFY(predicting.text("counts").startsWith(QStringLiteral("0 right · 1 wrong")));
        predicting.say("0.1");
        QVERIFY(predicting.isAsked("Number 2 of 2"));
        predicting.say("0.1"); // that is net, not f(net)
        QVERIFY(predicting.text("result").contains(QStringLiteral("f has still to be applied")));
        QVERIFY(predicting.text("counts").startsWith(QStringLiteral("1 right · 2 wrong")));
    }

    void eachMissingFactorIsNamed_data()
    {
        QTest::addColumn<QString>("asked");
        QTest::addColumn<QString>("answer"); ///< As a sum of products of quantities and numbers.
        QTest::addColumn<QString>("hint");
        const auto row = [](const char* name, const char* asked, const char* answer, const char* hint) {
            QTest::newRow(name) << asked << answer << hint;
        };
        const char* delta = "hidden.delta[1]@2";
        row("the sign", delta, "-1 hidden.delta[1]@2", "The size is right, the sign is not.");
        row("f′", delta,
            "output.W[1,1] output.delta[1]@2 + hidden.W_h[1,1] hidden.delta[1]@3 + "
            "hidden.W_h[2,1] hidden.delta[2]@3",
            "The slope f′(net), or a part of it, seems to be missing.");
        row("the weights", "output.out[1]@1", "hidden.out[1]@1 + hidden.out[2]@1 + output.b[1]",
            "The weights seem to be missing.");
        row("one weight", "output.out[1]@1", "hidden.out[1]@1 + output.W[1,2] hidden.out[2]@1 + output.b[1]",
            "A weight seems to be missing: weight W[1,1] of output");
        row("the rate", "hidden.W_h[1,2].update",
            "0.6 hidden.W_h[1,2].velocity_before + -1 hidden.W_h[1,2].gradient",
            "The learning rate α seems to be missing.");
        row("the momentum term", "hidden.W_x[1,1].update", "-0.17 hidden.W_x[1,1].gradient",
            "The momentum term γ·v is missing or not as it should be.");
        row("1/N", "output.delta[1]@3", "output.out[1]@3 + -1 target[1]@3",
            "The loss is a mean: 1/N seems to be missing.");
    }

    /// What is typed is the engine's number without that factor.
    void eachMissingFactorIsNamed()
    {
        QFETCH(QString, asked);
        QFETCH(QString, answer);
        QFETCH(QString, hint);
        const std::string text = classroom(asked).toStdString();
        const test::Prepared twin = test::prepareText(text);
        Trainer trainer = twin.trainer();
        trainer.advance(Granularity::Update);
        trainer.advance(Granularity::Update);
        const Frame whole = test::wholeFrame(trainer);
        double number = 0.0;
        for (const QString& product : answer.split(QStringLiteral(" + "))) {
            double value = 1.0;
            for (const QString& factor : product.split(u' ')) {
                bool isNumber = false;
                const double given = factor.toDouble(&isNumber);
                value *=
                    isNumber ? given : valueOf(whole, parseQuantity(factor.toStdString(), *whole.network));
            }
            number += value;
        }
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("class.chronograd.json")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text.c_str()) > 0);
        file.close();
        Opened opened;
        QVERIFY(opened.window.open(file.fileName().toStdString()));
        QVERIFY(opened.waitForUpdate(1));
        QTest::keyClick(&opened.window, Qt::Key_P, Qt::ControlModifier);
        QTRY_COMPARE(opened.frame().position.phase, Phase::Ready);
        const auto* place = opened.find<QLabel>("place");
        const auto isSought = [place] { return place->text().contains(QStringLiteral("sought")); };
        const auto isAsked = [&] {
            return QTest::qWaitFor([place] { return place->isVisible(); }, patience);
        };
        opened.window.transport().step(Granularity::Update);
        QVERIFY(isAsked());
        for (int step = 0; step < 20 && !isSought(); ++step) {
            opened.click("revealStep");
            QVERIFY(!place->isVisible());
            opened.window.transport().step(Granularity::Layer);
            QVERIFY(isAsked());
        }
        QVERIFY(isSought());
        auto* field = opened.find<QLineEdit>("answer");
        field->setFocus();
        QTest::keyClicks(field, QString::number(number, 'g', 12));
        QTest::keyClick(field, Qt::Key_Return);
        const QString told = opened.find<QLabel>("result")->text();
        QVERIFY2(told.contains(hint), qPrintable(told));
    }

    void theKeyboardIsNeverLeft()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        auto* field = predicting.find<QLineEdit>("answer");
        QVERIFY(field->hasFocus());
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(predicting.isAsked("Number 1 of 2 of this step · I3 in the book"));
        QTest::keyClicks(field, QStringLiteral("0.1"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(predicting.isAsked("O3 in the book"));
        QTest::keyClicks(field, QStringLiteral("0.525"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(predicting.isAsked("Step on"));
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(predicting.isAsked("h1 unit 2"));
        QVERIFY(predicting.text("counts").startsWith(QStringLiteral("2 right · 0 wrong")));
    }

    void theUpdateIsAskedToo()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        predicting.window.transport().step(Granularity::Update);
        QVERIFY(predicting.isAsked("Number 1 of 28"));
        const QString covered = predicting.readable();
        QVERIFY(!covered.contains(QStringLiteral("0.001558")));
        QVERIFY(!covered.contains(QStringLiteral("0.00157")));
        predicting.say("0.0052"); // the gradient without the rate, in the direction of descent
        QVERIFY2(predicting.text("result").contains(QStringLiteral("α")),
                 qPrintable(predicting.text("result")));
        predicting.click("revealStep");
        QTRY_VERIFY(predicting.frame().updateDone);
        QVERIFY(predicting.readable().contains(QStringLiteral("0.001558")));
        QVERIFY(predicting.text("counts").contains(QStringLiteral("28 revealed")));
    }

    /// The shares are there, their sum is asked for: it stands beside the copies of a weight otherwise.
    void theSumOfTheSharesIsAskedToo()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        predicting.window.open(std::filesystem::path(CHRONOGRAD_SOURCE_DIR) /
                               "resources/experiments/worked-elman.chronograd.json");
        QVERIFY(predicting.waitForUpdate(1));
        QTest::keyClick(&predicting.window, Qt::Key_P, Qt::ControlModifier);
        QTRY_COMPARE(predicting.frame().position.phase, Phase::Ready);
        predicting.window.transport().step(Granularity::Update);
        QVERIFY(predicting.isAsked("Σ W_x,1 in the book"));
        QTRY_VERIFY(shareSumOf(predicting.canvas().state()));
        QCOMPARE(shareSumOf(predicting.canvas().state())->text, QStringLiteral("Σ of 4 shares"));
        const Quantity weight = predicting.canvas().state().selection.value();
        QVERIFY(!tipText(predicting.canvas().state(), weight).contains(QStringLiteral("0.1875")));
        predicting.say("0.1875");
        QVERIFY(predicting.text("result").contains(QStringLiteral("✓")));
        predicting.click("revealStep");
        QTRY_COMPARE(shareSumOf(predicting.canvas().state())->text, QStringLiteral("Σ of 4 shares = 0.188"));
    }

    void endingShowsEverything()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        predicting.click("step");
        QVERIFY(predicting.isAsked("h1 unit 1"));
        predicting.click("endPredict");
        QTRY_VERIFY(predicting.canvas().state().value({1, 1, 0}));
        QVERIFY(predicting.find<Card>("predict")->isHidden());
        QTRY_VERIFY(!predicting.window.findChild<InspectorPanel*>()->visibleRegion().isEmpty());
        QVERIFY(predicting.readable().contains(QStringLiteral("−0.0087"))); // the book's numbers too
        predicting.click("step");
        QTRY_VERIFY(predicting.canvas().state().value({1, 1, 1}));
    }

    void anotherExperimentIsShown()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        predicting.click("step");
        QVERIFY(predicting.isAsked("h1 unit 1"));
        predicting.window.open(std::filesystem::path(CHRONOGRAD_SOURCE_DIR) /
                               "resources/experiments/worked-elman.chronograd.json");
        QTRY_VERIFY(predicting.find<Card>("predict")->isHidden());
        QVERIFY(predicting.waitForUpdate(1));
        QVERIFY(predicting.frame().updateDone);
    }

    void goingBackAsksNothing()
    {
        Predicting predicting;
        QVERIFY(predicting.isReady);
        predicting.click("step");
        QVERIFY(predicting.isAsked("h1 unit 1"));
        predicting.click("revealStep");
        predicting.click("step");
        QVERIFY(predicting.isAsked("h1 unit 2"));
        predicting.window.transport().stepBack(Granularity::Unit);
        QVERIFY(predicting.isAsked("Step on"));
        QVERIFY(predicting.canvas().state().value({1, 1, 0}));
    }
};

QTEST_MAIN(TestPredict)
#include "test_predict.moc"
