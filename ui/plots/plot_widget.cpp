#include "ui/plots/plot_widget.h"

#include "ui/plots/plot_canvas.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QFileDialog>
#include <QMenu>
#include <QMessageBox>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QTextStream>
#include <QToolTip>
#include <QVBoxLayout>

namespace chronograd {

namespace {

constexpr int focusFrame = 2;

} // namespace

PlotWidget::PlotWidget(const QString& fileName, QWidget* parent)
    : QWidget(parent)
    , m_fileName(fileName)
    , m_canvas(new PlotCanvas(this, [this] { refreshAll(); }))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(focusFrame, focusFrame, focusFrame, focusFrame);
    layout->addWidget(m_canvas);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
}

PlotWidget::~PlotWidget() = default;

QSize PlotWidget::sizeHint() const
{
    return {460, 240};
}

QSize PlotWidget::minimumSizeHint() const
{
    return {200, 140};
}

int PlotWidget::replots() const
{
    return m_canvas->replots();
}

double PlotWidget::replotMilliseconds() const
{
    return m_canvas->lastMilliseconds();
}

void PlotWidget::markStale()
{
    m_canvas->markStale();
}

QPointF PlotWidget::onCanvas(const QPointF& position) const
{
    return position - QPointF(m_canvas->pos());
}

void PlotWidget::refreshAll()
{
    if (!m_isThemed)
        applyTheme(Theme::current());
    m_isThemed = true;
    refresh();
    // The tip would speak of data that is gone: it follows once the new picture is there.
    if (m_isHovered)
        QMetaObject::invokeMethod(this, &PlotWidget::showHover, Qt::QueuedConnection);
}

QString PlotWidget::tipAt(const QPoint& position)
{
    m_canvas->bringUpToDate();
    return hoverAt(onCanvas(position)).text;
}

void PlotWidget::showHover()
{
    if (!m_isHovered)
        return;
    m_canvas->bringUpToDate(); // The tip speaks of what is drawn.
    Hover hover = hoverAt(onCanvas(m_mouse));
    m_canvas->hover().show(std::move(hover.dots), Theme::current().card);
    if (hover.text.isEmpty())
        QToolTip::hideText();
    else if (hover.text != QToolTip::text() || !QToolTip::isVisible())
        QToolTip::showText(mapToGlobal(m_mouse), hover.text, this);
}

void PlotWidget::hideHover()
{
    if (m_isHovered)
        QToolTip::hideText();
    m_isHovered = false;
    m_canvas->hover().show({}, Theme::current().card);
}

void PlotWidget::mouseMoveEvent(QMouseEvent* event)
{
    m_mouse = event->pos();
    m_isHovered = event->buttons() == Qt::NoButton;
    if (m_isHovered)
        showHover();
    else
        m_canvas->hover().show({}, Theme::current().card);
}

void PlotWidget::leaveEvent(QEvent*)
{
    hideHover();
}

void PlotWidget::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::FontChange || event->type() == QEvent::LocaleChange)
    {
        m_isThemed = false;
        markStale();
    }
    QWidget::changeEvent(event);
}

void PlotWidget::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    m_canvas->update();
}

void PlotWidget::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    update();
}

void PlotWidget::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

void PlotWidget::paintEvent(QPaintEvent*)
{
    if (!hasFocus())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Theme::current().pen(Theme::current().backward, 1.5));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 3, 3);
}

void PlotWidget::contextMenuEvent(QContextMenuEvent* event)
{
    hideHover();
    QMenu menu(this);
    menu.addActions(viewActions());
    menu.addSeparator();
    for (const auto& [suffix, text] : {std::pair(QStringLiteral("png"), tr("Save as PNG…")),
                                       std::pair(QStringLiteral("svg"), tr("Save as SVG…")),
                                       std::pair(QStringLiteral("pdf"), tr("Save as PDF…")),
                                       std::pair(QStringLiteral("csv"), tr("Save the numbers as CSV…"))})
        menu.addAction(text, this, [this, wanted = suffix] { askAndExport(wanted); });
    menu.exec(event->globalPos());
}

void PlotWidget::askAndExport(const QString& suffix)
{
    const QString filter = tr("%1 file (*.%2)").arg(suffix.toUpper(), suffix);
    QString path =
        QFileDialog::getSaveFileName(this, tr("Save the plot"), m_fileName + u'.' + suffix, filter);
    if (path.isEmpty())
        return;
    if (QFileInfo(path).suffix().compare(suffix, Qt::CaseInsensitive) != 0)
        path += u'.' + suffix;
    const QString error = exportTo(path);
    if (!error.isEmpty())
        QMessageBox::warning(this, tr("Save the plot"), error);
}

QString PlotWidget::exportTo(const QString& path)
{
    hideHover();
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == u"csv") {
        m_canvas->bringUpToDate();
        return writeCsvFile(path);
    }
    if (suffix != u"png" && suffix != u"svg" && suffix != u"pdf")
        return tr("%1: a plot is saved as png, svg, pdf or csv, not as “%2”.").arg(path, suffix);
    const QSize onScreen = m_canvas->size();
    m_isForFile = true;
    m_canvas->layOut(onScreen.expandedTo(leastPicture));
    if (const int spare = spareHeight(); spare > 0)
        m_canvas->layOut(m_canvas->size() - QSize(0, spare));
    const QString problem = writePicture(path, suffix);
    m_isForFile = false;
    m_canvas->layOut(onScreen);
    return problem;
}

QString PlotWidget::writePicture(const QString& path, const QString& suffix)
{
    if (suffix == u"svg")
        return writeSvg(path);
    const QSize size = m_canvas->size();
    const bool isWritten = suffix == u"png" ? m_canvas->savePng(path, size.width(), size.height(), 2.0)
                                            : m_canvas->savePdf(path, size.width(), size.height());
    return isWritten ? QString() : tr("%1: cannot be written.").arg(path);
}

QString PlotWidget::writeCsvFile(const QString& path) const
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        QTextStream out(&file);
        writeCsv(out);
        out.flush();
    }
    return file.isOpen() && file.commit() ? QString() : tr("%1: %2.").arg(path, file.errorString());
}

QString PlotWidget::writeSvg(const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return tr("%1: %2.").arg(path, file.errorString());
    const QSize size = m_canvas->size();
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setResolution(logicalDpiX()); // else texts, sized in points, come out smaller than on screen
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setTitle(accessibleName());
    QCPPainter painter;
    painter.begin(&generator);
    m_canvas->toPainter(&painter, size.width(), size.height());
    painter.end();
    return file.commit() ? QString() : tr("%1: %2.").arg(path, file.errorString());
}

} // namespace chronograd
