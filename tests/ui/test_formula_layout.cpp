#include "ui/inspector/formula_layout.h"
#include "ui/inspector/formula_lines.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPainter>
#include <QTest>

#include <cmath>

using namespace chronograd;
using namespace Qt::StringLiterals;
using E = Expression;

namespace {

Quantity deltaOf(int unit)
{
    Quantity quantity;
    quantity.kind = QuantityKind::Delta;
    quantity.unit = unit;
    quantity.t = 16;
    return quantity;
}

E value(double number, int unit)
{
    return E::quantity(deltaOf(unit), number, Symbol{"δ", "", "", false});
}

E name(const char* base, const char* subscript = "", const char* superscript = "")
{
    return E::named(Symbol{base, subscript, superscript, false});
}

E call(const char* function, std::vector<E> arguments)
{
    return E::function(Symbol{function, "", "", false}, std::move(arguments));
}

E noted(E expression, const char* note)
{
    expression.note = note;
    return expression;
}

FormulaStyle styleOf(qreal width = 356.0)
{
    FormulaStyle style;
    style.mathematics = Theme::of(ThemeKind::Light).mathFont();
    style.words = Theme::of(ThemeKind::Light).textFont();
    style.width = width;
    return style;
}

FormulaLayout layoutOf(const E& expression, qreal width = 2000.0)
{
    return FormulaLayout(expression, styleOf(width));
}

E longSum(int terms)
{
    std::vector<E> children;
    for (int i = 0; i < terms; ++i)
        children.push_back(E::product({value(0.1234 + i, i), value(i % 2 ? -0.5 : 0.25, 100 + i)}));
    return E::sum(std::move(children));
}

QRectF inkOf(const FormulaLayout& layout)
{
    QImage image(900, 400, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.translate(100, 100);
    FormulaColours black;
    black.text = black.secondary = black.result = black.good = black.wrong = black.link = Qt::black;
    black.resultGround = Qt::white;
    layout.paint(painter, black);
    painter.end();
    QRect ink;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (qGray(image.pixel(x, y)) < 160)
                ink |= QRect(x, y, 1, 1);
        }
    }
    return QRectF(ink).translated(-100, -100);
}

} // namespace

class TestFormulaLayout : public QObject
{
    Q_OBJECT

private slots:
    void writesAs_data();
    void writesAs();
    void inkStaysInsideTheSize_data();
    void inkStaysInsideTheSize();
    void scriptsAreSmallerAndOffTheBaseline();
    void fractionIsCentredOnTheAxis();
    void parenthesesGrowWithTheirContent();
    void everyLinkIsFoundWhereItIsDrawn();
    void aNamedPartIsFoundBetweenItsNumbers();
    void noLineIsWiderThanThePanel_data();
    void noLineIsWiderThanThePanel();
    void linesBreakBeforeSigns();
    void aProductInParenthesesStaysTogether();
    void theOutermostProductBreaksBetweenItsFactors();
    void continuationHangsAfterTheEqualsSign();
    void aWideFractionBecomesBreakable();
    void aVeryLongSumShowsTheRestAsOneNumber();
    void notesStandBelowTheirPart();
    void aBreakGoesWhereItCostsLeast();
    void checkTellsWhenTheTreeDisagrees();
    void sizeFollowsTheFont();
};

