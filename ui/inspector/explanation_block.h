#pragma once

#include "core/explain/explain.h"

#include <QWidget>

#include <memory>

class QLabel;

namespace chronograd {

class FormulaView;

/// A heading and one explained number; or, while the engine has no such number, the reason in words.
class ExplanationBlock : public QWidget
{
    Q_OBJECT

public:
    explicit ExplanationBlock(const QString& heading, QWidget* parent = nullptr);

    void setHeading(const QString& heading);
    void setLineAbove(); ///< A hairline that comes and goes with the block.
    void show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity);

    const Quantity& quantity() const { return m_quantity; }
    FormulaView* formula() const { return m_formula; }
    bool isAbsent() const;

signals:
    void linkActivated(const chronograd::Quantity& quantity);

private:
    void explainIt(const std::shared_ptr<const Frame>& frame);

    QLabel* m_heading;
    FormulaView* m_formula;
    QLabel* m_absence;
    std::shared_ptr<const Frame> m_frame;
    Quantity m_quantity;
};

} // namespace chronograd
