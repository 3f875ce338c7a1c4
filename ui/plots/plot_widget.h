#pragma once

#include <QWidget>

#include <vector>

class QTextStream;

namespace chronograd {

class PlotCanvas;
struct HoverDot;
struct Theme;

/// What every plot has: it is drawn when it is seen and its data changed (a hidden plot costs nothing), says
/// what is under the mouse, saves itself as a picture or as numbers, and follows the theme.
class PlotWidget : public QWidget
{
    Q_OBJECT

public:
    /// \param fileName what an exported file is called, without suffix
    explicit PlotWidget(const QString& fileName, QWidget* parent = nullptr);
    ~PlotWidget() override;

    /// What the tip says at this place of the widget; empty where there is nothing to say.
    QString tipAt(const QPoint& position);

    /// Saves by the suffix: png, svg, pdf, csv. A picture is at least of leastPicture, however low the plot
    /// is on screen, but for what it would leave empty. Returns a sentence that says what went wrong, or
    /// nothing.
    QString exportTo(const QString& path);
    static constexpr QSize leastPicture{640, 400};

    int replots() const;               ///< How often it has been drawn anew.
    double replotMilliseconds() const; ///< How long the last time took.

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    /// What is under the mouse, for the tip and the dots.
    struct Hover
    {
        QString text;
        std::vector<HoverDot> dots;
    };

    PlotCanvas& canvas() const { return *m_canvas; }
    /// A picture has none of the controls that stand on the plot.
    bool isForFile() const { return m_isForFile; }
    void markStale();
    /// The place on the canvas of a place on the widget.
    QPointF onCanvas(const QPointF& position) const;

    /// Brings the plot to the newest data. Called only when it is going to be drawn.
    virtual void refresh() = 0;
    virtual void applyTheme(const Theme& theme) = 0;
    virtual Hover hoverAt(const QPointF& onCanvas) = 0;
    virtual void writeCsv(QTextStream& out) const = 0;
    /// What its picture leaves empty at the bottom, in pixels; a file does without.
    virtual int spareHeight() const { return 0; }

    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;

    /// Actions that stand above "Save as …" in the menu.
    virtual QList<QAction*> viewActions() { return {}; }

private:
    void refreshAll();
    void showHover();
    void hideHover();
    void askAndExport(const QString& suffix);
    QString writeCsvFile(const QString& path) const;
    QString writePicture(const QString& path, const QString& suffix);
    QString writeSvg(const QString& path);

    QString m_fileName;
    PlotCanvas* m_canvas;
    QPoint m_mouse;
    bool m_isHovered = false;
    bool m_isThemed = false;
    bool m_isForFile = false;
};

} // namespace chronograd
