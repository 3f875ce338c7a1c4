#pragma once

#include <QDialog>

#include <cstdint>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace chronograd {

/// Asks for the number that a run is to stop at, and says below the field what it would come to.
class RunUntilDialog : public QDialog
{
    Q_OBJECT

protected:
    RunUntilDialog(const QString& title, const QString& question, QWidget* parent);

    /// What is typed comes to.
    struct Outcome
    {
        QString words;
        bool isPossible = false;
        bool goesBack = false;
    };
    virtual Outcome outcomeOf(const QString& typed) const = 0;
    virtual void carryOut(const QString& typed) = 0;
    /// The field with `text` in it, selected to be typed over.
    void begin(const QString& text, const QString& name, const QString& tip);

private:
    void judge();
    void finish();

    QLineEdit* m_field;
    QLabel* m_words;
    QPushButton* m_run;
};

/// How far training is: updates done, and the last one that it will make, if it ends by itself.
struct TrainingCourse
{
    std::int64_t done = 0;
    std::optional<std::int64_t> last;
};

/// Run to an update that is to come, or go back to one that is done.
class UpdateDialog : public RunUntilDialog
{
    Q_OBJECT

public:
    UpdateDialog(const TrainingCourse& course, QWidget* parent);

signals:
    void runAsked(qint64 update);
    void goToAsked(qint64 update);

private:
    Outcome outcomeOf(const QString& typed) const override;
    void carryOut(const QString& typed) override;

    TrainingCourse m_course;
};

/// Run until the loss of an update is below a number. `now`: of the last update, if there is one.
class LossDialog : public RunUntilDialog
{
    Q_OBJECT

public:
    LossDialog(std::optional<double> now, QWidget* parent);

signals:
    void runAsked(double loss);

private:
    Outcome outcomeOf(const QString& typed) const override;
    void carryOut(const QString& typed) override;

    std::optional<double> m_now;
};

} // namespace chronograd
