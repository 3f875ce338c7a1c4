#include "ui/inspector/block_list.h"

#include "ui/inspector/explanation_block.h"

#include <QVBoxLayout>

namespace chronograd {

BlockList::BlockList(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(10);
}

void BlockList::show(const std::shared_ptr<const Frame>& frame, const std::vector<Entry>& entries)
{
    while (m_blocks.size() < entries.size()) {
        auto* block = new ExplanationBlock(QString());
        if (!m_blocks.empty())
            block->setLineAbove();
        connect(block, &ExplanationBlock::linkActivated, this, &BlockList::linkActivated);
        m_column->addWidget(block);
        m_blocks.push_back(block);
    }
    for (std::size_t i = 0; i < m_blocks.size(); ++i) {
        m_blocks[i]->setVisible(i < entries.size());
        if (i >= entries.size())
            continue;
        m_blocks[i]->setHeading(entries[i].heading);
        m_blocks[i]->show(frame, entries[i].quantity);
    }
}

} // namespace chronograd
