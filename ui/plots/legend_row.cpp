#include "ui/plots/legend_row.h"

#include "ui/plots/plot_canvas.h"
#include "ui/plots/plot_painting.h"
#include "ui/theme/theme.h"

namespace chronograd {

namespace {

constexpr int sampleWidth = 22;
constexpr int sampleGap = 6;
constexpr int entryGap = 16;

struct Placed
{
    QPoint at;
    int width = 0;
};

bool hasSample(const LegendEntry& entry)
{
    return entry.area.style() != Qt::NoBrush || entry.line.style() != Qt::NoPen ||
           entry.dot.style() != Qt::NoBrush || entry.ring.style() != Qt::NoPen;
}

/// Where its text begins; words without a sample leave no gap.
int textFrom(const LegendEntry& entry)
{
    return hasSample(entry) ? sampleWidth + sampleGap : 0;
}

} // namespace

class LegendRow::Element : public QCPLayoutElement
{
public:
    using QCPLayoutElement::QCPLayoutElement;

    std::vector<LegendEntry> entries;
    QFont font;
    QColor color;
    QSize reserved{0, 0};

    QSize minimumOuterSizeHint() const override
    {
        const int width = mParentPlot->viewport().width() - margins().left() - margins().right();
        const auto places = placed(width);
        const int lines = places.empty() ? 1 : places.back().at.y() / lineHeight() + 1;
        return {0, lines * lineHeight() + margins().top() + margins().bottom()};
    }
    QSize maximumOuterSizeHint() const override { return {QWIDGETSIZE_MAX, minimumOuterSizeHint().height()}; }

protected:
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }

    void draw(QCPPainter* painter) override
    {
        painter->setFont(font);
        const auto places = placed(mRect.width());
        for (std::size_t i = 0; i < places.size(); ++i)
            drawEntry(*painter, entries[i],
                      QRect(mRect.topLeft() + places[i].at, QSize(places[i].width, lineHeight())));
    }

private:
    int lineHeight() const { return std::max(QFontMetrics(font).height(), 22); }

    std::vector<Placed> placed(int width) const
    {
        std::vector<Placed> places;
        const QFontMetrics metrics(font);
        QPoint at(0, 0);
        for (const LegendEntry& entry : entries) {
            // What is left of a pixel would cut it.
            const int itsWidth = textFrom(entry) + metrics.horizontalAdvance(entry.text) + 1;
            const auto hasRoom = [&] {
                // Its text is as high as the middle of the line.
                const int top = margins().top() + at.y() + (lineHeight() - metrics.height()) / 2;
                const bool isBeside = top < reserved.height();
                return at.x() + itsWidth <= width - (isBeside ? reserved.width() : 0) ||
                       (at.x() == 0 && !isBeside);
            };
            while (!hasRoom())
                at = QPoint(0, at.y() + lineHeight());
            places.push_back({at, itsWidth});
            at.rx() += itsWidth + entryGap;
        }
        return places;
    }

    void drawEntry(QCPPainter& painter, const LegendEntry& entry, const QRect& rect) const
    {
        const double middle = rect.center().y() + 0.5;
        if (entry.area.style() != Qt::NoBrush) {
            const Theme& theme = Theme::current();
            const QRectF area(rect.left(), middle - 6, sampleWidth, 12);
            painter.fillRect(area, entry.area);
            if (entry.hatch.style() != Qt::NoPen)
                hatch(painter, area, entry.hatch.color());
            const bool isFramed = entry.area.color() == theme.card || entry.hatch.style() != Qt::NoPen;
            painter.setPen(isFramed ? theme.pen(theme.outline, 1) : Qt::NoPen);
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(area);
        }
        if (entry.line.style() != Qt::NoPen) {
            painter.setPen(entry.line);
            painter.drawLine(QPointF(rect.left(), middle), QPointF(rect.left() + sampleWidth, middle));
        }
        if (entry.dot.style() != Qt::NoBrush) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(entry.dot);
            painter.drawEllipse(QPointF(rect.left() + 0.5 * sampleWidth, middle), 3.0, 3.0);
        }
        if (entry.ring.style() != Qt::NoPen) {
            painter.setPen(entry.ring);
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(QPointF(rect.left() + 0.5 * sampleWidth, middle), 4.5, 4.5);
        }
        painter.setPen(color);
        const QRect room = rect.adjusted(textFrom(entry), 0, 4, 0);
        const int most = std::min(room.width(), mRect.right() + 1 - room.left());
        painter.drawText(room, Qt::AlignVCenter,
                         QFontMetrics(font).elidedText(entry.text, Qt::ElideMiddle, most));
    }
};

LegendRow::LegendRow(QCustomPlot& plot)
    : m_element(new Element(&plot))
{
    m_element->setMargins(QMargins(8, 2, 8, 0));
    plot.plotLayout()->insertRow(0);
    plot.plotLayout()->addElement(0, 0, m_element);
    plot.plotLayout()->setRowSpacing(2);
    m_element->setLayer(QStringLiteral("legend"));
}

void LegendRow::setEntries(std::vector<LegendEntry> entries)
{
    m_element->entries = std::move(entries);
}

void LegendRow::setStyle(const QFont& font, const QColor& text)
{
    m_element->font = font;
    m_element->color = text;
}

void LegendRow::setReserved(const QSize& size)
{
    m_element->reserved = size;
}

QStringList LegendRow::texts() const
{
    QStringList result;
    for (const LegendEntry& entry : m_element->entries)
        result << entry.text;
    return result;
}

} // namespace chronograd
