#include "ui/main_window/journey_bar.h"

#include "ui/theme/reading.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

namespace chronograd {

namespace {

constexpr int fullWay = 1000;

} // namespace

JourneyBar::JourneyBar(QWidget* parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_progress(new QProgressBar)
{
    setAccessibleName(tr("On the way"));
    m_progress->setRange(0, fullWay);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("How far the updates are computed again"));
    auto* stop = new QPushButton(tr("Stop here"));
    stop->setObjectName(QStringLiteral("stopJourney"));
    stop->setProperty("look", QStringLiteral("compact"));
    stop->setToolTip(tr("Stays at the update that it has come to; the rest is not lost"));
    connect(stop, &QPushButton::clicked, this, &JourneyBar::stopAsked);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 8, 6);
    row->setSpacing(10);
    row->addWidget(m_text);
    row->addWidget(m_progress, 1);
    row->addWidget(stop);
    hide();
}

void JourneyBar::showNews(const SessionNews& news)
{
    setVisible(news.journey.has_value());
    if (!news.journey)
        return;
    const Journey& journey = *news.journey;
    const QLocale locale = groupingLocale();
    m_text->setText(tr("Computed again: update %1 of %2")
                        .arg(locale.toString(qlonglong{journey.at}), locale.toString(qlonglong{journey.to})));
    const double all = static_cast<double>(journey.to - journey.from);
    const double done = static_cast<double>(journey.at - journey.from);
    m_progress->setValue(all > 0 ? static_cast<int>(fullWay * done / all) : 0);
}

} // namespace chronograd