void TestFormulaLayout::writesAs_data()
{
    QTest::addColumn<Expression>("expression");
    QTest::addColumn<QString>("text");
    const E a = value(0.5, 1);
    const E minus = value(-0.25, 2);
    QTest::newRow("a negative first term keeps its sign") << E::sum({minus, a}) << u"−0.25+0.5"_s;
    QTest::newRow("a negative term turns the plus into a minus") << E::sum({a, minus}) << u"0.5−0.25"_s;
    QTest::newRow("... also when it leads a product")
        << E::sum({a, E::product({minus, a})}) << u"0.5−0.25·0.5"_s;
    QTest::newRow("... also when it leads a part of several terms")
        << E::sum({a, E::sum({E::product({minus, a}), a})}) << u"0.5−0.25·0.5+0.5"_s;
    QTest::newRow("... but not when the part is in a fence")
        << E::sum({a, E::product({E::sum({minus, a}), a})}) << u"0.5+(−0.25+0.5)·0.5"_s;
    QTest::newRow("a negative second factor is fenced") << E::product({a, minus}) << u"0.5·(−0.25)"_s;
    QTest::newRow("a sum in a product is fenced")
        << E::product({E::sum({a, a}), minus}) << u"(0.5+0.5)·(−0.25)"_s;
    QTest::newRow("minus a negative number is fenced") << E::sum({a, E::negate(minus)}) << u"0.5−(−0.25)"_s;
    QTest::newRow("minus a sum is fenced") << E::negate(E::sum({a, a})) << u"−(0.5+0.5)"_s;
    QTest::newRow("minus a product that leads with a minus")
        << E::sum({a, E::negate(E::product({minus, a}))}) << u"0.5−(−0.25·0.5)"_s;
    QTest::newRow("letters stand side by side") << E::product({name("δ", "k"), name("w")}) << u"δkw"_s;
    QTest::newRow("a power of a negative number") << E::power(minus, E::number(2)) << u"(−0.25)2"_s;
    QTest::newRow("a power of a letter that has something up there already")
        << E::power(name("h", "3", "11"), E::number(2)) << u"(h113)2"_s;
    QTest::newRow("a sum over an index at the end of a product needs no fence")
        << E::product({name("α"), E::sumOver(Symbol{"k", "", "", false}, name("x"))}) << u"α·∑kx"_s;
    QTest::newRow("... but in front")
        << E::product({E::sumOver(Symbol{"k", "", "", false}, name("x")), value(2, 1)}) << u"(∑kx)·2"_s;
    QTest::newRow("a power of a difference")
        << E::power(E::sum({a, minus}), E::number(2)) << u"(0.5−0.25)2"_s;
    QTest::newRow("a function") << E::function(Symbol{"tanh", "", "", false}, {minus}) << u"tanh(−0.25)"_s;
    QTest::newRow("the slope of relu is Iverson's bracket") << call("positive", {name("h")}) << u"[h>0]"_s;
    QTest::newRow("... also as a factor") << E::product({call("positive", {a}), name("δ")}) << u"[0.5>0]·δ"_s;
    QTest::newRow("relu") << call("relu", {name("net")}) << u"max(0,net)"_s;
    QTest::newRow("the logistic loss") << call("softplus", {E::negate(name("y"))}) << u"ln(1+exp(−y))"_s;
    QTest::newRow("a sigmoid") << call("sigmoid", {name("net")}) << u"σ(net)"_s;
    QTest::newRow("a sigmoid with a slope") << call("sigmoid", {E::number(2), name("net")}) << u"σ(2·net)"_s;
    QTest::newRow("a derivative") << E::function(Symbol{"f", "", "", true}, {name("net")}) << u"f′(net)"_s;
    QTest::newRow("a sum of one is no sum") << E::product({E::sum({a}), a}) << u"0.5·0.5"_s;
    QTest::newRow("a sum of nothing") << E::sum({}) << u"0"_s;
    QTest::newRow("sum over an index")
        << E::sumOver(Symbol{"k", "", "", false}, E::product({name("δ"), name("w")})) << u"∑kδw"_s;
}

void TestFormulaLayout::writesAs()
{
    QFETCH(Expression, expression);
    QTEST(layoutOf(expression).text(), "text");
}

void TestFormulaLayout::inkStaysInsideTheSize_data()
{
    QTest::addColumn<Expression>("expression");
    const E sum = E::sum({value(0.5, 1), value(-0.25, 2)});
    QTest::newRow("number") << value(-0.125, 1);
    QTest::newRow("symbol with both scripts") << name("δ", "3", "15");
    QTest::newRow("an italic f") << name("f");
    QTest::newRow("fraction") << E::quotient(sum, value(3, 3));
    QTest::newRow("root of a fraction")
        << E::function(Symbol{"sqrt", "", "", false}, {E::quotient(sum, name("N"))});
    QTest::newRow("sum over") << E::product(
        {E::sum({E::sumOver(Symbol{"k", "", "", false}, name("x", "k"))}), sum});
    QTest::newRow("square brackets") << call("positive", {E::quotient(sum, value(3, 3))});
    QTest::newRow("power") << E::power(sum, E::number(2));
    QTest::newRow("noted parts") << E::sum(
        {noted(sum, "from the loss"), noted(value(0.5, 4), "from the next step")});
}

