#include "ui/graph/graph_bar.h"

#include "ui/graph/graph_canvas.h"
#include "ui/graph/minimap.h"
#include "ui/theme/desk_size.h"
#include "ui/theme/number_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QSlider>

namespace chronograd {

namespace {

constexpr int sliderSteps = 100; ///< Of the edge scale.

} // namespace

GraphBar::GraphBar(GraphCanvas& canvas, QWidget* parent)
    : QWidget(parent)
    , m_canvas(canvas)
    , m_fold(makeFold())
    , m_minimap(new Minimap(canvas.state(), *canvas.horizontalScrollBar()))
    , m_label(new QLabel(tr("weakest edge")))
    , m_weakest(makeSlider())
    , m_count(new QLabel)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 2, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_fold);
    row->addWidget(makeOperations());
    row->addWidget(m_minimap, 1);
    row->addStretch(0);
    m_label->setProperty("look", QStringLiteral("secondary"));
    m_label->setBuddy(m_weakest);
    row->addWidget(m_label);
    row->addWidget(m_weakest);
    m_count->setProperty("look", QStringLiteral("secondary"));
    m_count->setMinimumWidth(m_count->fontMetrics().horizontalAdvance(
        tr("%1, %2 hidden").arg(QStringLiteral("≥ 0.005"), QStringLiteral("99,999"))));
    row->addWidget(m_count);
    connect(m_minimap, &Minimap::moved, &m_canvas, &GraphCanvas::movedByHand);
    connect(m_weakest, &QSlider::valueChanged, this,
            [this](int value) { m_canvas.setWeakest(static_cast<double>(value) / sliderSteps); });
    connect(&m_canvas, &GraphCanvas::scalesChanged, this, &GraphBar::refresh);
    connect(&m_canvas, &GraphCanvas::viewChanged, this, &GraphBar::refresh);
    refresh();
}

QPushButton* GraphBar::makeFold()
{
    auto* button = new QPushButton(tr("Fold"));
    button->setObjectName(QStringLiteral("fold"));
    button->setProperty("look", QStringLiteral("compact"));
    button->setCheckable(true);
    button->setToolTip(tr("One copy with loops instead of a copy for each step, and back (F)"));
    connect(button, &QPushButton::toggled, &m_canvas, &GraphCanvas::setFolded);
    connect(&m_canvas, &GraphCanvas::foldChanged, button, [button](bool folded) {
        button->setChecked(folded);
        button->setText(folded ? tr("Unfold") : tr("Fold"));
    });
    return button;
}

QPushButton* GraphBar::makeOperations()
{
    auto* button = new QPushButton(tr("Operations"));
    button->setObjectName(QStringLiteral("operations"));
    button->setProperty("look", QStringLiteral("compact"));
    button->setCheckable(true);
    button->setToolTip(tr("The computation graph of one step: products, sums, activations, the loss"));
    connect(button, &QPushButton::toggled, this, &GraphBar::operationsAsked);
    return button;
}

QSlider* GraphBar::makeSlider()
{
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setObjectName(QStringLiteral("weakest"));
    slider->setRange(0, sliderSteps);
    fixWidth(*slider, 90);
    slider->setAccessibleName(tr("Weakest visible edge"));
    slider->setToolTip(tr("Edges smaller than this are not drawn"));
    return slider;
}

void GraphBar::setOperations(bool shown)
{
    m_areOperations = shown;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_minimap, m_label, m_weakest, m_count})
        widget->setHidden(shown);
    refresh();
}

void GraphBar::refresh()
{
    const GraphState& state = m_canvas.state();
    m_fold->setEnabled(state.frame && state.isRecurrent() && !state.layout.isSpread() && !m_areOperations);
    const int hidden = m_canvas.leftOut();
    const QLocale locale;
    const QString weakest = QStringLiteral("≥ ") + exactNumber(state.weakest * state.scales.edge);
    m_count->setText(hidden == 0 ? state.weakest > 0 ? tr("%1, none hidden").arg(weakest) : tr("all drawn")
                     : state.weakest > 0 ? tr("%1, %2 hidden").arg(weakest, locale.toString(hidden))
                                         : tr("%1 hidden").arg(locale.toString(hidden)));
    m_count->setToolTip(tr("%1 of %2 edges in view are too faint to be drawn")
                            .arg(locale.toString(hidden), locale.toString(m_canvas.edgesInView())));
    m_weakest->setAccessibleDescription(m_count->text());
    m_minimap->describe();
    m_minimap->update();
}

} // namespace chronograd
