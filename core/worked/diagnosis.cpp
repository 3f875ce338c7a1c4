#include "core/worked/diagnosis.h"

#include "core/explain/explain.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace chronograd {

namespace {

using Kind = Expression::Kind;

constexpr double closeEnough = 0.005; ///< An answer this near is right, however it was typed.
constexpr double leastExact = 0.05;   ///< "0.1" for 0.104 is right, "0" for 0.4 is not.
constexpr int mostOpenings = 4;       ///< Δw, v, gradient, share

bool isOfKind(const Expression& expression, QuantityKind kind)
{
    return expression.kind == Kind::Value && expression.of && expression.of->kind == kind;
}

bool isWeight(const Expression& expression)
{
    return isOfKind(expression, QuantityKind::Weight) || isOfKind(expression, QuantityKind::WeightAt);
}

bool isConstant(const Expression& expression, std::string_view symbol)
{
    return expression.kind == Kind::Number && expression.symbol.base == symbol;
}

/// 1/N or 1/B′
bool isCount(const Expression& expression)
{
    return expression.kind == Kind::Quotient &&
           (isConstant(expression.children[1], "N") || isConstant(expression.children[1], "B"));
}

/// 1 − x: is `x` what is taken away?
const Expression* takenFromOne(const Expression& expression)
{
    const auto& children = expression.children;
    const bool isForm = expression.kind == Kind::Sum && children.size() == 2 &&
                        children[0].kind == Kind::Number && children[0].value == 1.0 &&
                        children[1].kind == Kind::Negate;
    return isForm ? &children[1].children[0] : nullptr;
}

bool isSame(const Expression& a, const Expression& b)
{
    return a.kind == Kind::Value && b.kind == Kind::Value && a.of == b.of;
}

/// Is this factor f′, or a part of it: (1 − y²), [y > 0], or y(1 − y) with the slope in front?
bool isDerivative(const Expression& product, std::size_t factor)
{
    const auto& factors = product.children;
    const Expression& each = factors[factor];
    if (each.kind == Kind::Function && each.symbol.base == "positive")
        return true;
    if (const Expression* x = takenFromOne(each))
        return x->kind == Kind::Power || std::any_of(factors.begin(), factors.end(),
                                                     [x](const Expression& f) { return isSame(f, *x); });
    const auto hasComplement = [&](const Expression& of) {
        return std::any_of(factors.begin(), factors.end(), [&of](const Expression& f) {
            const Expression* x = takenFromOne(f);
            return x && isSame(*x, of);
        });
    };
    if (isConstant(each, "a"))
        return std::any_of(factors.begin(), factors.end(), hasComplement);
    return hasComplement(each);
}

std::optional<Quantity> firstQuantity(const Expression& expression)
{
    const std::vector<Expression> terms = termsOf(expression);
    return terms.empty() ? std::nullopt : terms.front().of;
}

/// Tries one alteration after the other on a copy of the formula.
class SlipFinder
{
public:
    SlipFinder(const Expression& formula, const BookNumber& answer)
        : m_root(formula)
        , m_answer(answer)
    {}

    Diagnosis find();

private:
    using Alter = bool (*)(Expression&);

    void note(Slip slip, const Expression& missing);
    void noteAs(Diagnosis diagnosis);
    void tryEverywhere(Slip slip, Alter alter);
    void tryWithin(Expression& node);
    void tryProduct(Expression& product);
    void trySum(Expression& sum);

