#include "ui/compare/lane_row.h"

#include "ui/compare/lane_words.h"
#include "ui/theme/desk_size.h"
#include "ui/theme/elided_label.h"
#include "ui/theme/icons.h"
#include "ui/theme/number_text.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

namespace chronograd {

class LaneRow::Sample : public QWidget
{
public:
    Sample() { setFixedSize(34, 18); }

    QPen pen;

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(pen);
        painter.drawLine(QPointF(1, height() / 2.0), QPointF(width() - 1, height() / 2.0));
    }
};

LaneRow::LaneRow(QWidget* parent)
    : QFrame(parent)
    , m_sample(new Sample)
    , m_name(new QLineEdit)
    , m_loss(new QLabel)
    , m_differs(new ElidedLabel)
    , m_stand(new ElidedLabel)
    , m_show(addButton(
          "laneShow",
          tr("Show this lane in the graph, the inspector and the plots; the bar on top then "
             "drives the lanes: restart takes all of them to their fork, a new seed is for this one. "
             "Only the loss card stays with the run: the losses of lanes are drawn here")))
    , m_rename(addButton("laneRename", tr("Rename the lane")))
    , m_eye(addButton("laneEye", tr("Draw its curve")))
    , m_save(addButton("laneSave", tr("Save the lane as an experiment of its own")))
    , m_remove(addButton("laneRemove", tr("Remove the lane")))
{
    m_show->setCheckable(true);
    m_eye->setCheckable(true);
    m_eye->setChecked(true);
    m_name->setProperty("look", QStringLiteral("name"));
    m_name->setReadOnly(true);
    m_name->setFocusPolicy(Qt::ClickFocus);
    m_name->setObjectName(QStringLiteral("laneName"));
    m_name->setAccessibleName(tr("Name of the lane"));
    m_name->setMinimumWidth(60);
    m_loss->setObjectName(QStringLiteral("laneLoss"));
    m_loss->setToolTip(tr("Loss of the last update, or of the best child of the last generation"));
    m_loss->setAccessibleName(tr("Loss now"));
    m_differs->setProperty("look", QStringLiteral("small"));
    m_differs->setObjectName(QStringLiteral("laneDiffers"));
    m_stand->setProperty("look", QStringLiteral("small"));
    // The name has the whole width but for the loss: it is what tells lanes apart.
    auto* first = new QHBoxLayout;
    first->setSpacing(6);
    first->addWidget(m_sample);
    first->addWidget(m_name, 1);
    first->addWidget(m_loss);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_differs);
    words->addWidget(m_stand);
    auto* second = new QHBoxLayout;
    second->setSpacing(6);
    second->addSpacing(40);
    second->addLayout(words, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(0);
    for (QToolButton* button : {m_show, m_rename, m_eye, m_save, m_remove})
        buttons->addWidget(button);
    second->addLayout(buttons);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 1, 0, 1);
    lines->setSpacing(0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    lines->addLayout(first);
    lines->addLayout(second);
    connect(m_show, &QToolButton::clicked, this, &LaneRow::showAsked);
    connect(m_rename, &QToolButton::clicked, this, &LaneRow::beginRename);
    connect(m_name, &QLineEdit::editingFinished, this, &LaneRow::endRename);
    connect(m_eye, &QToolButton::toggled, this, [this] {
        dress();
        emit visibilityChanged();
    });
    connect(m_save, &QToolButton::clicked, this, &LaneRow::saveAsked);
    connect(m_remove, &QToolButton::clicked, this, &LaneRow::removeAsked);
    dress();
}

QToolButton* LaneRow::addButton(const char* name, const QString& tip)
{
    auto* button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setProperty("look", QStringLiteral("icon"));
    fixButton(*button, {24, 22}, 15);
    return button;
}

void LaneRow::setPen(const QPen& pen)
{
    m_sample->pen = pen;
    m_sample->update();
}

void LaneRow::showLane(const Lane& lane, const QString& differs, bool isFirst)
{
    m_nameNow = QString::fromStdString(lane.name());
    if (m_name->isReadOnly() && m_name->text() != m_nameNow) {
        m_name->setText(m_nameNow);
        m_name->setCursorPosition(0);
        m_name->setToolTip(m_nameNow);
    }
    // A lane that has not been named is called by what differs: that need not be said twice.
    m_differs->setText(isFirst ? tr("reference: %1").arg(differs) : differs);
    m_differs->setVisible(isFirst || differs != m_nameNow);
    m_stand->setText(standWords(lane));
    const auto buckets = lane.lossByUpdate().buckets();
    m_loss->setText(buckets.empty() ? tr("no loss yet")
                                    : typeset(QString::number(buckets.back().mean, 'g', 4)));
    m_show->setEnabled(!lane.evolves());
    m_save->setEnabled(!lane.evolves());
    if (lane.evolves())
        for (QToolButton* button : {m_show, m_save})
            button->setToolTip(tr("Evolution has no backward pass that could be shown or saved"));
}

void LaneRow::setShown(bool inGraph)
{
    if (m_show->isChecked() != inGraph) {
        m_show->setChecked(inGraph);
        dress();
    }
}

bool LaneRow::isCurveVisible() const
{
    return m_eye->isChecked();
}

void LaneRow::beginRename()
{
    m_name->setReadOnly(false);
    m_name->setFocus();
    m_name->selectAll();
}

void LaneRow::endRename()
{
    if (m_name->isReadOnly())
        return;
    m_name->setReadOnly(true);
    const QString name = m_name->text().trimmed();
    m_name->setText(m_nameNow);
    if (!name.isEmpty() && name != m_nameNow)
        emit renamed(name);
}

void LaneRow::dress()
{
    const Theme& theme = Theme::current();
    m_loss->setFont(theme.numberFont());
    const auto color = [&theme](const QToolButton* button) {
        return button->isChecked() ? theme.textOnStrong : theme.text;
    };
    m_show->setIcon(icon(Glyph::Graph, color(m_show)));
    m_rename->setIcon(icon(Glyph::Rename, theme.text));
    m_eye->setIcon(icon(Glyph::Eye, color(m_eye)));
    m_save->setIcon(icon(Glyph::Save, theme.text));
    m_remove->setIcon(icon(Glyph::Remove, theme.text));
}

void LaneRow::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::PaletteChange)
        dress();
}

} // namespace chronograd
