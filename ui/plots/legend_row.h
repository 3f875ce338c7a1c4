#pragma once

#include <QBrush>
#include <QPen>
#include <QSize>
#include <QString>

#include <vector>

class QCustomPlot;

namespace chronograd {

/// One sample and its text.
struct LegendEntry
{
    QString text;
    QPen line = Qt::NoPen;
    QBrush dot = Qt::NoBrush;
    QBrush area = Qt::NoBrush;
    QPen hatch = Qt::NoPen; ///< On the area.
    QPen ring = Qt::NoPen;
};

/// A legend above the picture, so that it never hides data; it goes on in the next line where it is too long.
class LegendRow
{
public:
    /// Puts the legend into a new row on top of the plot's layout, which owns it.
    explicit LegendRow(QCustomPlot& plot);

    void setEntries(std::vector<LegendEntry> entries);
    void setStyle(const QFont& font, const QColor& text);
    /// Keeps the upper right corner free for something of this size; no lower line touches it.
    void setReserved(const QSize& size);
    QStringList texts() const;

private:
    class Element;
    Element* m_element;
};

} // namespace chronograd
