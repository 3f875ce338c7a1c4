#pragma once

#include <QPixmap>
#include <QWidget>

#include <vector>

class QVariantAnimation;

namespace chronograd {

/// The copies of the window slide out of the one that they are copies of, or into it. Lies over the picture
/// until it is done, and shows nothing that the picture does not show before or after.
class FoldAnimation : public QWidget
{
    Q_OBJECT

public:
    static constexpr int duration = 500; ///< Milliseconds.

    explicit FoldAnimation(QWidget* parent);

    struct Pictures
    {
        QPixmap folded;
        QPixmap unfolded;
        std::vector<QRect> columns; ///< Of the steps in the unfolded picture.
        double middle = 0.0;        ///< Of the folded copy.
    };
    void run(Pictures pictures, bool unfolding);
    bool isRunning() const;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Pictures m_pictures;
    QVariantAnimation* m_animation;
};

} // namespace chronograd