void TestFormulaLayout::inkStaysInsideTheSize()
{
    QFETCH(Expression, expression);
    const FormulaLayout layout = layoutOf(expression);
    const QRectF ink = inkOf(layout);
    QVERIFY(!ink.isEmpty());
    const QRectF frame(QPointF(0, 0), layout.size());
    QVERIFY2(frame.adjusted(-3, -2, 2, 2).contains(ink),
             qPrintable(QStringLiteral("ink %1…%2 × %3…%4 in %5 × %6")
                            .arg(ink.left())
                            .arg(ink.right())
                            .arg(ink.top())
                            .arg(ink.bottom())
                            .arg(frame.width())
                            .arg(frame.height())));
    QVERIFY(ink.width() > frame.width() * 0.7);
    QVERIFY(ink.height() > frame.height() * 0.4);
}

void TestFormulaLayout::scriptsAreSmallerAndOffTheBaseline()
{
    const FormulaStyle style = styleOf();
    FormulaBuilder builder(style);
    const FormulaBox box = builder.symbol(Symbol{"W", "h", "2", false});
    QCOMPARE(box.marks.size(), std::size_t(3));
    const FormulaMark& base = box.marks[0];
    const FormulaMark& up = box.marks[1];
    const FormulaMark& down = box.marks[2];
    QCOMPARE(up.text, u"2"_s);
    QVERIFY(up.at.y() < base.at.y());
    QVERIFY(down.at.y() > base.at.y());
    QVERIFY(up.font.pointSizeF() < base.font.pointSizeF());
    QVERIFY(up.at.x() >= base.at.x());
    QVERIFY(base.font.italic());
    QVERIFY(!up.font.italic());
}

void TestFormulaLayout::fractionIsCentredOnTheAxis()
{
    const FormulaFonts fonts(styleOf().mathematics);
    const FormulaBox one = glyphBox(u"1"_s, fonts.face(1.0, false));
    const FormulaBox many = glyphBox(u"1234"_s, fonts.face(1.0, false));
    const FormulaBox box = fractionBox(one, many, fonts, 1.0);
    QVERIFY(box.ascent > one.height() + fonts.axis() * 0.9);
    QVERIFY(box.descent > 0.0);
    QVERIFY(box.width > many.width);
    const QPointF numerator = box.marks[0].at;
    QCOMPARE(numerator.x() + one.width / 2, box.width / 2);
}

void TestFormulaLayout::parenthesesGrowWithTheirContent()
{
    const FormulaFonts fonts(styleOf().mathematics);
    const FormulaBox small = fenceBox(Fence::Left, 8, 2, fonts, 1.0);
    const FormulaBox large = fenceBox(Fence::Left, 40, 30, fonts, 1.0);
    QVERIFY(large.height() > 55.0);
    QVERIFY(small.height() < 35.0);
    QVERIFY(small.height() > 10.0);
    QVERIFY(large.width >= small.width);
}

void TestFormulaLayout::everyLinkIsFoundWhereItIsDrawn()
{
    const FormulaLayout layout(longSum(12), styleOf(300));
    QCOMPARE(layout.links().size(), std::size_t(24));
    for (std::size_t i = 0; i < layout.links().size(); ++i) {
        const int link = static_cast<int>(i);
        const auto areas = layout.areasOf(link);
        QCOMPARE(areas.size(), std::size_t(1));
        QCOMPARE(layout.linkAt(areas.front().center()), link);
        QVERIFY(areas.front().width() > 5.0);
    }
    QCOMPARE(layout.links()[2].of, deltaOf(1));
    QCOMPARE(layout.links()[2].value, 1.1234);
    QCOMPARE(layout.linkAt({-5, -5}), -1);
    QCOMPARE(layout.linkAt({layout.size().width() + 20, 5}), -1);
}

