#pragma once

#include "core/experiment/undo_list.h"

#include <QUndoStack>

namespace chronograd {

/// What was chosen by hand, as entries that can be undone; as a list it goes into a session's file and comes
/// back from it.
class ChangeHistory : public QUndoStack
{
    Q_OBJECT

public:
    explicit ChangeHistory(QObject* parent = nullptr);

    /// Asks for what was chosen, as one entry.
    void add(const UndoEntry& entry);
    UndoList list() const;
    /// The list of another session, or of this one as it was. Nothing is asked for: it is as the list tells.
    void restore(const UndoList& list);

signals:
    void asked(const chronograd::ChoiceByHand& choice);
    void changed(const chronograd::UndoList& list); ///< But not by restore().

private:
    class Step;

    bool m_isRestoring = false;
};

} // namespace chronograd
