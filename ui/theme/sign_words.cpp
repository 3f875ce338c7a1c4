#include "ui/theme/sign_words.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>

namespace chronograd {

namespace {

struct SignText
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::Sign)
};

} // namespace

QString signWords()
{
    if (Theme::current().kind == ThemeKind::Grey)
        return SignText::tr("White is positive, black negative, grey zero; of lines, grey is positive.");
    return SignText::tr("Orange is positive, blue negative, the card's own colour zero.");
}

} // namespace chronograd
