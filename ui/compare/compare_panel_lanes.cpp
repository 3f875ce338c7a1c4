#include "ui/compare/compare_panel.h"

#include "core/experiment/experiment_io.h"
#include "core/experiment/rebase_paths.h"
#include "ui/compare/fork_dialog.h"
#include "ui/compare/lane_row.h"
#include "ui/compare/lane_words.h"
#include "ui/plots/lane_plot.h"
#include "ui/theme/file_name.h"
#include "ui/theme/segmented_control.h"

#include <QFileDialog>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

/// How lanes come and go: forked, added, renamed, saved, removed.

namespace chronograd {

void ComparePanel::startFork()
{
    if (!m_comparison)
        emit forkAsked();
    else if (!m_comparison->isFull())
        askAndFork(std::make_shared<ForkPoint>(m_comparison->origin()));
}

void ComparePanel::askAndFork(std::shared_ptr<const ForkPoint> point)
{
    auto* dialog = new ForkDialog(*point, point->settings, !m_comparison, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, point] {
        if (!dialog->isFromBeginning())
            return fork(*point, dialog->lane());
        fork(beginningOf(point->experiment, point->data), dialog->lane());
    });
    dialog->open();
}

void ComparePanel::fork(const ForkPoint& point, const LaneSpec& lane)
{
    try {
        if (!m_comparison) {
            auto comparison = std::make_unique<Comparison>(point);
            comparison->add({.name = tr("as it is").toStdString()});
            comparison->add(lane);
            setComparison(std::move(comparison), QString());
        } else if (!m_comparison->isFull()) {
            m_comparison->add(lane);
            addRow();
            fillPlot();
        }
    } catch (const InputError& error) {
        emit failed(QString::fromUtf8(error.what()));
        return;
    }
    if (!lane.evolves)
        show(m_rows.size() - 1);
    showButtons();
}

void ComparePanel::start(std::unique_ptr<Comparison> comparison, const QString& lookFor)
{
    clear();
    setComparison(std::move(comparison), lookFor);
    show(m_comparison->lanes().back()->evolves() ? 0 : m_rows.size() - 1);
    m_plot->setLogarithmic(true);
    toggleRun();
}

QString ComparePanel::whyNoRoomFor(std::size_t lanes) const
{
    const std::size_t had = m_comparison ? m_comparison->lanes().size() : 0;
    if (had + lanes <= Comparison::mostLanes)
        return {};
    return had == 0 ? tr("At most six runs can be compared.")
                    : tr("Six lanes can be compared, and there are %1 already: remove some of them first.")
                          .arg(had);
}

void ComparePanel::addRuns(std::vector<std::unique_ptr<Lane>> runs, const ForkPoint& origin)
{
    if (!m_comparison)
        setComparison(std::make_unique<Comparison>(origin), QString());
    for (auto& run : runs) {
        m_comparison->add(std::move(run));
        addRow();
    }
    fillRows();
    fillPlot();
    showButtons();
    emit lanesAdded();
}

void ComparePanel::setComparison(std::unique_ptr<Comparison> comparison, const QString& lookFor)
{
    m_comparison = std::move(comparison);
    m_hint->setText(lookFor);
    for (std::size_t i = 0; i < m_comparison->lanes().size(); ++i)
        addRow();
    m_pace->setCurrent(m_comparison->isLockstep() ? 0 : 1);
    m_measure->setCurrent(static_cast<int>(m_comparison->measure()));
    fillPlot();
    fillRows();
    showButtons();
    m_timer.start();
}

void ComparePanel::addRow()
{
    auto* row = new LaneRow;
    m_rows.push_back(row);
    m_list->layout()->addWidget(row);
    connect(row, &LaneRow::showAsked, this,
            [this, row](bool on) { show(on ? std::optional(placeOf(row)) : std::nullopt); });
    connect(row, &LaneRow::renamed, this, [this, row](const QString& name) { rename(row, name); });
    connect(row, &LaneRow::visibilityChanged, this, &ComparePanel::fillPlot);
    connect(row, &LaneRow::saveAsked, this, [this, row] { askAndSave(row); });
    // The button that asks lives in the row.
    connect(
        row, &LaneRow::removeAsked, this, [this, row] { remove(row); }, Qt::QueuedConnection);
}

std::size_t ComparePanel::placeOf(const LaneRow* row) const
{
    return static_cast<std::size_t>(std::ranges::find(m_rows, row) - m_rows.begin());
}

void ComparePanel::remove(LaneRow* row)
{
    const std::size_t place = placeOf(row);
    if (place >= m_rows.size())
        return;
    if (m_rows.size() == 1)
        return clear();
    emit leaving();
    emit laneEnding(*m_comparison->lanes()[place]);
    const std::optional<std::size_t> shown = m_shown;
    if (shown == place)
        show(std::nullopt);
    m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(place));
    delete row;
    m_plot->setCurves({});
    m_comparison->remove(place);
    if (shown && *shown > place)
        m_shown = *shown - 1;
    m_comparedA = m_comparedB = nullptr;
    fillPlot();
    fillRows();
    showButtons();
}

void ComparePanel::clear()
{
    m_timer.stop();
    if (m_comparison) {
        emit leaving();
        for (const auto& lane : m_comparison->lanes())
            emit laneEnding(*lane);
    }
    show(std::nullopt);
    m_plot->setCurves({});
    m_plot->setLogarithmic(false);
    qDeleteAll(m_rows);
    m_rows.clear();
    m_comparison.reset();
    showButtons();
}

void ComparePanel::rename(LaneRow* row, const QString& name)
{
    m_comparison->lanes()[placeOf(row)]->rename(name.toStdString());
    fillRows();
    fillPlot();
    if (m_shown)
        emit shownRenamed();
}

void ComparePanel::askAndSave(LaneRow* row)
{
    auto* dialog = new QFileDialog(window(), tr("Save the lane as an experiment"), QString(),
                                   tr("Experiments (*.chronograd.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    const QString suffix = QStringLiteral("chronograd.json");
    dialog->setDefaultSuffix(suffix);
    if (const std::size_t place = placeOf(row); place < m_rows.size())
        dialog->selectFile(fileNameOf(QString::fromStdString(m_comparison->lanes()[place]->name())) + u'.' +
                           suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, row](const QString& file) {
        const std::size_t place = placeOf(row);
        if (place >= m_rows.size())
            return;
        try {
            const std::filesystem::path path(file.toStdU16String());
            writeFile(path, writeExperiment(rebasedPaths(m_comparison->lanes()[place]->recorded(), path)));
        } catch (const InputError& error) {
            emit failed(QString::fromUtf8(error.what()));
        }
    });
    dialog->open();
}

} // namespace chronograd
