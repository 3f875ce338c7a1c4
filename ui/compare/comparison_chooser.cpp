#include "ui/compare/comparison_chooser.h"

#include "core/compare/ready_comparisons.h"
#include "ui/compare/lane_words.h"
#include "ui/main_window/experiment_delegate.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace chronograd {

ComparisonChooser::ComparisonChooser(QWidget* parent)
    : QDialog(parent)
    , m_list(new QListWidget)
{
    setWindowTitle(tr("Comparisons"));
    setObjectName(QStringLiteral("comparisonChooser"));
    setMinimumSize(620, 420);
    resize(700, 640);
    auto* head = new QLabel(tr("Ready comparisons"));
    head->setProperty("look", QStringLiteral("title"));
    auto* help =
        new QLabel(tr("Each one opens its experiment and trains it in several lanes at once, from the "
                      "same weights and on the same data."));
    help->setProperty("look", QStringLiteral("secondary"));
    help->setWordWrap(true);
    m_list->setItemDelegate(new ExperimentDelegate(m_list));
    m_list->setAccessibleName(head->text());
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // see ExperimentChooser
    m_list->setResizeMode(QListView::Adjust);
    for (const ReadyComparison& ready : readyComparisons()) {
        QStringList lanes;
        for (const LaneSpec& lane : ready.lanes)
            lanes << QString::fromStdString(lane.name);
        auto* item = new QListWidgetItem(readyText(ready.name), m_list);
        item->setData(ExperimentDelegate::descriptionRole, readyText(ready.about));
        item->setData(ExperimentDelegate::builtRole, lanes.join(QStringLiteral("  ·  ")));
        item->setData(Qt::AccessibleDescriptionRole, readyText(ready.about));
    }
    m_list->setCurrentRow(0);
    auto* close = new QPushButton(tr("Close"));
    close->setToolTip(tr("Back to the experiment that is open"));
    auto* open = new QPushButton(tr("Compare"));
    open->setObjectName(QStringLiteral("comparisonOpen"));
    open->setToolTip(tr("Open the marked comparison and train it"));
    open->setProperty("look", QStringLiteral("strong"));
    open->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(close);
    buttons->addWidget(open);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(16, 14, 16, 14);
    lines->setSpacing(10);
    lines->addWidget(head);
    lines->addWidget(help);
    lines->addWidget(m_list, 1);
    lines->addLayout(buttons);
    connect(open, &QPushButton::clicked, this, &ComparisonChooser::choose);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &ComparisonChooser::choose);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

void ComparisonChooser::choose()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    accept();
    emit chosen(row);
}

} // namespace chronograd
