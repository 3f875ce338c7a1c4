#pragma once

#include "tests/support/opened_window.h"
#include "ui/main_window/transport_bar.h"
#include "ui/plots/loss_plot.h"

#include <functional>

namespace chronograd::test {

/// A window that has trained some updates.
struct Travelled : Opened
{
    explicit Travelled(int updates)
    {
        for (int update = 2; update <= updates; ++update) {
            click("step");
            waitForUpdate(update);
        }
    }

    LossPlot& plot() { return *window.findChild<LossPlot*>(); }

    bool waitUntil(const std::function<bool()>& isThere) { return QTest::qWaitFor(isThere, patience); }
    bool waitForExactly(std::int64_t update)
    {
        return waitUntil([this, update] {
            return window.bridge().frame() && frame().position.update == update && frame().updateDone;
        });
    }

    /// Back to update 6 and on from there with k2 = 3: another course, to update 7.
    bool branchOff()
    {
        window.transport().goTo(6);
        if (!waitForExactly(6))
            return false;
        type("k2", "3");
        click("step");
        return waitForExactly(7);
    }

    /// Where an update is on the loss curve.
    QPoint onCurve(double update)
    {
        const QRect picture = plot().pictureRect();
        const PlotRange x = plot().xRange();
        const double share = (update - x.lower) / (x.upper - x.lower);
        return {picture.left() + qRound(share * picture.width()), picture.center().y()};
    }

    /// Where the curve of another course is at this update: the place whose tip says so; null: nowhere.
    QPoint otherCurveAt(double update)
    {
        QPoint place = onCurve(update);
        const QRect picture = plot().pictureRect();
        int first = -1;
        int last = -1;
        for (int y = picture.top(); y <= picture.bottom(); ++y) {
            if (!plot().tipAt({place.x(), y}).contains(QStringLiteral("back to its end")))
                continue;
            first = first < 0 ? y : first;
            last = y;
        }
        place.setY((first + last) / 2);
        return first < 0 ? QPoint() : place;
    }
};

} // namespace chronograd::test
