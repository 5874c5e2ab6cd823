// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace clipkiln {

/// Text::tr("…") translates a sentence of code that is no QObject, in the context "clipkiln".
struct Text
{
    Q_DECLARE_TR_FUNCTIONS(clipkiln)
};

} // namespace clipkiln
