#include "ui/plots/surface_card.h"

#include "ui/plots/surface_plot.h"
#include "ui/plots/weight_names.h"
#include "ui/theme/elided_combo_box.h"

#include <QGridLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <limits>

namespace chronograd {

namespace {

constexpr int points = 45;        ///< Each way.
constexpr double leastHalf = 1.0; ///< Of the stretch along each direction …
constexpr double margin = 0.35;   ///< … which goes beyond the path by this share of its length.
constexpr int twoWeights = 0;
constexpr QSize leastSize(200, 150);
constexpr int wideEnough = 370; ///< For everything in one row.
constexpr int highEnough = 260; ///< For the controls above the picture in two rows.
constexpr int besideWidth = 106;

struct Stretch
{
    double from = std::numeric_limits<double>::infinity();
    double to = -std::numeric_limits<double>::infinity();

    void add(double value)
    {
        from = std::min(from, value);
        to = std::max(to, value);
    }
    Stretch widened(double least) const
    {
        const double half = std::max(least, (0.5 + margin) * (to - from));
        const double middle = 0.5 * (from + to);
        return {middle - half, middle + half};
    }
};

} // namespace

SurfaceCard::SurfaceCard(QWidget* parent)
    : QWidget(parent)
    , m_plot(new SurfacePlot)
    , m_parts(new QBoxLayout(QBoxLayout::TopToBottom, this))
    , m_controls(new QWidget)
    , m_bar(new QGridLayout)
    , m_kind(new QComboBox)
    , m_first(new ElidedComboBox)
    , m_second(new ElidedComboBox)
    , m_button(new QPushButton)
    , m_progress(new QProgressBar)
{
    m_kind->addItems({tr("weights"), tr("path")});
    m_kind->setAccessibleName(tr("Directions of the surface"));
    m_kind->setToolTip(tr("Along two weights, or along the two directions in which training moved most"));
    m_first->setAccessibleName(tr("Weight along x"));
    m_first->setToolTip(tr("The weight along the horizontal axis"));
    m_second->setAccessibleName(tr("Weight along y"));
    m_second->setToolTip(tr("The weight along the vertical axis"));
    m_button->setProperty("look", QStringLiteral("compact"));
    m_progress->setAccessibleName(tr("How much of the surface is computed"));
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(6);
    for (QComboBox* box : {m_first, m_second}) {
        box->setMinimumContentsLength(5);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    }
    m_bar->setSpacing(6);
    setMinimumSize(leastSize);
    auto* lines = new QVBoxLayout(m_controls);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(2);
    lines->addLayout(m_bar);
    lines->addWidget(m_progress);
    m_parts->setContentsMargins(0, 0, 0, 0);
    m_parts->setSpacing(2);
    m_parts->addWidget(m_controls);
    m_parts->addWidget(m_plot, 1);
    placeControls();
    connect(m_kind, &QComboBox::activated, this, &SurfaceCard::dress);
    connect(m_button, &QPushButton::clicked, this, [this] { isComputing() ? cancel() : compute(); });
    m_timer.setInterval(40);
    connect(&m_timer, &QTimer::timeout, this, &SurfaceCard::look);
    dress();
}

SurfaceCard::~SurfaceCard() = default;

void SurfaceCard::dress()
{
    const bool isOfWeights = m_kind->currentIndex() == twoWeights;
    m_first->setVisible(isOfWeights);
    m_second->setVisible(isOfWeights);
    m_button->setText(isComputing() ? tr("Cancel") : tr("Compute"));
    m_button->setToolTip(isComputing() ? tr("Stop computing; what is there stays")
                                       : tr("Compute the loss of the last update's window at %1 points; "
                                            "training goes on meanwhile")
                                             .arg(points * points));
    m_button->setEnabled(isComputing() || m_kept->batch != nullptr);
    m_progress->setVisible(isComputing());
    if (!m_kept->plane)
        m_plot->setHint(m_kept->batch ? tr("Choose two directions, then Compute.")
                                      : tr("After the next update its error surface can be computed."));
}

void SurfaceCard::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    placeControls();
}

