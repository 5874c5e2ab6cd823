// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QString>

namespace clipkiln {

/// A new, empty file under a name that nothing else had; gone again unless it is kept.
class NewFile final
{
public:
    /// A numbered name when the folder has a file of this name already. Disk or DiskFull.
    [[nodiscard]] static Result<NewFile> create(const QString& folder, const QString& name);

    NewFile(NewFile&& other) noexcept;
    NewFile& operator=(NewFile&& other) noexcept;
    ~NewFile();

    [[nodiscard]] const QString& path() const { return m_path; }
    void keep() { m_isKept = true; }

private:
    explicit NewFile(const QString& path) : m_path(path) {}

    QString m_path;
    bool m_isKept = false;
};

} // namespace clipkiln
