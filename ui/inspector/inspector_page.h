#pragma once

#include "core/explain/quantity.h"
#include "core/training/frame.h"

#include <QWidget>

#include <memory>

namespace chronograd {

/// One tab of the inspector: shows what belongs to a quantity in a frame.
class InspectorPage : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Precondition: the quantity fits the frame's network.
    virtual void show(const std::shared_ptr<const Frame>& frame, const Quantity& quantity) = 0;
    using QWidget::show;

signals:
    void linkActivated(const chronograd::Quantity& quantity);
};

/// The layer a unit's quantity belongs to; −1: the input.
int layerOf(const Quantity& quantity, const Network& network);

} // namespace chronograd