/// Above the picture, in one row or in two; beside it where it is too low for that.
void SurfaceCard::placeControls()
{
    const bool isOneRow = width() >= wideEnough;
    const bool isBeside = !isOneRow && height() < highEnough;
    m_parts->setDirection(isBeside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_parts->setAlignment(m_controls, isBeside ? Qt::AlignTop : Qt::Alignment());
    m_controls->setMinimumWidth(isBeside ? besideWidth : 0);
    m_controls->setMaximumWidth(isBeside ? besideWidth : QWIDGETSIZE_MAX);
    const std::array<QWidget*, 4> controls{m_kind, m_first, m_second, m_button};
    for (QWidget* control : controls)
        m_bar->removeWidget(control);
    for (int column = 1; column <= 2; ++column)
        m_bar->setColumnStretch(column, isBeside ? 0 : 1);
    if (isBeside) {
        for (int row = 0; row < 4; ++row)
            m_bar->addWidget(controls[static_cast<std::size_t>(row)], row, 0);
        return;
    }
    const int span = isOneRow ? 1 : 2;
    m_bar->addWidget(m_kind, 0, 0, 1, span);
    m_bar->addWidget(m_first, isOneRow ? 0 : 1, isOneRow ? 1 : 0, 1, span);
    m_bar->addWidget(m_second, isOneRow ? 0 : 1, 2, 1, span);
    m_bar->addWidget(m_button, 0, isOneRow ? 3 : 2, 1, span, isOneRow ? Qt::Alignment() : Qt::AlignRight);
}

void SurfaceCard::startExperiment(const Experiment&)
{
    cancel();
    m_kept.clear();
    m_offered = nullptr;
    showSurface();
}

void SurfaceCard::showSession(const Lane* session)
{
    cancel();
    m_kept->gaps.noteEnd(m_kept->last);
    m_kept.show(session);
    if (m_kept->network)
        offerWeightsOf(m_kept->network);
    showSurface();
}

void SurfaceCard::forgetSession(const Lane* session)
{
    if (m_kept.forget(session)) {
        cancel();
        showSurface();
    }
}

void SurfaceCard::setSeen(bool seen)
{
    m_isSeen = seen;
    if (!seen)
        m_kept->gaps.noteEnd(m_kept->last);
}

void SurfaceCard::showSurface()
{
    m_plot->showLandscape(m_kept->landscape, m_kept->xName, m_kept->yName);
    showPath();
    dress();
}

void SurfaceCard::ask(AnalysisRequest& request) const
{
    request.weights = true;
    request.batch = true;
}

void SurfaceCard::showNews(const SessionNews& news)
{
    m_kept->seen.take(news);
    noteWeights(news);
    for (const auto& analysis : news.analyses)
        if (analysis->batch) {
            const bool isFirst = m_kept->batch == nullptr;
            m_kept->batch = analysis->batch;
            m_kept->network = analysis->network;
            offerWeightsOf(m_kept->network);
            if (isFirst)
                dress();
        }
    if (news.restarted || news.curve || !news.analyses.empty())
        showPath();
}

void SurfaceCard::offerWeightsOf(const std::shared_ptr<const Network>& network)
{
    const bool isOther = !m_offered || !haveSameWeights(*m_offered, *network);
    m_offered = network;
    if (!isOther)
        return;
    m_first->clear();
    m_second->clear();
    addWeights(*m_first, *network);
    addWeights(*m_second, *network);
    m_second->setCurrentIndex(std::min(1, m_second->count() - 1));
}

std::optional<WeightPlane> SurfaceCard::plane() const
{
    if (m_kind->currentIndex() == twoWeights)
        return planeOfWeights(*m_kept->network, m_kept->batch->front().after,
                              m_first->currentData().value<WeightPlace>(),
                              m_second->currentData().value<WeightPlace>());
    std::vector<Vector> path;
    for (const auto& each : m_kept->seen.all())
        if (each->weights)
            path.push_back(*each->weights);
    return planeOfPath(path);
}

void SurfaceCard::compute()
{
    if (!m_kept->batch || isComputing())
        return;
    std::optional<WeightPlane> wanted = plane();
    if (!wanted) {
        m_kept->plane.reset();
        m_kept->landscape = nullptr;
        showSurface();
        m_plot->setHint(m_kind->currentIndex() == twoWeights
                            ? tr("Two different weights make a surface.")
                            : tr("The path does not span a surface yet: let it train some updates more."));
        return;
    }
    const bool isOfWeights = m_kind->currentIndex() == twoWeights;
    m_kept->xName = isOfWeights ? m_first->currentText() : tr("first main direction");
    m_kept->yName = isOfWeights ? m_second->currentText() : tr("second main direction");
    m_kept->plane = std::move(wanted);
    showPath();
    Stretch first;
    Stretch second;
    const Vector& now = m_kept->batch->front().after;
    first.add(m_kept->plane->coordinatesOf(now).x());
    second.add(m_kept->plane->coordinatesOf(now).y());
    for (const auto& each : m_kept->seen.all())
        if (each->weights) {
            first.add(m_kept->plane->coordinatesOf(*each->weights).x());
            second.add(m_kept->plane->coordinatesOf(*each->weights).y());
        }
    const double least = isOfWeights ? leastHalf : 0.0;
    first = first.widened(least);
    second = second.widened(least);
    Landscape landscape{*m_kept->plane, first.from, first.to, second.from, second.to, Matrix(points, points)};
    m_job = std::make_unique<LandscapeJob>(*m_kept->batch, std::move(landscape));
    m_plot->showEverything();
    m_timer.start();
    dress();
}

void SurfaceCard::cancel()
{
    if (m_job)
        m_job->cancel();
    finish();
}

/// What there is of it is shown while it grows.
void SurfaceCard::look()
{
    m_progress->setValue(static_cast<int>(100.0 * m_job->progress()));
    m_kept->landscape = std::make_shared<const Landscape>(m_job->landscape());
    m_plot->showLandscape(m_kept->landscape, m_kept->xName, m_kept->yName);
    if (m_job->isOver())
        finish();
}

void SurfaceCard::finish()
{
    m_timer.stop();
    m_job.reset();
    dress();
}

void SurfaceCard::noteWeights(const SessionNews& news)
{
    if (const auto valid = m_kept->watch.validUntil(news)) {
        m_kept->gaps.cutAfter(*valid);
        m_kept->last = std::min(m_kept->last, *valid);
    }
    for (const auto& analysis : news.analyses) {
        if (!analysis->weights || analysis->update <= m_kept->last)
            continue;
        if (m_isSeen)
            m_kept->gaps.noteUpdate(m_kept->last, analysis->update);
        else
            m_kept->gaps.noteEnd(analysis->update); // asked for while it could be seen, and told only now
        m_kept->last = analysis->update;
    }
}

void SurfaceCard::showPath()
{
    std::vector<SurfacePlot::PathPoint> path;
    auto gap = m_kept->gaps.all().begin();
    const auto end = m_kept->gaps.all().end();
    for (const auto& each : m_kept->seen.all())
        if (m_kept->plane && each->weights && each->weights->size() == m_kept->plane->origin.size()) {
            const Eigen::Vector2d at = m_kept->plane->coordinatesOf(*each->weights);
            bool isAfterGap = false;
            for (; gap != end && gap->to <= each->update; ++gap)
                isAfterGap = true;
            path.push_back({QPointF(at.x(), at.y()), isAfterGap});
        }
    m_plot->showPath(std::move(path));
}

} // namespace chronograd
