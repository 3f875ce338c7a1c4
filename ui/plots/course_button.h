#pragma once

#include "core/session/session.h"

#include <QPen>
#include <QToolButton>

namespace chronograd {

struct Theme;

/// The way back to courses that were left when a setting was changed in the past: a menu of them. Hidden
/// while there is one course only.
class CourseButton : public QToolButton
{
    Q_OBJECT

public:
    explicit CourseButton(QWidget* parent = nullptr);

    void showNews(const SessionNews& news);

signals:
    void chosen(qint64 from, qint64 to); ///< Numbers of courses.
    void refilled();                     ///< Shown, hidden, or of another width.

protected:
    void changeEvent(QEvent* event) override;

private:
    void dress();
    void fill(const std::vector<Course>& others);

    std::int64_t m_course = 1;
};

/// Their curves are faint and dashed.
QPen otherCoursePen(const Theme& theme);

/// "course 2: k2 → 3 after update 6, 20 updates"
QString courseText(const Course& course);

} // namespace chronograd
