#include "ui/plots/surface_card.h"

#include "ui/plots/surface_plot.h"
#include "ui/plots/weight_names.h"
#include "ui/theme/elided_combo_box.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>
#include <limits>

namespace chronograd {

namespace {

constexpr int points = 45;        ///< Each way.
constexpr double leastHalf = 1.0; ///< Of the stretch along each direction …
constexpr double margin = 0.35;   ///< … which goes beyond the path by this share of its length.
constexpr int twoWeights = 0;

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
    auto* row = new QHBoxLayout;
    row->setSpacing(6);
    row->addWidget(m_kind);
    for (QComboBox* box : {m_first, m_second}) {
        box->setMinimumContentsLength(5);
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        row->addWidget(box, 1);
    }
    row->addWidget(m_button);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(2);
    lines->addLayout(row);
    lines->addWidget(m_progress);
    lines->addWidget(m_plot, 1);
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
    m_button->setEnabled(isComputing() || m_batch != nullptr);
    m_progress->setVisible(isComputing());
    if (!m_plane)
        m_plot->setHint(m_batch ? tr("Choose two directions, then Compute.")
                                : tr("After the next update its error surface can be computed."));
}

void SurfaceCard::startExperiment(const Experiment&)
{
    cancel();
    m_seen.clear();
    m_network = nullptr;
    m_batch = nullptr;
    m_plane.reset();
    m_plot->showLandscape(nullptr, {}, {});
    m_plot->showPath({});
    dress();
}

void SurfaceCard::ask(AnalysisRequest& request) const
{
    request.weights = true;
    request.batch = true;
}

void SurfaceCard::showNews(const SessionNews& news)
{
    m_seen.take(news);
    for (const auto& analysis : news.analyses)
        if (analysis->batch) {
            const bool isFirst = m_batch == nullptr;
            m_batch = analysis->batch;
            if (!m_network || !haveSameWeights(*m_network, *analysis->network))
                fillChoosers(*analysis->network);
            m_network = analysis->network;
            if (isFirst)
                dress();
        }
    if (news.restarted || news.curve || !news.analyses.empty())
        showPath();
}

void SurfaceCard::fillChoosers(const Network& network)
{
    m_first->clear();
    m_second->clear();
    addWeights(*m_first, network);
    addWeights(*m_second, network);
    m_second->setCurrentIndex(std::min(1, m_second->count() - 1));
}

std::optional<WeightPlane> SurfaceCard::plane() const
{
    if (m_kind->currentIndex() == twoWeights)
        return planeOfWeights(*m_network, m_batch->front().after, m_first->currentData().value<WeightPlace>(),
                              m_second->currentData().value<WeightPlace>());
    std::vector<Vector> path;
    for (const auto& each : m_seen.all())
        if (each->weights)
            path.push_back(*each->weights);
    return planeOfPath(path);
}

void SurfaceCard::compute()
{
    if (!m_batch || isComputing())
        return;
    std::optional<WeightPlane> wanted = plane();
    if (!wanted) {
        m_plane.reset();
        m_plot->showLandscape(nullptr, {}, {});
        m_plot->setHint(m_kind->currentIndex() == twoWeights
                            ? tr("Two different weights make a surface.")
                            : tr("The path does not span a surface yet: let it train some updates more."));
        return;
    }
    const bool isOfWeights = m_kind->currentIndex() == twoWeights;
    m_xName = isOfWeights ? m_first->currentText() : tr("first main direction");
    m_yName = isOfWeights ? m_second->currentText() : tr("second main direction");
    m_plane = std::move(wanted);
    showPath();
    Stretch first;
    Stretch second;
    const Vector& now = m_batch->front().after;
    first.add(m_plane->coordinatesOf(now).x());
    second.add(m_plane->coordinatesOf(now).y());
    for (const auto& each : m_seen.all())
        if (each->weights) {
            first.add(m_plane->coordinatesOf(*each->weights).x());
            second.add(m_plane->coordinatesOf(*each->weights).y());
        }
    const double least = isOfWeights ? leastHalf : 0.0;
    first = first.widened(least);
    second = second.widened(least);
    Landscape landscape{*m_plane, first.from, first.to, second.from, second.to, Matrix(points, points)};
    m_job = std::make_unique<LandscapeJob>(*m_batch, std::move(landscape));
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
    m_plot->showLandscape(std::make_shared<const Landscape>(m_job->landscape()), m_xName, m_yName);
    if (m_job->isOver())
        finish();
}

void SurfaceCard::finish()
{
    m_timer.stop();
    m_job.reset();
    dress();
}

void SurfaceCard::showPath()
{
    if (!m_plane)
        return;
    std::vector<QPointF> path;
    for (const auto& each : m_seen.all())
        if (each->weights && each->weights->size() == m_plane->origin.size()) {
            const Eigen::Vector2d at = m_plane->coordinatesOf(*each->weights);
            path.emplace_back(at.x(), at.y());
        }
    m_plot->showPath(std::move(path));
}

} // namespace chronograd
