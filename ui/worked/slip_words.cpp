#include "ui/worked/slip_words.h"

#include "ui/inspector/quantity_words.h"
#include "ui/theme/formula_number.h"

#include <QCoreApplication>

namespace chronograd {

namespace {

constexpr int slipDigits = 4;

struct SlipWords
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::SlipWords)
};

/// What it is about: its name, where it comes from, or its value.
QString missing(const Diagnosis& diagnosis, const Network& network)
{
    if (!diagnosis.note.empty())
        return QString::fromStdString(diagnosis.note);
    if (diagnosis.of)
        return SlipWords::tr("with the %1", "a term with the weight …").arg(wordsFor(*diagnosis.of, network));
    return formulaNumberText(diagnosis.value, slipDigits);
}

QString factor(const Diagnosis& diagnosis, const Network& network)
{
    return diagnosis.of ? wordsFor(*diagnosis.of, network) : formulaNumberText(diagnosis.value, slipDigits);
}

QString withoutSign(const Diagnosis& diagnosis, const Network& network)
{
    switch (diagnosis.slip) {
    case Slip::None:
        return SlipWords::tr("Not this number.");
    case Slip::Sign:
        return SlipWords::tr("The size is right, the sign is not.");
    case Slip::Activation:
        return SlipWords::tr("That is the weighted input: f has still to be applied.");
    case Slip::Derivative:
        return SlipWords::tr("The slope f′(net), or a part of it, seems to be missing.");
    case Slip::Weights:
        return SlipWords::tr("The weights seem to be missing.");
    case Slip::Weight:
        return SlipWords::tr("A weight seems to be missing: %1.").arg(factor(diagnosis, network));
    case Slip::Rate:
        return SlipWords::tr("The learning rate α seems to be missing.");
    case Slip::Momentum:
        return SlipWords::tr("The momentum term γ·v is missing or not as it should be.");
    case Slip::Count:
        return SlipWords::tr("The loss is a mean: 1/N seems to be missing.");
    case Slip::Term:
        return SlipWords::tr("A term of the sum seems to be forgotten: %1.").arg(missing(diagnosis, network));
    case Slip::TermSign:
        return SlipWords::tr("A term of the sum seems to have the wrong sign: %1.")
            .arg(missing(diagnosis, network));
    case Slip::Factor:
        return SlipWords::tr("A factor seems to be missing: %1.").arg(factor(diagnosis, network));
    }
    return {};
}

} // namespace

QString slipText(const Diagnosis& diagnosis, const Network& network)
{
    const QString text = withoutSign(diagnosis, network);
    return diagnosis.wrongSign && diagnosis.slip != Slip::Sign
               ? text + SlipWords::tr(" And the sign is wrong.")
               : text;
}

QString wrongText(const Verdict& verdict, const Network& network)
{
    switch (verdict.bookMark) {
    case Mark::Rounded:
        return SlipWords::tr(
            "That is the book's number. It is right for the book's own rounded numbers (≈), not for "
            "those on the screen.");
    case Mark::Wrong:
        return SlipWords::tr("That is the book's number, and the book is wrong here (✗). ") +
               slipText(verdict.diagnosis, network);
    case Mark::Follows:
        return SlipWords::tr("That is the book's number. It follows from an earlier one that is wrong (↳).");
    case Mark::None:
    case Mark::Agrees:
        break;
    }
    return slipText(verdict.diagnosis, network);
}

} // namespace chronograd
