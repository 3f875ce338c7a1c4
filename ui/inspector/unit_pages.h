#pragma once

#include "ui/inspector/inspector_page.h"

class QLabel;

namespace chronograd {

class ActivationCurve;
class BlockList;
class ExplanationBlock;

/// What goes into a unit at a step and what comes out: net, f(net), and where on its curve it stands.
class ForwardPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit ForwardPage(QWidget* parent = nullptr);

    void show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity) override;

private:
    ExplanationBlock* m_net;
    ExplanationBlock* m_out;
    BlockList* m_cell; ///< Of a gated unit everything that makes it.
    ActivationCurve* m_curve;
};

/// The error that comes back to a unit at a step: its delta, and the slope it is multiplied with.
class BackwardPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit BackwardPage(QWidget* parent = nullptr);

    void show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity) override;

private:
    ExplanationBlock* m_delta;
    BlockList* m_cell;
    ActivationCurve* m_curve;
};

/// The weights into a unit: before, change; each a link.
class IncomingPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit IncomingPage(QWidget* parent = nullptr);

    void show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity) override;

private:
    void activate(const QString& link);

    QLabel* m_intro;
    QLabel* m_table;
};

/// A number without a unit: a loss, a target, an input.
class NumberPage : public InspectorPage
{
    Q_OBJECT

public:
    explicit NumberPage(QWidget* parent = nullptr);

    void show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity) override;

private:
    ExplanationBlock* m_number;
};

} // namespace chronograd
