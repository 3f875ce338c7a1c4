#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <QWidget>

#include <memory>
#include <vector>

class QVBoxLayout;

namespace chronograd {

class ExplanationBlock;

/// As many explanations below one another as there are quantities to explain.
class BlockList : public QWidget
{
    Q_OBJECT

public:
    explicit BlockList(QWidget* parent = nullptr);

    struct Entry
    {
        QString heading;
        Quantity quantity;
    };
    void show(const std::shared_ptr<const Frame>& frame, const std::vector<Entry>& entries);

signals:
    void linkActivated(const chronograd::Quantity& quantity);

private:
    QVBoxLayout* m_column;
    std::vector<ExplanationBlock*> m_blocks;
};

} // namespace chronograd
