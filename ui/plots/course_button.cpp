#include "ui/plots/course_button.h"

#include "ui/plots/plot_numbers.h"
#include "ui/plots/setting_text.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QMenu>
#include <QPainter>

namespace chronograd {

CourseButton::CourseButton(QWidget* parent)
    : QToolButton(parent)
{
    setObjectName(QStringLiteral("courses"));
    setProperty("look", QStringLiteral("quiet"));
    setAccessibleName(tr("Other courses of this run"));
    setToolTip(tr("A change made in the past began another course; go back to the end of one that was left, "
                  "exactly as it was"));
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::StrongFocus);
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("coursesMenu"));
    setMenu(menu);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    dress();
    hide();
}

void CourseButton::showNews(const SessionNews& news)
{
    m_course = news.course;
    if (news.restarted)
        fill({});
    if (news.otherCourses)
        fill(*news.otherCourses);
}

void CourseButton::fill(const std::vector<Course>& others)
{
    menu()->clear();
    for (const Course& course : others)
        menu()->addAction(courseText(course), this,
                          [this, to = course.number] { emit chosen(m_course, to); });
    setText(others.size() == 1 ? tr("1 other course ▾") : tr("%1 other courses ▾").arg(others.size()));
    setVisible(!others.empty());
    emit refilled();
}

/// The button is their legend too.
void CourseButton::dress()
{
    constexpr QSize size(32, 10);
    constexpr double gap = 7.0; // Else the last dash looks like a minus.
    QPixmap sample(size * devicePixelRatio());
    sample.setDevicePixelRatio(devicePixelRatio());
    sample.fill(Qt::transparent);
    QPainter painter(&sample);
    painter.setPen(otherCoursePen(Theme::current()));
    painter.drawLine(QPointF(0, size.height() / 2.0), QPointF(size.width() - gap, size.height() / 2.0));
    painter.end();
    setIconSize(size);
    setIcon(QIcon(sample));
}

void CourseButton::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        dress();
    QToolButton::changeEvent(event);
}

QPen otherCoursePen(const Theme& theme)
{
    QPen pen = theme.pen(theme.textSecondary, 1.8, Qt::SolidLine, Qt::FlatCap);
    pen.setDashPattern({4, 2.5});
    return pen;
}

QString courseText(const Course& course)
{

    if (course.number == 1)
        return CourseButton::tr("course %1: from the start, to update %2")
            .arg(grouped(course.number), grouped(course.furthest));
    const QString what =
        course.change ? changeText(*course.change, std::nullopt) : CourseButton::tr("a number edited");
    return CourseButton::tr("course %1: %2 after update %3, to update %4")
        .arg(grouped(course.number), what, grouped(course.forkedAfter), grouped(course.furthest));
}

} // namespace chronograd
