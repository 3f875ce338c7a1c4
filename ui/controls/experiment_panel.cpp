#include "ui/controls/experiment_panel.h"

#include "ui/controls/experiment_words.h"
#include "ui/controls/warning_box.h"

#include <QEvent>
#include <QFrame>
#include <QLabel>
#include <QScrollArea>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace chronograd {

namespace {

constexpr int mostNeeded = 220; ///< Everything wraps or is cut to fit.

QLabel* words(const QString& name, const QString& look)
{
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setProperty("look", look);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QFrame* line()
{
    auto* frame = new QFrame;
    frame->setProperty("look", QStringLiteral("line"));
    return frame;
}

} // namespace

ExperimentPanel::ExperimentPanel(QWidget* parent)
    : QWidget(parent)
    , m_inside(new QWidget)
    , m_name(words(QStringLiteral("experimentName"), QStringLiteral("title")))
    , m_network(words(QStringLiteral("networkWords"), QStringLiteral("secondary")))
    , m_data(words(QStringLiteral("dataWords"), QStringLiteral("secondary")))
    , m_about(words(QStringLiteral("about"), QStringLiteral("small")))
    , m_controls(new LiveControls)
    , m_warnings(new WarningBox)
{
    auto* lines = new QVBoxLayout(m_inside);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(3);
    lines->addWidget(m_name);
    lines->addWidget(m_network);
    lines->addWidget(m_data);
    lines->addSpacing(4);
    lines->addWidget(line());
    lines->addSpacing(2);
    lines->addWidget(m_controls);
    lines->addSpacing(6);
    lines->addWidget(m_warnings);
    lines->addStretch(1);
    lines->addWidget(m_about);
    connect(m_warnings, &WarningBox::changed, this, [this] { emit warned(m_warnings->warnings()); });
    m_inside->installEventFilter(this);

    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("experimentScroll"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_inside);
    m_inside->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
}

void ExperimentPanel::showExperiment(const Experiment& experiment, const Dataset& dataset)
{
    const QString name = QString::fromStdString(experiment.name);
    m_name->setText(name.isEmpty() ? tr("Without a name") : name);
    m_about->setText(QString::fromStdString(experiment.description));
    m_about->setVisible(!experiment.description.empty());
    m_network->setText(networkWords(experiment.network));
    m_data->setText(dataWords(experiment.task, dataset));
    std::int64_t longest = 1;
    for (const Sequence& sequence : dataset.training)
        longest = std::max(longest, sequence.length());
    m_controls->startExperiment(experiment, longest);
    m_warnings->clear();
}

void ExperimentPanel::showNews(const SessionNews& news)
{
    m_controls->showNews(news);
    m_warnings->showNews(news, window()->isVisible()); // the graph shows them too, whatever card is in front
}

/// Not more for the moment in which buttons are measured without the theme's style sheet: the window would
/// stay that wide.
QSize ExperimentPanel::minimumSizeHint() const
{
    const int scrollBar = style()->pixelMetric(QStyle::PM_ScrollBarExtent);
    return {std::min(m_inside->minimumSizeHint().width(), mostNeeded) + scrollBar, 60};
}

bool ExperimentPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_inside && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QWidget::eventFilter(watched, event);
}

} // namespace chronograd
