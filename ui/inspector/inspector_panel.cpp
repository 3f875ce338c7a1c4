#include "ui/inspector/inspector_panel.h"

#include "ui/inspector/past_panel.h"
#include "ui/inspector/quantity_words.h"
#include "ui/inspector/reading_bar.h"
#include "ui/inspector/unit_pages.h"
#include "ui/inspector/update_page.h"
#include "ui/inspector/value_row.h"
#include "ui/theme/reading.h"
#include "ui/theme/segmented_control.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

/// Numbers that change faster than this cannot be read.
constexpr int refreshPauseMs = 80;
/// … and a large formula must not slow the window down: it rests this many times as long as it works.
constexpr int idleShare = 8;
constexpr std::size_t mostVisited = 100;

bool isUnit(const Quantity& quantity, const Network& network)
{
    return (quantity.kind == QuantityKind::Slot || quantity.kind == QuantityKind::Delta) &&
           layerOf(quantity, network) >= 0;
}

} // namespace

InspectorPanel::InspectorPanel(QWidget* parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_followed(new QLabel)
    , m_back(new QToolButton)
    , m_tabs(new SegmentedControl(tr("Side of the number"), {tr("Forward"), tr("Backward"), tr("Update")}))
    , m_value(new ValueRow)
    , m_scroll(new QScrollArea)
    , m_invitation(new QLabel)
    , m_forward(new ForwardPage)
    , m_backward(new BackwardPage)
    , m_incoming(new IncomingPage)
    , m_update(new UpdatePage)
    , m_number(new NumberPage)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    buildHeader(column);
    buildPages(column);
    column->addWidget(new ReadingBar);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &InspectorPanel::refreshForFrame);
    m_scroll->setAccessibleName(tr("How the number comes about"));
    setAccessibleName(tr("Inspector"));
    refresh();
}

void InspectorPanel::buildHeader(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->addWidget(m_title, 1);
    row->addWidget(m_back);
    column->addLayout(row);
    column->addWidget(m_followed);
    column->addWidget(m_value);
    connect(m_value, &ValueRow::edited, this, [this](double value) {
        emit edited({m_editable->name, m_editable->value}, {m_editable->name, value});
    });
    auto* tabs = new QHBoxLayout;
    tabs->addWidget(m_tabs);
    tabs->addStretch(1);
    column->addLayout(tabs);
    m_title->setProperty("look", u"title"_s);
    m_title->setWordWrap(true);
    m_followed->setProperty("look", u"small"_s);
    m_followed->setWordWrap(true);
    m_back->setText(u"←"_s);
    m_back->setProperty("look", u"quiet"_s);
    m_back->setToolTip(tr("Back to the number you came from (Alt+Left)"));
    m_back->setAccessibleName(tr("Back to the number you came from"));
    connect(m_back, &QToolButton::clicked, this, &InspectorPanel::goBack);
    m_tabs->setToolTipAt(Forward, tr("What goes into the unit and what comes out"));
    m_tabs->setToolTipAt(Backward, tr("The error that comes back to the unit: its delta"));
    m_tabs->setToolTipAt(Update, tr("How the weights change"));
    connect(m_tabs, &SegmentedControl::chosen, this, [this](int tab) {
        m_tab = static_cast<Tab>(tab);
        refresh();
    });
}

void InspectorPanel::buildPages(QVBoxLayout* column)
{
    auto* content = new QWidget;
    auto* stack = new QVBoxLayout(content);
    stack->setContentsMargins(0, 4, 6, 0);
    stack->addWidget(m_invitation);
    for (InspectorPage* page : pages()) {
        stack->addWidget(page);
        page->hide();
        connect(page, &InspectorPage::linkActivated, this, &InspectorPanel::follow);
    }
    connect(m_update->past(), &PastPanel::toggled, this, &InspectorPanel::askForPast);
    connect(m_update->past(), &PastPanel::updateActivated, this,
            [this](qint64 update) { emit asked(GoToCommand{update}); });
    stack->addStretch(1);
    m_invitation->setWordWrap(true);
    m_invitation->setProperty("look", u"secondary"_s);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    column->addWidget(m_scroll, 1);
}

void InspectorPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LocaleChange)
        refresh();
}

void InspectorPanel::showFrame(std::shared_ptr<const Frame> frame)
{
    const bool otherNetwork = m_frame && frame && m_frame->network != frame->network;
    m_frame = std::move(frame);
    if (otherNetwork)
        m_visited.clear();
    // What is shown never belongs to another network than the frame.
    if (!otherNetwork && m_sinceRefresh.isValid() && m_sinceRefresh.elapsed() < m_pauseMs) {
        if (!m_pause.isActive())
            m_pause.start(m_pauseMs - int(m_sinceRefresh.elapsed()));
        return;
    }
    refreshForFrame();
}

void InspectorPanel::refreshForFrame()
{
    QElapsedTimer cost;
    cost.start();
    refresh();
    m_pauseMs = std::max(refreshPauseMs, idleShare * int(cost.elapsed()));
    m_sinceRefresh.start();
}

void InspectorPanel::select(const Quantity& quantity)
{
    if (m_wanted == quantity)
        return;
    const bool unitToUnit = m_frame && m_wanted && m_shown && fits(quantity, *m_frame->network) &&
                            isUnit(*m_shown, *m_frame->network) && isUnit(quantity, *m_frame->network);
    // Somebody who goes through the units of a picture keeps looking at the same side of them.
    const Tab tab = m_tab;
    put(quantity);
    if (unitToUnit)
        m_tab = tab;
    refresh();
}

void InspectorPanel::selectWithSide(const Quantity& quantity)
{
    if (m_wanted == quantity)
        m_tab = sideOf(quantity);
    else
        put(quantity);
    refresh();
}

