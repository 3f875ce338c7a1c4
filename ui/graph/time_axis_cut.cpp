// What the time axis shows of the cut of k2.
#include "ui/graph/bracket.h"
#include "ui/graph/graph_state.h"
#include "ui/graph/time_axis.h"
#include "ui/theme/theme.h"

#include <QPainter>

#include <algorithm>

namespace chronograd {

namespace {

constexpr double cutGap = 8.0;
constexpr double axisMargin = 2.0;

double cutWordsLine()
{
    return Theme::current().magnified(14);
}

/// Of the letters of a line.
double cutWordsHeight()
{
    return Theme::current().magnified(11);
}

} // namespace

/// In pixels of the view.
double TimeAxis::cutX() const
{
    return m_state.layout.boundary(m_state.window().from - 1) - m_scroll;
}

/// In the row of the k1 bracket unless that reaches across the cut, clear of brackets and their labels: to
/// the left of the cut, in two lines where one is too long, else to the right. None: there is no room at all.
std::optional<TimeAxis::CutWords> TimeAxis::cutWords() const
{
    if (!hasBrackets() || !m_state.isCut())
        return std::nullopt;
    const double x = cutX();
    if (x < 0 || x > width() + 40)
        return std::nullopt;
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.textFont(theme.smallSize));
    const std::optional<Reach> k1 = k1Reach();
    const bool isBesideK1 = !k1 || k1->from >= m_state.window().from;
    const double row = isBesideK1 ? k1Middle() : k2Middle();
    std::vector<QRectF> taken;
    double end = x - cutGap;
    for (const Setting setting : {Setting::K2, Setting::K1}) {
        const std::optional<Bracket> bracket = bracketOf(setting);
        if (!bracket)
            continue;
        const QRectF label = labelOf(*bracket).pill;
        taken.insert(taken.end(), {bracketArea(*bracket), label});
        if (bracket->middle == row && label.left() < x)
            end = std::min(end, label.left() - cutGap);
    }
    const auto place = [&](const QStringList& lines, double from, bool isRight) -> std::optional<CutWords> {
        double length = 0.0;
        for (const QString& line : lines)
            length = std::max<double>(length, metrics.horizontalAdvance(line) + 1);
        const double height = cutWordsHeight() + cutWordsLine() * static_cast<double>(lines.size() - 1);
        const QRectF area(isRight ? from : from - length, row + cutWordsHeight() / 2 - height, length,
                          height);
        const bool isFree =
            area.left() >= axisMargin && area.right() <= width() - axisMargin &&
            std::ranges::none_of(taken, [&area](const QRectF& other) { return other.intersects(area); });
        return isFree ? std::optional(CutWords{lines, area, isRight}) : std::nullopt;
    };
    const QStringList two{tr("state used,"), tr("gradient cut")};
    if (auto words = place({tr("state used, gradient cut")}, end, false))
        return words;
    if (auto words = place(two, end, false))
        return words;
    return isBesideK1 ? place(two, x + cutGap, true) : std::nullopt;
}

std::optional<QRectF> TimeAxis::cutWordsArea() const
{
    const std::optional<CutWords> words = cutWords();
    return words ? std::optional(words->area) : std::nullopt;
}

void TimeAxis::paintCut(QPainter& painter) const
{
    if (!m_state.isCut())
        return;
    const Theme& theme = Theme::current();
    QPen pen = theme.pen(theme.cut, 1.4);
    pen.setDashPattern({3.5, 3.0});
    painter.setPen(pen);
    painter.drawLine(QPointF(cutX(), 0), QPointF(cutX(), k2Middle() + Theme::current().magnified(12)));
    const std::optional<CutWords> words = cutWords();
    if (!words)
        return;
    painter.setPen(theme.cut);
    painter.setFont(theme.textFont(theme.smallSize));
    double middle = words->area.top() + cutWordsHeight() / 2;
    const int alignment = int(Qt::AlignVCenter | (words->isRight ? Qt::AlignLeft : Qt::AlignRight));
    for (const QString& line : words->lines) {
        const QRectF area(words->area.left(), middle - 10, words->area.width(), 20);
        painter.drawText(area, alignment, line);
        middle += cutWordsLine();
    }
}

} // namespace chronograd
