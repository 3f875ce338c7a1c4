#pragma once

#include "core/network/network.h"
#include "core/worked/quiz.h"

#include <QString>

namespace chronograd {

/// What a wrong answer forgot, in a sentence: "f′(net) seems to be missing."
QString slipText(const Diagnosis& diagnosis, const Network& network);

/// The same of the whole verdict, with what the book's own mistake is where the answer is the book's number.
QString wrongText(const Verdict& verdict, const Network& network);

} // namespace chronograd