void InspectorPanel::clearSelection()
{
    m_wanted.reset();
    m_visited.clear();
    refresh();
}

InspectorPanel::Tab InspectorPanel::sideOf(const Quantity& quantity)
{
    return quantity.kind == QuantityKind::Delta ? Backward : isOfWeight(quantity) ? Update : Forward;
}

/// Makes it the selection, on the tab where it is explained.
void InspectorPanel::put(const Quantity& quantity)
{
    if (m_wanted) {
        m_visited.push_back(*m_wanted);
        if (m_visited.size() > mostVisited)
            m_visited.erase(m_visited.begin());
    }
    m_wanted = quantity;
    m_tab = sideOf(quantity);
    m_scroll->verticalScrollBar()->setValue(0);
}

void InspectorPanel::follow(const Quantity& quantity)
{
    const bool sameWeight = m_wanted && isOfWeight(*m_wanted) && isOfWeight(quantity) &&
                            m_wanted->parameter == quantity.parameter && m_wanted->row == quantity.row &&
                            m_wanted->column == quantity.column;
    const int scrolled = m_scroll->verticalScrollBar()->value();
    put(quantity);
    refresh();
    if (sameWeight)
        m_scroll->verticalScrollBar()->setValue(scrolled);
    if (quantity.kind == QuantityKind::VelocityBefore || quantity.kind == QuantityKind::FirstMomentBefore)
        m_scroll->ensureWidgetVisible(m_update->past()); // that is what it is made of
    emit quantitySelected(quantity);
}

void InspectorPanel::goBack()
{
    if (m_visited.empty())
        return;
    const Quantity quantity = m_visited.back();
    m_visited.pop_back();
    m_wanted.reset();
    put(quantity);
    refresh();
    emit quantitySelected(quantity);
}

void InspectorPanel::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Left && event->modifiers() == Qt::AltModifier)
        goBack();
    else
        QWidget::keyPressEvent(event);
}

std::array<InspectorPage*, 5> InspectorPanel::pages() const
{
    return {m_forward, m_backward, m_incoming, m_update, m_number};
}

void InspectorPanel::editValue()
{
    m_value->beginEdit();
}

InspectorPage* InspectorPanel::pageFor(const Quantity& quantity) const
{
    if (isOfWeight(quantity))
        return m_update;
    if (!isUnit(quantity, *m_frame->network))
        return m_number;
    return m_tab == Forward ? m_forward : m_tab == Backward ? m_backward : m_incoming;
}

void InspectorPanel::showPage(InspectorPage* page)
{
    m_invitation->setVisible(page == nullptr);
    for (InspectorPage* each : pages())
        each->setVisible(each == page);
    m_page = page;
}

void InspectorPanel::showTabs()
{
    const bool unit = m_shown && !isOfWeight(*m_shown) && isUnit(*m_shown, *m_frame->network);
    m_tabs->setVisible(unit); // a weight has one side only, and its shares need the height
    m_tabs->setCurrent(m_tab);
    m_back->setEnabled(!m_visited.empty());
    m_back->setVisible(m_shown.has_value());
}

void InspectorPanel::showNews(const SessionNews& news)
{
    m_value->setEditable(news.state == RunState::Paused);
    if (news.past)
        m_update->past()->setPast(news.past);
}

void InspectorPanel::forgetPast()
{
    m_pastAsked = {};
    m_update->past()->setPast(nullptr);
}

/// A weight, an input or a target can be changed where it stands.
void InspectorPanel::showValue()
{
    m_editable = m_shown ? editableNumber(*m_shown, *m_frame) : std::nullopt;
    m_value->setVisible(m_editable.has_value());
    if (m_editable)
        m_value->showValue(m_editable->label, m_editable->value, m_editable->note);
}

/// The past of the weight shown is computed only while it is looked at.
void InspectorPanel::askForPast()
{
    PastCommand wanted{std::nullopt, Reading::current().digits};
    if (m_page == m_update && m_update->past()->isOpen()) {
        const ParameterView& view = m_frame->network->parameters()[m_shown->parameter];
        wanted.weight = view.at(m_shown->row, m_shown->column);
    }
    const bool isSame =
        wanted.weight == m_pastAsked.weight && (!wanted.weight || wanted.digits == m_pastAsked.digits);
    m_pastAsked = wanted;
    if (!isSame)
        emit asked(wanted);
}

void InspectorPanel::refresh()
{
    m_pause.stop();
    m_shown.reset();
    const bool holdsSteps = m_frame && m_frame->lastStep >= m_frame->firstStep;
    if (m_wanted && m_frame && fits(*m_wanted, *m_frame->network) && (holdsSteps || !hasTime(*m_wanted)))
        m_shown = followed(*m_wanted, *m_frame);
    showTabs();
    m_followed->setVisible(m_shown && m_shown != m_wanted);
    if (!m_shown) {
        m_title->setText(tr("Where does a number come from?"));
        m_invitation->setText(
            !holdsSteps ? tr("As soon as the first time step is computed, its numbers can be looked at here.")
                        : tr("Click a unit to see how its activation and its delta are computed, an edge to "
                             "see why its weight changes, or a loss above the network.\n\nEvery number in a "
                             "formula is a link to where that number comes from."));
        showPage(nullptr);
        showValue();
        askForPast();
        return;
    }
    m_title->setText(titleOf(*m_shown, *m_frame->network));
    if (m_shown != m_wanted)
        m_followed->setText(
            tr("t = %1 is no longer in the picture: this is the newest step.").arg(m_wanted->t));
    InspectorPage* page = pageFor(*m_shown);
    page->show(m_frame, *m_shown);
    showPage(page);
    showValue();
    askForPast();
}

} // namespace chronograd
