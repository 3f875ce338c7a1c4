#include "ui/main_window/letter_keys.h"

#include "ui/main_window/transport_bar.h"

#include <QShortcut>

#include <functional>

namespace chronograd {

void addLetterKeys(QWidget& scope, TransportBar& transport)
{
    const auto add = [&scope](QKeyCombination key, const std::function<void()>& act) {
        auto* shortcut = new QShortcut(QKeySequence(key), &scope);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        QObject::connect(shortcut, &QShortcut::activated, &scope, act);
    };
    TransportBar* bar = &transport;
    add(Qt::Key_Period, [bar] { bar->step(); });
    add(Qt::Key_Greater, [bar] { bar->step(Granularity::Update); });
    add(Qt::SHIFT | Qt::Key_Greater, [bar] { bar->step(Granularity::Update); });
    add(Qt::Key_Comma, [bar] { bar->stepBack(); });
    add(Qt::Key_Less, [bar] { bar->stepBack(Granularity::Update); });
    add(Qt::SHIFT | Qt::Key_Less, [bar] { bar->stepBack(Granularity::Update); });
    add(Qt::Key_U, [bar] { bar->openUntilMenu(); });
    add(Qt::Key_R, [bar] { bar->restart(); });
    add(Qt::Key_N, [bar] { bar->newSeed(); });
    for (int index = 0; index <= int(Granularity::Epoch); ++index)
        add(static_cast<Qt::Key>(Qt::Key_1 + index),
            [bar, index] { bar->setGranularity(static_cast<Granularity>(index)); });
}

} // namespace chronograd
