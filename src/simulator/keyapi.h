// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/http.h"
#include "simulator/models.h"

namespace clipkiln::simulator {

/// GET /v1/api-key, /v1/models..., /v1/video-generation-models..., /v1/custom-voices (CONTRACT.md 2, 9, 11).
HttpAnswer answerKeyApi(const HttpRequest& request, const Models& models);

} // namespace clipkiln::simulator
