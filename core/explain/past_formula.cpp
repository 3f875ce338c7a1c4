#include "core/explain/formula.h"

#include <string>
#include <utility>

namespace chronograd {

namespace {

/// The letters of an optimizer: what an update keeps of the velocity, and the velocity itself.
struct Letters
{
    Symbol kept;
    Symbol velocity;
};

Letters lettersOf(Optimizer optimizer)
{
    if (optimizer == Optimizer::Adam)
        return {{"β", "1", "", false}, {"m", "", "", false}};
    return {{"γ", "", "", false}, {"v", "", "", false}};
}

/// −Σ_j α γ^j ∂L/∂w^(n−j); of adam Σ_j (1 − β₁) β₁^j ∂L/∂w^(n−j)
Expression generalSum(Optimizer optimizer, Expression keptToTheJ)
{
    const bool isAdam = optimizer == Optimizer::Adam;
    Expression step = isAdam ? oneMinus(symbolic(lettersOf(optimizer).kept)) : symbolic({"α", "", "", false});
    Expression sum = Expression::sumOver({"j", "", "", false},
                                         Expression::product({std::move(step), std::move(keptToTheJ),
                                                              symbolic({"∂L/∂w", "", "n − j", false})}));
    return isAdam ? sum : Expression::negate(std::move(sum));
}

Expression contributionOf(const PastGradient& gradient, const Letters& letters)
{
    std::vector<Expression> factors{constant(gradient.step, {}, "")};
    if (gradient.scale != 1.0)
        factors.push_back(constant(gradient.scale, {}, ""));
    if (gradient.kept != 1.0)
        factors.push_back(constant(gradient.kept, letters.kept, ""));
    factors.push_back(constant(gradient.gradient, {}, ""));
    Expression product = Expression::product(std::move(factors));
    product.note = "from update " + std::to_string(gradient.update);
    return product;
}

} // namespace

/// v_n = −α Σ_k γ^(n−k) ∂L/∂w^(k) + γ^K v_(n−K)
Formula pastFormula(const PastGradients& past)
{
    const Letters letters = lettersOf(past.optimizer);
    const auto power = [&](const char* exponent) {
        return Expression::power(symbolic(letters.kept), symbolic({exponent, "", "", false}));
    };
    std::vector<Expression> general{generalSum(past.optimizer, power("j"))};
    std::vector<Expression> numbers;
    for (const PastGradient& gradient : past.gradients)
        numbers.push_back(contributionOf(gradient, letters));
    if (past.contributionOfOlder() != 0.0) {
        const std::string before =
            std::to_string(past.update - static_cast<std::int64_t>(past.gradients.size()));
        Symbol older = letters.velocity;
        older.superscript = "n − K";
        general.push_back(Expression::product({power("K"), symbolic(older)}));
        numbers.push_back(Expression::product(
            {constant(past.keptOfOlder, letters.kept, ""), constant(past.older, letters.velocity, "")}));
        numbers.back().note = "all before, as they were after update " + before;
    }
    return {sumOrOnly(std::move(general)), sumOrOnly(std::move(numbers))};
}

} // namespace chronograd
