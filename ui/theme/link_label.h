#pragma once

#include <QLabel>

namespace chronograd {

/// Rich text whose links follow the theme: a label gives them their colour only when the text is set.
class LinkLabel : public QLabel
{
    Q_OBJECT

public:
    using QLabel::QLabel;

protected:
    void changeEvent(QEvent* event) override;
};

} // namespace chronograd
