#include "ui/worked/worked_panel.h"

#include "ui/inspector/quantity_words.h"
#include "ui/theme/desk_size.h"
#include "ui/theme/link_label.h"
#include "ui/theme/theme.h"
#include "ui/worked/worked_model.h"
#include "ui/worked/worked_words.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chronograd {

namespace {

constexpr int wide = 420;   ///< From this width on there is room for the names of the numbers.
constexpr int narrow = 300; ///< Below this the numbers are cut off.
constexpr int rowPadding = 6;

/// A chosen row keeps the colour of its mark.
class MarkDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->palette.setBrush(QPalette::HighlightedText, option->palette.brush(QPalette::Text));
    }
};

} // namespace

WorkedPanel::WorkedPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(new WorkedModel(this))
    , m_counts(new QLabel)
    , m_table(new QTableView)
    , m_details(new LinkLabel)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(m_counts);
    column->addWidget(m_table, 1);
    column->addWidget(m_details);
    fixLeastSize(*this, {narrow, 0});
    m_counts->setProperty("look", u"secondary"_s);
    m_counts->setWordWrap(true);
    m_details->setWordWrap(true);
    m_details->setTextFormat(Qt::RichText);
    m_details->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_details->setAccessibleName(tr("About the chosen number"));
    m_details->setObjectName(u"details"_s);
    connect(m_details, &QLabel::linkActivated, this,
            [this](const QString& update) { emit updateAsked(update.toLongLong()); });
    buildTable();
    setAccessibleName(tr("Worked example"));
}

void WorkedPanel::buildTable()
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new MarkDelegate(m_table));
    m_table->setAccessibleName(tr("The book's numbers and the engine's"));
    m_table->setObjectName(u"bookValues"_s);
    m_table->setToolTip(tr("Choose a number to see it in the graph and where it comes from"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false); // Tab leaves the table
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setMinimumSectionSize(24);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex& current) {
                showDetails();
                if (current.isValid() && !m_isFollowing)
                    emit quantitySelected(
                        m_model->example().entries()[static_cast<std::size_t>(current.row())].of);
            });
    // Clicked again: the graph may show something else by now.
    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex& index) {
        emit quantitySelected(m_model->example().entries()[static_cast<std::size_t>(index.row())].of);
    });
}

void WorkedPanel::setExample(WorkedExample example, std::shared_ptr<const Network> network)
{
    m_model->setExample(std::move(example), std::move(network));
    m_update = 0;
    fitColumns();
    showDetails();
}

void WorkedPanel::showFrame(const Frame& frame)
{
    const int before = m_model->firstAtWork();
    m_model->see(frame);
    m_update = frame.update;
    if (const int row = m_model->firstAtWork(); row >= 0 && row != before)
        m_table->scrollTo(m_model->index(row, 0), QAbstractItemView::PositionAtCenter);
    showDetails();
}

void WorkedPanel::showMore(const Frame& whole, const std::vector<std::size_t>& entries)
{
    m_model->seeMore(whole, entries);
    showDetails();
}

void WorkedPanel::forget()
{
    m_model->forget();
    showDetails();
}

void WorkedPanel::select(const Quantity& quantity)
{
    const WorkedExample& example = m_model->example();
    const auto& entries = example.entries();
    auto entry = example.find(quantity, m_update);
    for (std::size_t other = 0; other < entries.size() && !entry; ++other)
        if (entries[other].of == quantity)
            entry = other;
    if (!entry || m_table->currentIndex().row() == static_cast<int>(*entry))
        return;
    m_isFollowing = true;
    m_table->setCurrentIndex(m_model->index(static_cast<int>(*entry), WorkedModel::Name));
    m_isFollowing = false;
}

void WorkedPanel::setCoveringBook(bool covering)
{
    m_model->setCoveringBook(covering);
    showDetails();
}

QString WorkedPanel::detailsOf(int row) const
{
    const BookEntry& entry = m_model->example().entries()[static_cast<std::size_t>(row)];
    QString text = u"<b>%1</b> %2"_s.arg(
        nameOf(entry).toHtmlEscaped(), wordsFor(entry.of, *m_model->network(), entry.sign()).toHtmlEscaped());
    if (m_model->isCovered(row))
        return text;
    text += u"<br>"_s + verdictText(m_model->example(), static_cast<std::size_t>(row)).toHtmlEscaped();
    if (entry.book.update < m_update) // the other cards show a later one
        text += u" "_s + tr("<a href=\"%1\">Go to update %1</a>").arg(entry.book.update);
    if (!entry.book.note.empty())
        text += u"<br>"_s + QString::fromStdString(entry.book.note).toHtmlEscaped();
    return text;
}

void WorkedPanel::showDetails()
{
    m_counts->setText(countsText(m_model->example()));
    const QModelIndex current = m_table->currentIndex();
    const QString text = current.isValid()
                             ? detailsOf(current.row())
                             : tr("Choose a number to see it in the graph and where it comes from.");
    if (m_details->text() != text)
        m_details->setText(text);
}

/// The narrow card does without the names of the numbers: they are in the tip and below the table.
void WorkedPanel::fitColumns()
{
    QHeaderView* header = m_table->horizontalHeader();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + rowPadding);
    m_table->setColumnHidden(WorkedModel::Number, width() < Theme::current().magnified(wide));
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(WorkedModel::Name, QHeaderView::Stretch);
}

void WorkedPanel::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitColumns();
}

void WorkedPanel::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange)
        fitColumns();
}

} // namespace chronograd
