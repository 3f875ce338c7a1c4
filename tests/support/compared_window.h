#pragma once

#include "tests/support/opened_window.h"
#include "ui/compare/compare_panel.h"
#include "ui/compare/lane_row.h"
#include "ui/graph/graph_canvas.h"
#include "ui/graph/graph_view.h"

#include <QDialog>

#include <algorithm>

namespace chronograd::test {

/// A window whose run is forked, as a user does it.
struct Compared : Opened
{
    using Opened::Opened;

    ComparePanel& panel() { return window.lanes(); }
    const Comparison& lanes() { return *panel().comparison(); }
    GraphCanvas& canvas() { return window.findChild<GraphView*>()->canvas(); }
    QList<LaneRow*> rows() { return panel().findChildren<LaneRow*>(); }

    template<typename Widget>
    Widget* inDialog(const char* dialog, const char* name)
    {
        auto* found = window.findChild<QDialog*>(QString::fromLatin1(dialog));
        return found == nullptr ? nullptr : found->findChild<Widget*>(QString::fromLatin1(name));
    }

    void openForkDialog()
    {
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        QTest::keyClick(&window, Qt::Key_B, Qt::ControlModifier);
        QVERIFY(waitFor([this] { return inDialog<QPushButton>("forkDialog", "forkAccept") != nullptr; }));
    }

    /// As a user: the key, the number, the button.
    void forkWith(const char* setting, const char* value)
    {
        const std::size_t before = panel().comparison() == nullptr ? 1 : lanes().lanes().size();
        openForkDialog();
        auto* field = inDialog<QWidget>("forkDialog", setting)->findChild<QLineEdit*>();
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QString::fromLatin1(value));
        QTest::keyClick(field, Qt::Key_Tab);
        QTest::mouseClick(inDialog<QPushButton>("forkDialog", "forkAccept"), Qt::LeftButton);
        QVERIFY(
            waitFor([&] { return panel().comparison() != nullptr && lanes().lanes().size() == before + 1; }));
        QVERIFY(
            waitFor([this] { return window.findChild<QDialog*>(QStringLiteral("forkDialog")) == nullptr; }));
    }

    template<typename Done>
    bool waitFor(Done done)
    {
        return QTest::qWaitFor(done, patience);
    }

    bool areAll(std::int64_t update)
    {
        return waitFor([&] {
            return std::ranges::all_of(lanes().lanes(), [update](const auto& lane) {
                return lane->frame() && lane->frame()->position.update == update;
            });
        });
    }

    QAbstractButton* buttonOf(int row, const char* name)
    {
        return rows().at(row)->findChild<QAbstractButton*>(QString::fromLatin1(name));
    }
};

} // namespace chronograd::test
