#pragma once

#include "ui/inspector/inspector_page.h"

class QLabel;
class QToolButton;

namespace chronograd {

class ExplanationBlock;
class LedgerTable;
class PastPanel;
class ShareBars;
class VelocityArrows;

/// Why a weight changes: the share of every time step, their sum, momentum, and old → new.
class UpdatePage : public InspectorPage
{
    Q_OBJECT

public:
    explicit UpdatePage(QWidget* parent = nullptr);

    void show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity) override;

    ShareBars* bars() const { return m_bars; }
    PastPanel* past() const { return m_past; }

private:
    void buildLedger();
    void showLedger();
    void showMemory(const std::shared_ptr<const Frame>& frame, bool done);
    void showShare(const std::shared_ptr<const Frame>& frame, const Quantity& quantity);

    std::shared_ptr<const Frame> m_frame;
    Quantity m_weight;
    QLabel* m_path;
    QLabel* m_summary;
    ShareBars* m_bars;
    QToolButton* m_ledgerSwitch;
    QLabel* m_ledgerNote;
    LedgerTable* m_ledger;
    ExplanationBlock* m_share;
    ExplanationBlock* m_gradient;
    ExplanationBlock* m_velocity;
    VelocityArrows* m_arrows;
    PastPanel* m_past;
    ExplanationBlock* m_squares;
    ExplanationBlock* m_change;
    ExplanationBlock* m_after;
};

} // namespace chronograd
