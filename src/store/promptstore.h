// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pastprompt.h"
#include "core/result.h"

#include <memory>

namespace clipkiln {

class Database;

/// The prompts of all jobs there ever were, removed ones too, but for those that were forgotten.
class PromptStore final
{
public:
    explicit PromptStore(std::shared_ptr<Database> database);

    [[nodiscard]] Result<QList<PastPrompt>> load() const; ///< last used first
    /// Leaves a prompt out until it is used again. Jobs and books stay as they are.
    [[nodiscard]] std::optional<Error> forget(const QString& prompt);

private:
    std::shared_ptr<Database> m_database;
};

} // namespace clipkiln
