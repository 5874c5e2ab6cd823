// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/arguments.h"
#include "core/modeltable.h"

namespace clipkiln::cli {

/// Prepares the inputs that the arguments name for sending; prints what was done to them on standard error.
class Inputs final
{
public:
    /// folder: where files that are made lie.
    Inputs(const Arguments& arguments, const Model& model, const QString& folder);

    /// Stops at the first input that cannot be used: InvalidRequest, InputUnusable or Disk, the file's name in front.
    [[nodiscard]] Result<ModeInputs> read();

private:
    [[nodiscard]] Input image(const QString& text, bool isFitted);
    [[nodiscard]] Input video(const QString& text);
    [[nodiscard]] Result<LocalFile> preparedImage(const QString& path, bool isFitted);
    [[nodiscard]] Result<LocalFile> preparedVideo(const QString& path);
    [[nodiscard]] Input keepError(const Result<LocalFile>& file);

    const Arguments& m_arguments;
    const Model& m_model;
    QString m_folder;
    std::optional<Error> m_error;
};

} // namespace clipkiln::cli
