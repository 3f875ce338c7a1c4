#include "ui/controls/change_history.h"

#include "ui/theme/number_text.h"

#include <QScopedValueRollback>
#include <QStringList>

namespace chronograd {

namespace {

QString changeText(const SettingChange& change)
{
    const std::string_view label = settingSpec(change.setting).label;
    return QStringLiteral("%1 = %2").arg(QString::fromUtf8(label.data(), qsizetype(label.size())),
                                         withShownNumbers(QString::fromStdString(settingText(change))));
}

QString choiceText(const ChoiceByHand& choice)
{
    if (const auto* edit = std::get_if<Edit>(&choice))
        return QStringLiteral("%1 = %2").arg(QString::fromStdString(edit->of), exactNumber(edit->value));
    if (const auto* course = std::get_if<CourseChoice>(&choice))
        return ChangeHistory::tr("course %1").arg(course->number);
    QStringList texts;
    for (const SettingChange& change : std::get<std::vector<SettingChange>>(choice))
        texts << changeText(change);
    return texts.join(QStringLiteral(", "));
}

} // namespace

class ChangeHistory::Step : public QUndoCommand
{
public:
    Step(ChangeHistory& history, const UndoEntry& entry)
        : QUndoCommand(choiceText(entry.after))
        , m_history(history)
        , m_entry(entry)
    {}

    const UndoEntry& entry() const { return m_entry; }
    void redo() override { ask(m_entry.after); }
    void undo() override { ask(m_entry.before); }

private:
    void ask(const ChoiceByHand& choice)
    {
        if (!m_history.m_isRestoring)
            emit m_history.asked(choice);
    }

    ChangeHistory& m_history;
    UndoEntry m_entry;
};

ChangeHistory::ChangeHistory(QObject* parent)
    : QUndoStack(parent)
{
    connect(this, &QUndoStack::indexChanged, this, [this] {
        if (!m_isRestoring)
            emit changed(list());
    });
}

void ChangeHistory::add(const UndoEntry& entry)
{
    push(new Step(*this, entry));
}

UndoList ChangeHistory::list() const
{
    UndoList list;
    for (int i = 0; i < count(); ++i)
        list.entries.push_back(static_cast<const Step*>(command(i))->entry());
    list.done = static_cast<std::size_t>(index());
    return list;
}

void ChangeHistory::restore(const UndoList& list)
{
    const QScopedValueRollback restoring(m_isRestoring, true);
    clear();
    for (const UndoEntry& entry : list.entries)
        add(entry);
    setIndex(static_cast<int>(list.done));
}

} // namespace chronograd