void TestFormulaLayout::aNamedPartIsFoundBetweenItsNumbers()
{
    E part = E::product({value(0.5, 1), value(0.25, 2)});
    part.of = deltaOf(7);
    const FormulaLayout layout = layoutOf(E::sum({part, value(3.0, 3)}));
    const auto left = layout.areasOf(layout.linkAt({3, layout.baselines().front() - 3})).front();
    QCOMPARE(layout.links()[static_cast<std::size_t>(layout.linkAt(left.center()))].of, deltaOf(1));
    bool found = false;
    for (qreal x = 0; x < layout.size().width(); x += 0.5) {
        const int link = layout.linkAt({x, layout.baselines().front() - 3});
        found = found || (link >= 0 && layout.links()[static_cast<std::size_t>(link)].of == deltaOf(7));
    }
    QVERIFY(found);
}

void TestFormulaLayout::noLineIsWiderThanThePanel_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("terms");
    QTest::newRow("300 px, 4 terms") << 300 << 4;
    QTest::newRow("300 px, 20 terms") << 300 << 20;
    QTest::newRow("380 px, 40 terms") << 380 << 40;
    QTest::newRow("220 px, 9 terms") << 220 << 9;
}

void TestFormulaLayout::noLineIsWiderThanThePanel()
{
    QFETCH(int, width);
    QFETCH(int, terms);
    FormulaEquation equation;
    equation.left = Symbol{"δ", "3", "15", false};
    equation.steps = {E::product({longSum(terms), value(0.839, 50)})};
    const FormulaLayout layout(equation, styleOf(width));
    QVERIFY(layout.size().width() <= width);
    QVERIFY(layout.baselines().size() > 1);
    for (std::size_t i = 0; i < layout.links().size(); ++i)
        QVERIFY(layout.areasOf(static_cast<int>(i)).front().right() <= width);
    for (std::size_t i = 1; i < layout.baselines().size(); ++i)
        QVERIFY(layout.baselines()[i] > layout.baselines()[i - 1] + 8);
}

void TestFormulaLayout::linesBreakBeforeSigns()
{
    for (int width = 180; width < 400; width += 4) {
        const FormulaLayout layout(longSum(12), styleOf(width));
        QVERIFY(layout.baselines().size() > 3);
        for (std::size_t i = 1; i < layout.baselines().size(); ++i) {
            const QString line = layout.lineText(i);
            QVERIFY2(line.startsWith(u'+') || line.startsWith(u'−'), qPrintable(line));
            QVERIFY2(!layout.lineText(i - 1).endsWith(u'+'), qPrintable(layout.lineText(i - 1)));
        }
    }
}

void TestFormulaLayout::aProductInParenthesesStaysTogether()
{
    FormulaEquation equation;
    equation.left = Symbol{"δ", "h,3", "11", false};
    const E slope = E::sum({E::number(1), E::negate(E::power(value(-0.07067, 20), E::number(2)))});
    equation.steps = {E::product({slope, longSum(3)})};
    for (int width = 200; width < 400; width += 10) {
        const FormulaLayout layout(equation, styleOf(width));
        for (std::size_t i = 1; i < layout.baselines().size(); ++i) {
            const QString line = layout.lineText(i);
            QVERIFY2(!line.startsWith(u'·') || line.startsWith(u"·("), qPrintable(line));
        }
    }
}

void TestFormulaLayout::theOutermostProductBreaksBetweenItsFactors()
{
    const E slope = E::sum({E::number(1), E::negate(E::number(0.5255))});
    const E fromAbove = noted(E::product({value(0.1955, 1), value(-0.007743, 2)}), "from output at t = 16");
    const FormulaLayout layout(E::product({E::number(0.5255), slope, fromAbove}), styleOf(220));
    QCOMPARE(layout.baselines().size(), std::size_t{2});
    QVERIFY2(layout.lineText(1).startsWith(u"·0.1955·"), qPrintable(layout.lineText(1)));
}

void TestFormulaLayout::continuationHangsAfterTheEqualsSign()
{
    FormulaEquation equation;
    equation.left = Symbol{"net", "3", "15", false};
    equation.steps = {longSum(12)};
    const FormulaLayout layout(equation, styleOf(300));
    const auto firstOfLine = [&](std::size_t line) {
        qreal left = 1e9;
        for (std::size_t i = 0; i < layout.links().size(); ++i) {
            const QRectF area = layout.areasOf(static_cast<int>(i)).front();
            if (std::abs(area.center().y() - layout.baselines()[line]) < 10)
                left = std::min(left, area.left());
        }
        return left;
    };
    const qreal hanging = firstOfLine(0);
    QVERIFY(hanging > 40);
    // The sign stands at the indent, the first number after it.
    QVERIFY(firstOfLine(1) >= hanging);
    QVERIFY(firstOfLine(1) < hanging + 30);
    QVERIFY(layout.lineText(0).startsWith(u"net"));
}

