#pragma once

class QWidget;

namespace chronograd {

class TransportBar;

/// The single-letter keys of the transport, in force while the focus is inside `scope`. Window-wide they
/// would be stolen from fields and boxes.
void addLetterKeys(QWidget& scope, TransportBar& transport);

} // namespace chronograd
