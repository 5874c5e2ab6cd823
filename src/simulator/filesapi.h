// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/http.h"

namespace clipkiln::simulator {

class FileStore;
struct StoredFile;

/// POST/GET/DELETE /v1/files... (CONTRACT.md 10). publicBase: where public addresses begin.
HttpAnswer answerFilesApi(const HttpRequest& request, FileStore& files, const QString& publicBase);

/// The address under which a published file can be fetched without a key.
QString publicAddress(const StoredFile& file, const QString& publicBase);

} // namespace clipkiln::simulator
