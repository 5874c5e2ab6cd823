// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/http.h"

#include <optional>

namespace clipkiln::simulator {

/// The parts of a multipart/form-data body (RFC 7578); nothing when it is not whole or none.
std::optional<QList<FormPart>> readForm(const QByteArray& contentType, const QByteArray& body);

} // namespace clipkiln::simulator