void TestFormulaLayout::aWideFractionBecomesBreakable()
{
    const E fraction = E::quotient(longSum(10), E::number(10));
    QCOMPARE(layoutOf(fraction, 5000).baselines().size(), std::size_t(1));
    const FormulaLayout narrow(fraction, styleOf(300));
    QVERIFY(narrow.baselines().size() > 2);
    QVERIFY(narrow.size().width() <= 300);
    QVERIFY(narrow.text().endsWith(u")/10"));
    QCOMPARE(narrow.links().size(), std::size_t(20));
}

void TestFormulaLayout::aVeryLongSumShowsTheRestAsOneNumber()
{
    FormulaStyle style = styleOf(400);
    style.mostTerms = 10;
    std::vector<E> ones(500, E::number(2.0));
    const FormulaLayout layout(E::sum(ones), style);
    QVERIFY(layout.text().endsWith(u"+980"));
    QCOMPARE(layout.text().count(u'2'), qsizetype(10));
}

void TestFormulaLayout::notesStandBelowTheirPart()
{
    const FormulaLayout bare = layoutOf(E::sum({value(0.5, 1), value(0.25, 2)}));
    const FormulaLayout layout = layoutOf(
        E::sum({noted(value(0.5, 1), "from the loss at t = 15"), noted(value(0.25, 2), "from hidden")}));
    QCOMPARE(layout.baselines().size(), std::size_t(1));
    QVERIFY(layout.size().height() > bare.size().height() + 8);
    QVERIFY(layout.size().width() > bare.size().width()); // the notes are wider than the numbers
    QCOMPARE(layout.text(), bare.text());                 // and are no part of the formula
}

void TestFormulaLayout::aBreakGoesWhereItCostsLeast()
{
    std::vector<FormulaPiece> pieces(5);
    for (FormulaPiece& piece : pieces) {
        piece.box.width = 30;
        piece.breakCost = 2.0;
    }
    pieces[2].breakCost = 0.0;
    using Lines = std::vector<FormulaLine>;
    QCOMPARE(breakLines(pieces, 150, 0), (Lines{{0, 5}}));
    QCOMPARE(breakLines(pieces, 130, 0), (Lines{{0, 2}, {2, 5}}));
    pieces[2].breakCost = neverBreak;
    pieces[3].breakCost = neverBreak;
    pieces[4].breakCost = neverBreak;
    QCOMPARE(breakLines(pieces, 130, 0), (Lines{{0, 1}, {1, 5}}));
    pieces[1].breakCost = neverBreak;
    QCOMPARE(breakLines(pieces, 130, 0), (Lines{{0, 5}})); // too wide, but nothing is lost
}

void TestFormulaLayout::checkTellsWhenTheTreeDisagrees()
{
    Explanation explanation;
    explanation.symbol = Symbol{"y", "", "", false};
    explanation.general = name("x");
    explanation.numbers = E::sum({value(0.5, 1), value(0.25, 2)});
    explanation.value = 0.75;
    QVERIFY(equationOf(explanation, 4).checkHolds);
    explanation.value = 0.75 + 1e-9;
    const FormulaEquation equation = equationOf(explanation, 4);
    QVERIFY(!equation.checkHolds);
    QVERIFY(equation.check.contains(u"✗"));
}

void TestFormulaLayout::sizeFollowsTheFont()
{
    FormulaStyle style = styleOf(5000);
    const QSizeF normal = FormulaLayout(longSum(3), style).size();
    style.mathematics.setPointSizeF(style.mathematics.pointSizeF() * 2);
    const QSizeF twice = FormulaLayout(longSum(3), style).size();
    QVERIFY(std::abs(twice.width() / normal.width() - 2.0) < 0.1);
    QVERIFY(std::abs(twice.height() / normal.height() - 2.0) < 0.2);
    style.digits = 2;
    QVERIFY(FormulaLayout(longSum(3), style).size().width() < twice.width());
}

QTEST_MAIN(TestFormulaLayout)
#include "test_formula_layout.moc"
