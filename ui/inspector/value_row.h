#pragma once

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QToolButton;

namespace chronograd {

/// A number that can be changed where it stands: by double-click, F2 or the pencil; Return accepts, Escape
/// leaves it.
class ValueRow : public QWidget
{
    Q_OBJECT

public:
    explicit ValueRow(QWidget* parent = nullptr);

    void showValue(const QString& label, double value, const QString& note);
    void setEditable(bool editable); ///< Only while training stands.
    bool isBeingEdited() const;
    void beginEdit();

signals:
    void edited(double value);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void accept();
    void leave();
    void showNumber();

    QLabel* m_label;
    QLineEdit* m_field;
    QToolButton* m_pencil;
    QLabel* m_note;
    double m_value = 0.0;
    bool m_isEditable = true;
};

/// What somebody typed as a number, with a point or a comma; absent: none, or not finite.
std::optional<double> typedNumber(const QString& text);

} // namespace chronograd
