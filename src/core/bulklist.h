// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job.h"
#include "core/modeltable.h"
#include "core/result.h"

#include <chrono>
#include <optional>

namespace clipkiln {

/// What a list can say of a clip, by the name of its column.
enum class BulkColumn { Prompt, Model, Mode, Duration, AspectRatio, Resolution, Takes, Image, Sound };

/// One line of a list of prompts: a request to be. What it does not say is empty and comes from elsewhere.
struct BulkLine
{
    /// A value that cannot be used and was left out.
    struct Problem
    {
        BulkColumn column{};
        QString sentence; ///< names line and column

        friend bool operator==(const Problem&, const Problem&) = default;
    };

    int line = 0; ///< of the file, from 1
    QString prompt;
    QString model;
    std::optional<Mode> mode; ///< Text or Image
    std::optional<std::chrono::seconds> duration;
    QString aspectRatio; ///< "16:9"; "image": none, as the image has it
    QString resolution;
    int takes = 1;
    QString image; ///< path or web address
    std::optional<bool> sound;
    QList<Problem> problems;

    friend bool operator==(const BulkLine&, const BulkLine&) = default;
};

/// A list of prompts, each of which becomes a job.
struct BulkList
{
    QList<BulkLine> lines;
    QStringList notices; ///< what was not used of the list, a sentence each

    friend bool operator==(const BulkList&, const BulkList&) = default;
};

inline constexpr qint64 mostBulkBytes = 4 * 1024 * 1024;
inline constexpr int mostBulkJobs = 1000; ///< at once, and of the lines of a list

/// True for the names of lists: .txt, .csv, .tsv.
[[nodiscard]] bool isBulkListName(const QString& fileName);

/// One prompt a line; empty lines are nothing, lines that begin with # are comments. InvalidRequest with a sentence
/// when there is no prompt or too many.
[[nodiscard]] Result<BulkList> bulkListFromLines(const QString& text);

/// A table whose first line names its columns, in any order and case: prompt, and what else BulkColumn has. Separated
/// by whichever of comma, semicolon and tab stands first: spreadsheets write what the country uses. InvalidRequest
/// with a sentence for what is no such table; a bad value is a problem of its line alone.
[[nodiscard]] Result<BulkList> bulkListFromTable(const QString& text);

/// A list file, by its name a table or lines: UTF-8, or UTF-16 with its mark. Images are looked for beside the file.
/// InvalidRequest or Disk with a sentence. Blocks on disk.
[[nodiscard]] Result<BulkList> readBulkList(const QString& path);

/// The settings of `base` in a mode of a model, as far as both take them; the defaults where not. No prompt, no inputs.
[[nodiscard]] GenerationRequest settingsFor(Mode mode, const Model& model, const GenerationRequest& base);

/// Of a line that says none: with an image or without.
[[nodiscard]] Mode modeOf(const BulkLine& line);

/// What a line asks for; what it does not say is as in `base`. The image is read by the caller: an image mode without
/// one is there to be refused by validate().
[[nodiscard]] GenerationRequest requestOf(const BulkLine& line, const std::optional<Input>& image,
                                          const GenerationRequest& base, const ModelTable& models);

} // namespace clipkiln
