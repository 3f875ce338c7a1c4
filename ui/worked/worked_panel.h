#pragma once

#include "core/worked/worked_example.h"

#include <QWidget>

#include <vector>

#include <memory>

class QLabel;
class QTableView;

namespace chronograd {

class WorkedModel;

/// A book's numbers beside the engine's, and what there is to say about the chosen one.
class WorkedPanel : public QWidget
{
    Q_OBJECT

public:
    explicit WorkedPanel(QWidget* parent = nullptr);

    void setExample(WorkedExample example, std::shared_ptr<const Network> network);
    void showFrame(const Frame& frame);
    /// More of that moment: these of the book's numbers, as they are in a frame that has them.
    void showMore(const Frame& whole, const std::vector<std::size_t>& entries);
    void forget();
    void setCoveringBook(bool covering);
    /// Somewhere else this number was chosen: if it is one of the book's, its row is marked.
    void select(const Quantity& quantity);

    const WorkedModel& model() const { return *m_model; }

signals:
    void quantitySelected(const chronograd::Quantity& quantity);
    void updateAsked(qint64 update); ///< The one that the chosen number is of.

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void buildTable();
    void showDetails();
    QString detailsOf(int row) const;
    void fitColumns();

    WorkedModel* m_model;
    QLabel* m_counts;
    QTableView* m_table;
    QLabel* m_details;
    std::int64_t m_update = 0; ///< Of the frame.
    bool m_isFollowing = false;
};

} // namespace chronograd
