#pragma once

#include "core/explain/quantity.h"
#include "core/session/session.h"
#include "core/training/frame.h"

#include "ui/inspector/editable_number.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <array>
#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace chronograd {

class InspectorPage;
class SegmentedControl;
class UpdatePage;
class ValueRow;

/// Where the selected number comes from: formula, numbers put in, result; every number a link to where that
/// one comes from.
class InspectorPanel : public QWidget
{
    Q_OBJECT

public:
    explicit InspectorPanel(QWidget* parent = nullptr);

    /// Shows the selection in this frame; while frames come fast, the newest a few times a second.
    void showFrame(std::shared_ptr<const Frame> frame);
    void select(const Quantity& quantity);
    /// The same, on the side where this number is explained.
    void selectWithSide(const Quantity& quantity);
    /// What was asked for, and whether numbers can be changed now.
    void showNews(const SessionNews& news);
    void forgetPast(); ///< Another session is shown: its past is asked for anew.
    void clearSelection();

    /// Lets the number shown be changed, if it can be.
    void editValue();

    /// What is shown: the selection, or the same at the newest step when the frame no longer holds it.
    std::optional<Quantity> shown() const { return m_shown; }
    InspectorPage* currentPage() const { return m_page; }

    QSize sizeHint() const override { return {380, 560}; }

signals:
    void quantitySelected(const chronograd::Quantity& quantity);
    void asked(const chronograd::Command& command);
    void edited(const chronograd::Edit& before, const chronograd::Edit& after);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    enum Tab
    {
        Forward,
        Backward,
        Update,
    };

    void buildHeader(QVBoxLayout* column);
    void buildPages(QVBoxLayout* column);
    void showValue();
    void askForPast();
    void follow(const Quantity& quantity);
    void goBack();
    static Tab sideOf(const Quantity& quantity);
    void put(const Quantity& quantity);
    void refresh();
    void refreshForFrame();
    void showTabs();
    std::array<InspectorPage*, 5> pages() const;
    InspectorPage* pageFor(const Quantity& quantity) const;
    void showPage(InspectorPage* page);

    std::shared_ptr<const Frame> m_frame;
    std::optional<Quantity> m_wanted;
    std::optional<Quantity> m_shown;
    std::vector<Quantity> m_visited;
    Tab m_tab = Forward;

    QLabel* m_title;
    QLabel* m_followed;
    QToolButton* m_back;
    SegmentedControl* m_tabs;
    ValueRow* m_value;
    QScrollArea* m_scroll;
    QLabel* m_invitation;
    InspectorPage* m_forward;
    InspectorPage* m_backward;
    InspectorPage* m_incoming;
    UpdatePage* m_update;
    InspectorPage* m_number;
    InspectorPage* m_page = nullptr; ///< The visible one; null: the invitation.
    PastCommand m_pastAsked;
    std::optional<EditableNumber> m_editable; ///< What the value row shows.
    QTimer m_pause;
    int m_pauseMs = 0;
    QElapsedTimer m_sinceRefresh;
};

} // namespace chronograd
