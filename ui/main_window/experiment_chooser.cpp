#include "ui/main_window/experiment_chooser.h"

#include "core/experiment/experiment_io.h"
#include "ui/controls/experiment_words.h"
#include "ui/main_window/experiment_delegate.h"
#include "ui/main_window/resources.h"
#include "ui/theme/number_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace chronograd {

namespace {

constexpr int fileRole = Qt::UserRole;

QListWidgetItem* itemOf(const std::filesystem::path& file)
{
    auto* item = new QListWidgetItem;
    item->setData(fileRole, QString::fromStdU16String(file.u16string()));
    try {
        const Experiment experiment = readExperiment(file);
        const QString built =
            QStringLiteral("%1  ·  %2")
                .arg(networkWords(experiment.network), trainingWords(experiment.training.start));
        const int numbers = static_cast<int>(experiment.expected.size());
        item->setText(QString::fromStdString(experiment.name));
        item->setData(ExperimentDelegate::descriptionRole, QString::fromStdString(experiment.description));
        // What a worked example is for is said where others say how they are built.
        item->setData(ExperimentDelegate::builtRole,
                      numbers == 0 ? built
                                   : counted("chronograd::ExperimentChooser",
                                             "%n number of a book to compare and to predict  ·  %1",
                                             "%n numbers of a book to compare and to predict  ·  %1", numbers)
                                         .arg(built));
    } catch (const InputError& error) {
        item->setText(QString::fromStdString(file.filename().string()));
        item->setData(ExperimentDelegate::descriptionRole, QString::fromUtf8(error.what()));
    }
    item->setData(Qt::AccessibleDescriptionRole, item->data(ExperimentDelegate::descriptionRole));
    return item;
}

} // namespace

ExperimentChooser::ExperimentChooser(QWidget* parent)
    : QDialog(parent)
    , m_list(new QListWidget)
{
    setWindowTitle(tr("Experiments"));
    setMinimumSize(620, 420);
    resize(680, 640);
    auto* head = new QLabel(tr("Ready experiments"));
    head->setProperty("look", QStringLiteral("title"));
    auto* help = new QLabel(tr("Each one trains a small network. Choose one to look at; every setting can be "
                               "changed while it trains."));
    help->setProperty("look", QStringLiteral("secondary"));
    help->setWordWrap(true);
    m_list->setItemDelegate(new ExperimentDelegate(m_list));
    m_list->setAccessibleName(tr("Ready experiments"));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollBarPolicy(
        Qt::ScrollBarAlwaysOn); // a width that changes would break the lines anew
    m_list->setResizeMode(QListView::Adjust);
    auto* file = new QPushButton(tr("Open a file…"));
    file->setToolTip(tr("An experiment from the disk"));
    auto* close = new QPushButton(tr("Close"));
    close->setToolTip(tr("Back to the experiment that is open"));
    auto* openButton = new QPushButton(tr("Open"));
    openButton->setToolTip(tr("Open the marked experiment"));
    openButton->setProperty("look", QStringLiteral("strong"));
    openButton->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(file);
    buttons->addStretch(1);
    buttons->addWidget(close);
    buttons->addWidget(openButton);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(16, 14, 16, 14);
    lines->setSpacing(10);
    lines->addWidget(head);
    lines->addWidget(help);
    lines->addWidget(m_list, 1);
    lines->addLayout(buttons);

    connect(openButton, &QPushButton::clicked, this, [this] { choose(m_list->currentItem()); });
    connect(m_list, &QListWidget::itemDoubleClicked, this, &ExperimentChooser::choose);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    connect(file, &QPushButton::clicked, this, [this] {
        reject();
        emit fileAsked();
    });
    fill();
}

void ExperimentChooser::fill()
{
    for (const auto& file : readyExperiments())
        m_list->addItem(itemOf(file));
    m_list->setCurrentRow(0);
}

void ExperimentChooser::choose(const QListWidgetItem* item)
{
    if (item == nullptr)
        return;
    accept();
    emit chosen(std::filesystem::path(item->data(fileRole).toString().toStdU16String()));
}

} // namespace chronograd
