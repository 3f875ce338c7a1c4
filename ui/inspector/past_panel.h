#pragma once

#include "core/analysis/past_gradients.h"

#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QToolButton;

namespace chronograd {

class ShareBars;

/// Why a weight still moves: its velocity opened up into the gradients of the updates before, each a link to
/// that update. Closed, it asks for nothing.
class PastPanel : public QWidget
{
    Q_OBJECT

public:
    explicit PastPanel(QWidget* parent = nullptr);

    bool isOpen() const;
    void setOpen(bool open);
    /// The weight that is looked at, as its velocity was after this update; what is known of another is not
    /// shown. Hidden where the optimizer adds no gradients up.
    void setWeight(std::size_t weight, std::int64_t update, Optimizer optimizer);
    void setPast(std::shared_ptr<const PastGradients> past);
    ShareBars* bars() const { return m_bars; }

signals:
    void toggled();
    void updateActivated(qint64 update);

private:
    void refresh();

    QToolButton* m_switch;
    QLabel* m_note;
    ShareBars* m_bars;
    std::size_t m_weight = 0;
    std::int64_t m_update = 0;
    Optimizer m_optimizer = Optimizer::Sgd;
    std::shared_ptr<const PastGradients> m_past;
};

} // namespace chronograd
