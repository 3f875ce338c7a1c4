#pragma once

#include <QDialog>

namespace chronograd {

/// The list of keys under Help.
class KeyboardHelp : public QDialog
{
    Q_OBJECT

public:
    explicit KeyboardHelp(QWidget* parent = nullptr);
};

} // namespace chronograd
