#include "ui/main_window/run_until_dialog.h"

#include "ui/theme/dialog_button.h"
#include "ui/theme/number_text.h"
#include "ui/theme/reading.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

#include <cmath>
#include <initializer_list>

namespace chronograd {

namespace {

constexpr int leastWidth = 340; ///< The sentence may change without the dialog.

/// The number typed: with a point or a comma, whole ones with or without their thousands parted.
std::optional<double> numberFrom(const QString& typed)
{
    bool isNumber = false;
    const double number = QLocale::c().toDouble(QString(typed).trimmed().replace(u',', u'.'), &isNumber);
    return isNumber && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<qint64> wholeFrom(const QString& typed)
{
    bool isNumber = false;
    const qint64 number = QLocale::c().toLongLong(QString(typed).remove(u' ').remove(u','), &isNumber);
    return isNumber && number >= 0 ? std::optional(number) : std::nullopt;
}

QString parted(std::int64_t number)
{
    return groupingLocale().toString(qlonglong{number});
}

} // namespace

RunUntilDialog::RunUntilDialog(const QString& title, const QString& question, QWidget* parent)
    : QDialog(parent)
    , m_field(new QLineEdit)
    , m_words(new QLabel)
    , m_run(makeDialogButton("runUntilOk", tr("Run"), tr("Trains until then")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    auto* label = new QLabel(question);
    label->setBuddy(m_field);
    m_field->setObjectName(QStringLiteral("runUntilField"));
    m_words->setObjectName(QStringLiteral("runUntilWords"));
    m_words->setProperty("look", QStringLiteral("secondary"));
    m_words->setMinimumWidth(leastWidth);
    m_words->setWordWrap(true);
    m_run->setDefault(true);
    QPushButton* cancel = makeDialogButton("runUntilCancel", tr("Cancel"), tr("Leave it as it is (Esc)"));
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(m_run, QDialogButtonBox::AcceptRole);
    buttons->addButton(cancel, QDialogButtonBox::RejectRole);
    connect(m_run, &QPushButton::clicked, this, &RunUntilDialog::finish);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_field, &QLineEdit::textChanged, this, &RunUntilDialog::judge);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(18, 16, 18, 14);
    lines->setSpacing(8);
    for (QWidget* line : std::initializer_list<QWidget*>{label, m_field, m_words})
        lines->addWidget(line);
    lines->addSpacing(6);
    lines->addWidget(buttons);
}

void RunUntilDialog::begin(const QString& text, const QString& name, const QString& tip)
{
    m_field->setAccessibleName(name);
    m_field->setToolTip(tip);
    m_field->setText(text);
    m_field->selectAll();
    m_field->setFocus();
    judge();
}

void RunUntilDialog::judge()
{
    const Outcome outcome = outcomeOf(m_field->text());
    m_words->setText(outcome.words);
    m_field->setAccessibleDescription(outcome.words);
    m_run->setEnabled(outcome.isPossible);
    m_run->setText(outcome.goesBack ? tr("Go back") : tr("Run"));
    m_run->setToolTip(outcome.goesBack ? tr("Goes back to that moment, exactly as it was")
                                       : tr("Trains until then"));
    m_field->setProperty("wrong", !outcome.isPossible);
    m_field->style()->unpolish(m_field);
    m_field->style()->polish(m_field);
}

void RunUntilDialog::finish()
{
    if (!m_run->isEnabled())
        return;
    carryOut(m_field->text());
    accept();
}

UpdateDialog::UpdateDialog(const TrainingCourse& course, QWidget* parent)
    : RunUntilDialog(tr("Run until an update"), tr("Stop after update"), parent)
    , m_course(course)
{
    constexpr std::int64_t round = 100;
    std::int64_t next = (course.done / round + 1) * round;
    if (course.last && next > *course.last)
        next = *course.last;
    begin(QString::number(next), tr("Update to stop after"),
          tr("A whole number; one that is done already goes back there"));
}

RunUntilDialog::Outcome UpdateDialog::outcomeOf(const QString& typed) const
{
    const std::optional<qint64> update = wholeFrom(typed);
    if (!update)
        return {tr("The number of an update is a whole number: 1, 2, 3 …")};
    if (m_course.last && *update > *m_course.last)
        return {tr("Training ends after update %1.").arg(parted(*m_course.last))};
    if (*update == m_course.done)
        return {tr("Training stands after update %1 now.").arg(parted(*update))};
    if (*update == 0)
        return {tr("Goes back to the beginning."), true, true};
    if (*update < m_course.done)
        return {tr("Update %1 is done: goes back to the moment after it.").arg(parted(*update)), true, true};
    const char* const context = "chronograd::UpdateDialog";
    return {counted(context, "That is 1 update from here.", "That is %1 updates from here.",
                    *update - m_course.done)
                .replace(QStringLiteral("%1"), parted(*update - m_course.done)),
            true};
}

void UpdateDialog::carryOut(const QString& typed)
{
    const qint64 update = *wholeFrom(typed);
    if (update < m_course.done)
        emit goToAsked(update);
    else
        emit runAsked(update);
}

LossDialog::LossDialog(std::optional<double> now, QWidget* parent)
    : RunUntilDialog(tr("Run until a loss"), tr("Stop when the loss of an update is below"), parent)
    , m_now(now)
{
    constexpr int digits = 2; // to be read, not to be exact
    begin(withDecimalSign(QString::number(now.value_or(1.0) / 2, 'g', digits)), tr("Loss to stop below"),
          tr("A number greater than 0, as 0.05 or 5e-2"));
}

RunUntilDialog::Outcome LossDialog::outcomeOf(const QString& typed) const
{
    const std::optional<double> loss = numberFrom(typed);
    if (!loss || *loss <= 0.0)
        return {tr("A loss is a number greater than 0.")};
    if (!m_now)
        return {tr("There is no update yet."), true};
    const QString now = tr("The last update had the loss %1.").arg(exactNumber(*m_now));
    return {*m_now < *loss ? now + tr(" Stops after the next one that is below.") : now, true};
}

void LossDialog::carryOut(const QString& typed)
{
    emit runAsked(*numberFrom(typed));
}

} // namespace chronograd
