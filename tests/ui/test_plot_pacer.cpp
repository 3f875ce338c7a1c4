#include "ui/plots/plot_pacer.h"

#include <QCoreApplication>
#include <QTest>

#include <memory>

using namespace chronograd;

namespace {

class CountingWidget : public QWidget
{
public:
    int paints = 0;

protected:
    void paintEvent(QPaintEvent*) override { ++paints; }
};

/// Windows that are shown and have been painted.
std::vector<std::unique_ptr<CountingWidget>> shownWidgets(int count)
{
    std::vector<std::unique_ptr<CountingWidget>> widgets;
    for (int i = 0; i < count; ++i) {
        widgets.push_back(std::make_unique<CountingWidget>());
        widgets.back()->resize(20, 20);
        widgets.back()->show();
    }
    for (const auto& widget : widgets)
        while (widget->paints == 0)
            QCoreApplication::processEvents();
    QCoreApplication::sendPostedEvents();
    for (const auto& widget : widgets)
        widget->paints = 0;
    return widgets;
}

/// The drawing that was asked for and the painting it asks for; no timer has its turn.
void sendEvents()
{
    QCoreApplication::sendPostedEvents();
    QCoreApplication::sendPostedEvents();
}

void ask(PlotPacer& pacer, QWidget* widget, double cost)
{
    pacer.ask(widget, cost, [widget] { widget->update(); });
}

} // namespace

/// Who is painted at once, who has to wait, and that everybody's turn comes.
class TestPlotPacer : public QObject
{
    Q_OBJECT

private slots:
    void whatFitsIsPaintedAtOnce();
    void whatDoesNotFitWaits();
    void theBudgetIsKept();
    void hiddenOnesCostNothing();
    void aWidgetMayDieWhileItWaits();
};

void TestPlotPacer::whatFitsIsPaintedAtOnce()
{
    const auto widgets = shownWidgets(4);
    PlotPacer pacer;
    for (const auto& widget : widgets)
        ask(pacer, widget.get(), PlotPacer::budget / 4.0);
    sendEvents();
    for (const auto& widget : widgets)
        QCOMPARE(widget->paints, 1);
}

void TestPlotPacer::whatDoesNotFitWaits()
{
    const auto widgets = shownWidgets(9);
    PlotPacer pacer;
    for (const auto& widget : widgets)
        ask(pacer, widget.get(), PlotPacer::budget / 3.0);
    sendEvents();
    for (std::size_t i = 0; i < widgets.size(); ++i)
        QCOMPARE(widgets[i]->paints, i < 3 ? 1 : 0);
    ask(pacer, widgets[0].get(), PlotPacer::budget / 3.0); // behind those that wait
    sendEvents();
    QCOMPARE(widgets[0]->paints, 1);
    QTRY_COMPARE(widgets[3]->paints, 1);
    QTRY_COMPARE(widgets[0]->paints, 2);
    for (const auto& widget : widgets)
        QCOMPARE(widget->paints, widget == widgets[0] ? 2 : 1);
}

/// One that would go beyond it is the first of the next frame, whatever it costs.
void TestPlotPacer::theBudgetIsKept()
{
    const auto widgets = shownWidgets(3);
    PlotPacer pacer;
    ask(pacer, widgets[0].get(), PlotPacer::budget / 2.0);
    ask(pacer, widgets[1].get(), 2.0 * PlotPacer::budget);
    ask(pacer, widgets[2].get(), PlotPacer::budget / 4.0);
    sendEvents();
    QCOMPARE(widgets[0]->paints, 1);
    QCOMPARE(widgets[1]->paints, 0);
    while (widgets[1]->paints == 0)
        QCoreApplication::processEvents();
    QCOMPARE(widgets[2]->paints, 0);
    QTRY_COMPARE(widgets[2]->paints, 1);
}

void TestPlotPacer::hiddenOnesCostNothing()
{
    const auto widgets = shownWidgets(2);
    CountingWidget hidden;
    PlotPacer pacer;
    ask(pacer, &hidden, 100.0 * PlotPacer::budget);
    for (const auto& widget : widgets)
        ask(pacer, widget.get(), PlotPacer::budget / 2.0);
    sendEvents();
    for (const auto& widget : widgets)
        QCOMPARE(widget->paints, 1);
    QCOMPARE(hidden.paints, 0);
}

void TestPlotPacer::aWidgetMayDieWhileItWaits()
{
    auto widgets = shownWidgets(3);
    PlotPacer pacer;
    for (const auto& widget : widgets)
        ask(pacer, widget.get(), PlotPacer::budget);
    widgets.erase(widgets.begin() + 1);
    QTRY_COMPARE(widgets.back()->paints, 1);
}

QTEST_MAIN(TestPlotPacer)
#include "test_plot_pacer.moc"
