#include "ui/inspector/formula_lines.h"
#include "ui/inspector/formula_view.h"
#include "ui/theme/reading.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTest>
#include <QVBoxLayout>

#include <optional>
#include <vector>

using namespace chronograd;
using E = Expression;

/// The height of a formula on its page: while numbers run by, when the page is widened, when they are written
/// otherwise.
class TestFormulaView : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void whileNumbersRunByAViewKeepsItsHeight();
    void thePageIsToldOfHeightsThatItKnewElsewhere_data();
    void thePageIsToldOfHeightsThatItKnewElsewhere();
};

namespace {

E value(double number, int unit)
{
    Quantity quantity;
    quantity.kind = QuantityKind::Delta;
    quantity.unit = unit;
    quantity.t = 16;
    return E::quantity(quantity, number, Symbol{"δ", "", "", false});
}

FormulaEquation sumOf(int terms, double number = 0.123456)
{
    Explanation explanation;
    explanation.symbol = Symbol{"y", "", "", false};
    std::vector<E> children;
    for (int i = 1; i <= terms; ++i)
        children.push_back(value(number, i));
    explanation.numbers = E::sum(children);
    explanation.value = terms * number;
    return equationOf(explanation, Reading::current().digits);
}

/// A view on a page that leaves it just the height that it wants.
struct Page : QWidget
{
    explicit Page(int width)
    {
        auto* lines = new QVBoxLayout(this);
        lines->setContentsMargins(0, 0, 0, 0);
        lines->addWidget(view);
        lines->addStretch(1);
        resize(width, 600);
        show();
    }

    void setTerms(int terms) { view->setEquation(sumOf(terms), QString(), {}); }

    FormulaView* view = new FormulaView;
};

/// Of sums of 1 to 16 terms.
std::vector<int> heightsAt(int width, int digits)
{
    applyReading({.digits = digits});
    std::vector<int> heights;
    for (int terms = 1; terms <= 16; ++terms) {
        FormulaView view;
        view.resize(width, 100);
        view.setEquation(sumOf(terms), QString(), {});
        heights.push_back(view.sizeHint().height());
    }
    return heights;
}

struct TwoSums
{
    int first;
    int second;
};

/// A sum whose height changes, and another one that is as high then as the first was before.
std::optional<TwoSums> equallyHigh(const std::vector<int>& before, const std::vector<int>& then)
{
    for (std::size_t i = 0; i < before.size(); ++i)
        for (std::size_t j = 0; j < then.size(); ++j)
            if (then[i] != before[i] && then[j] == before[i])
                return TwoSums{int(i) + 1, int(j) + 1};
    return std::nullopt;
}

} // namespace

void TestFormulaView::init()
{
    applyTheme(*qApp, ThemeKind::Light);
    applyReading({});
}

/// Longer numbers break more lines; shorter ones that come at once after them leave what is below where it
/// was.
void TestFormulaView::whileNumbersRunByAViewKeepsItsHeight()
{
    FormulaView view;
    view.resize(300, 100);
    const auto heightWith = [&](double number) {
        view.setEquation(sumOf(5, number), QString(), {});
        return view.sizeHint().height();
    };
    const int low = heightWith(0.5);
    const int high = heightWith(-0.0001234);
    QVERIFY(high > low);
    QCOMPARE(heightWith(0.5), high);
    QTest::qWait(400);
    QCOMPARE(heightWith(0.5), low);
    heightWith(-0.0001234);
    view.resize(900, 100);
    QVERIFY(heightWith(0.5) < high);
}

void TestFormulaView::thePageIsToldOfHeightsThatItKnewElsewhere_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("digits");
    QTest::newRow("at another width") << 420 << 4;
    QTest::newRow("with more digits") << 300 << 9;
}

/// The page laid out another height meanwhile: to it the height is new.
void TestFormulaView::thePageIsToldOfHeightsThatItKnewElsewhere()
{
    QFETCH(int, width);
    QFETCH(int, digits);
    const auto sums = equallyHigh(heightsAt(300, 4), heightsAt(width, digits));
    QVERIFY(sums);
    applyReading({});
    Page page(300);
    page.setTerms(sums->first);
    QTRY_COMPARE(page.view->height(), page.view->heightForWidth(300));
    const int height = page.view->height();
    page.resize(width, 600);
    applyReading({.digits = digits});
    QTest::qWait(20); // the page is laid out once more
    QVERIFY(page.view->height() != height);
    page.setTerms(sums->second);
    QTRY_COMPARE(page.view->height(), height);
}

QTEST_MAIN(TestFormulaView)
#include "test_formula_view.moc"
