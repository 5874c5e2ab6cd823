// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <QString>

namespace clipkiln {

/// The key in a text that was typed, pasted or put into a variable: without the white space and invisible characters
/// that copying leaves at its ends; empty when nothing else is there. KeyRefused with a sentence that does not contain
/// the key for what cannot be one: nothing inside is changed or left out.
[[nodiscard]] Result<Secret> keyFromText(const QString& text);

} // namespace clipkiln
