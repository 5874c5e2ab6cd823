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

/// One line of a list of prompts, from which a request is made. Values that the line does not give are empty.
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
    QString aspectRatio; ///< "16:9"; "image": none is sent, the clip follows the image
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
inline constexpr int mostBulkJobs = 1000; ///< in one submit, and prompts in one list

/// True for the names of lists: .txt, .csv, .tsv.
[[nodiscard]] bool isBulkListName(const QString& fileName);

/// One prompt a line; empty lines and lines that begin with # are skipped. InvalidRequest with a sentence when there is
/// no prompt at all or there are too many.
[[nodiscard]] Result<BulkList> bulkListFromLines(const QString& text);

/// A table whose first line names its columns, in any order and case: prompt, and any others of BulkColumn. The first
/// comma, semicolon or tab in the text is the separator, because spreadsheets use the one of the country.
/// InvalidRequest with a sentence when the text is not such a table; a bad value is a problem of its line only.
[[nodiscard]] Result<BulkList> bulkListFromTable(const QString& text);

/// A list file, a table or lines by the ending of its name: UTF-8, or UTF-16 with a byte order mark. Images are looked
/// for beside the file. InvalidRequest or Disk with a sentence. Blocks on disk.
[[nodiscard]] Result<BulkList> readBulkList(const QString& path);

/// The settings of `base` that the mode and model support, the defaults for all others. No prompt, no inputs.
[[nodiscard]] GenerationRequest settingsFor(Mode mode, const Model& model, const GenerationRequest& base);

/// The mode that the line names; when it names none, Image for a line with an image, Text otherwise.
[[nodiscard]] Mode modeOf(const BulkLine& line);

/// The request of a line; values that the line does not give come from `base`. The caller reads the image: when it
/// could not, the request has none, and validate() refuses it.
[[nodiscard]] GenerationRequest requestOf(const BulkLine& line, const std::optional<Input>& image,
                                          const GenerationRequest& base, const ModelTable& models);

} // namespace clipkiln