    Expression m_root;
    BookNumber m_answer;
    struct Found
    {
        Diagnosis diagnosis;
        bool isExact = false; ///< To the digits typed.
    };
    std::vector<Found> m_found;
};

/// Is the altered formula what the answer says?
void SlipFinder::noteAs(Diagnosis diagnosis)
{
    const double value = evaluate(m_root);
    if (!std::isfinite(value))
        return;
    diagnosis.wrongSign = !isRightAnswer(value, m_answer);
    if (diagnosis.wrongSign && !isRightAnswer(-value, m_answer))
        return;
    const double gap = std::abs((diagnosis.wrongSign ? -value : value) - m_answer.value);
    m_found.push_back({std::move(diagnosis), gap <= m_answer.unit / 2.0 + 1e-12});
}

void SlipFinder::note(Slip slip, const Expression& missing)
{
    noteAs({slip, false, missing.of ? missing.of : firstQuantity(missing), missing.note, evaluate(missing)});
}

template<typename Change>
bool changeAll(Expression& node, const Change& change)
{
    bool changed = change(node);
    for (Expression& child : node.children)
        changed = changeAll(child, change) || changed;
    return changed;
}

/// Drops factors from a product, but never its last one.
template<typename IsDropped>
bool dropFactors(Expression& node, const IsDropped& isDropped)
{
    if (node.kind != Kind::Product)
        return false;
    std::vector<Expression> kept;
    for (std::size_t i = 0; i < node.children.size(); ++i)
        if (!isDropped(node, i))
            kept.push_back(node.children[i]);
    if (kept.empty() || kept.size() == node.children.size())
        return false;
    node.children = std::move(kept);
    return true;
}

bool dropDerivatives(Expression& node)
{
    return dropFactors(node, isDerivative);
}

bool dropWeights(Expression& node)
{
    return dropFactors(node, [](const Expression& p, std::size_t i) { return isWeight(p.children[i]); });
}

bool dropRate(Expression& node)
{
    return dropFactors(node,
                       [](const Expression& p, std::size_t i) { return isConstant(p.children[i], "α"); });
}

bool dropMomentumFactor(Expression& node)
{
    return dropFactors(node,
                       [](const Expression& p, std::size_t i) { return isConstant(p.children[i], "γ"); });
}

bool dropMomentumTerm(Expression& node)
{
    if (node.kind != Kind::Product || node.children.empty() || !isConstant(node.children[0], "γ"))
        return false;
    node = Expression::number(0.0);
    return true;
}

bool dropCounts(Expression& node)
{
    if (isCount(node) && !(node.children[0].kind == Kind::Number && node.children[0].value == 1.0)) {
        node = Expression(node.children[0]); // Σ/N
        return true;
    }
    return dropFactors(node, [](const Expression& p, std::size_t i) { return isCount(p.children[i]); });
}

void SlipFinder::tryEverywhere(Slip slip, Alter alter)
{
    const Expression kept = m_root;
    if (changeAll(m_root, alter))
        noteAs({slip, false, std::nullopt, {}, 0.0});
    m_root = kept;
}

void SlipFinder::tryProduct(Expression& product)
{
    for (std::size_t i = 0; i < product.children.size() && product.children.size() > 1; ++i) {
        const Slip slip = isDerivative(product, i)        ? Slip::Derivative
                          : isWeight(product.children[i]) ? Slip::Weight
                                                          : Slip::Factor;
        const Expression kept = std::exchange(product.children[i], Expression::number(1.0));
        note(slip, kept);
        product.children[i] = kept;
    }
}

void SlipFinder::trySum(Expression& sum)
{
    if (sum.children.size() < 2 || takenFromOne(sum))
        return;
    for (Expression& term : sum.children) {
        const Expression kept = std::exchange(term, Expression::number(0.0));
        note(Slip::Term, kept);
        term = Expression::negate(kept);
        note(Slip::TermSign, kept);
        term = kept;
    }
}

void SlipFinder::tryWithin(Expression& node)
{
    if (node.kind == Kind::Product)
        tryProduct(node);
    else if (node.kind == Kind::Sum)
        trySum(node);
    for (Expression& child : node.children)
        tryWithin(child);
}

Diagnosis SlipFinder::find()
{
    if (isRightAnswer(-evaluate(m_root), m_answer))
        return {Slip::Sign, true, std::nullopt, {}, 0.0};
    if (m_root.kind == Kind::Function) {
        const Expression kept = m_root;
        m_root = Expression(kept.children.back());
        noteAs({Slip::Activation, false, std::nullopt, {}, 0.0});
        m_root = kept;
    }
    tryEverywhere(Slip::Derivative, dropDerivatives);
    tryEverywhere(Slip::Weights, dropWeights);
    tryEverywhere(Slip::Rate, dropRate);
    tryEverywhere(Slip::Momentum, dropMomentumTerm);
    tryEverywhere(Slip::Momentum, dropMomentumFactor);
    tryEverywhere(Slip::Count, dropCounts);
    tryWithin(m_root);
    // One slip is likelier than two, and the digits typed tell apart what is near by chance.
    const auto rank = [](const Found& each) { return std::pair(each.diagnosis.wrongSign, !each.isExact); };
    const auto likeliest = std::min_element(
        m_found.begin(), m_found.end(), [&](const Found& a, const Found& b) { return rank(a) < rank(b); });
    return likeliest == m_found.end() ? Diagnosis() : likeliest->diagnosis;
}

void openTerms(const Frame& frame, Expression& node, const std::function<bool(const Quantity&)>& known,
               int opened)
{
    if (node.kind == Kind::Value && node.of && opened < mostOpenings && !known(*node.of)) {
        Expression formula = explain(frame, *node.of).numbers;
        formula.of = node.of;
        node = std::move(formula);
        openTerms(frame, node, known, opened + 1);
        return;
    }
    for (Expression& child : node.children)
        openTerms(frame, child, known, opened);
}

} // namespace

bool isRightAnswer(double value, const BookNumber& answer)
{
    const double size = std::abs(value);
    const double allowed = std::max(closeEnough * size, std::min(answer.unit / 2.0, leastExact * size));
    return std::abs(answer.value - value) <= allowed * (1.0 + 1e-9) + 1e-12;
}

Diagnosis diagnose(const Explanation& explanation, const BookNumber& answer)
{
    if (!isNumeric(explanation.numbers))
        return {};
    return SlipFinder(explanation.numbers, answer).find();
}

Explanation openedExplanation(const Frame& frame, const Quantity& quantity,
                              const std::function<bool(const Quantity&)>& known)
{
    Explanation explanation = explain(frame, quantity);
    openTerms(frame, explanation.numbers, known, 0);
    return explanation;
}

} // namespace chronograd
