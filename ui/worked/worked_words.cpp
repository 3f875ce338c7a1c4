#include "ui/worked/worked_words.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(chronograd::WorkedWords)
};

QString beside(double value, const BookEntry& entry)
{
    return bookText(besideText(value, entry.number));
}

QString names(const WorkedExample& example, const std::vector<std::size_t>& entries)
{
    QStringList all;
    for (const std::size_t entry : entries)
        all << nameOf(example.entries()[entry]);
    return all.join(Words::tr(" and "));
}

} // namespace

QString markText(Mark mark)
{
    switch (mark) {
    case Mark::None:
        return Words::tr("–", "no mark: not computed yet");
    case Mark::Agrees:
        return Words::tr("✓ agrees");
    case Mark::Rounded:
        return Words::tr("≈ rounded");
    case Mark::Wrong:
        return Words::tr("✗ wrong");
    case Mark::Follows:
        return Words::tr("↳ follows");
    }
    return {};
}

QColor markColor(Mark mark, const Theme& theme)
{
    switch (mark) {
    case Mark::None:
        return theme.textSecondary;
    case Mark::Agrees:
        return theme.backward;
    case Mark::Rounded:
        return theme.text;
    case Mark::Wrong:
    case Mark::Follows:
        return theme.cut;
    }
    return theme.text;
}

QString bookText(const std::string& number)
{
    QString text = QString::fromStdString(number);
    if (text.startsWith(u'-'))
        text[0] = QChar(0x2212);
    return text;
}

QString nameOf(const BookEntry& entry)
{
    return QString::fromStdString(entry.book.alias.empty() ? entry.book.of : entry.book.alias);
}

QString countsText(const WorkedExample& example)
{
    QStringList parts;
    const auto add = [&](Mark mark, const QString& words) {
        if (const int count = example.count(mark); count > 0)
            parts << u"%1 %2"_s.arg(count).arg(words).replace(u' ',
                                                              QChar(QChar::Nbsp)); // broken between them
    };
    add(Mark::Agrees, Words::tr("✓ agree"));
    add(Mark::Rounded, Words::tr("≈ rounded"));
    add(Mark::Wrong, Words::tr("✗ wrong"));
    add(Mark::Follows, Words::tr("↳ follow"));
    int passed = 0;
    for (std::size_t entry = 0; entry < example.entries().size(); ++entry)
        passed += example.isPassed(entry) ? 1 : 0;
    if (const int toCome = example.count(Mark::None) - passed; toCome > 0)
        parts << Words::tr("%1 to come").arg(toCome);
    if (passed > 0)
        parts << Words::tr("%1 passed by").arg(passed);
    return parts.join(u" · "_s);
}

QString verdictText(const WorkedExample& example, std::size_t entry)
{
    const BookEntry& given = example.entries()[entry];
    const Finding& finding = example.finding(entry);
    switch (finding.mark) {
    case Mark::None:
        return example.isPassed(entry)
                   ? Words::tr("Training went past update %1 without stopping.").arg(given.book.update)
                   : Words::tr("Not computed yet.");
    case Mark::Agrees:
        return Words::tr("The engine has %1: the same, to half a unit of the last digit.")
            .arg(beside(*finding.engine, given));
    case Mark::Rounded:
        return Words::tr("Right for the book's own rounded numbers: they give %1. Without rounding it is %2.")
            .arg(beside(*finding.byBook, given), beside(*finding.engine, given));
    case Mark::Wrong:
        return Words::tr("The engine has %1, and the book's own numbers give %2.")
            .arg(beside(*finding.engine, given), beside(*finding.byBook, given));
    case Mark::Follows:
        return Words::tr("Wrong because %1 is: with that number the formula gives %2. Right is %3.")
            .arg(names(example, finding.follows), beside(*finding.byBook, given),
                 beside(*finding.engine, given));
    }
    return {};
}

} // namespace chronograd
