// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/preset.h"

#include <QObject>

namespace clipkiln {

/// A person's presets and the file they are kept in. Every change is on disk when it returns, or has not been made.
class Presets final : public QObject
{
    Q_OBJECT

public:
    explicit Presets(const QString& file, QObject* parent = nullptr);

    /// Reads the file. A broken one is set aside under another name, which the error tells; one that cannot be read at
    /// all or is of a newer Clipkiln is left alone, and nothing can be changed then.
    [[nodiscard]] std::optional<Error> load();

    /// Starred ones first, each part by name.
    [[nodiscard]] const QList<Preset>& all() const { return m_presets; }
    [[nodiscard]] const Preset* find(const QString& name) const;

    /// Puts a preset in, also in the place of the one of that name.
    [[nodiscard]] std::optional<Error> put(const Preset& preset);
    /// The new name must not be taken.
    [[nodiscard]] std::optional<Error> rename(const QString& name, const QString& newName);
    [[nodiscard]] std::optional<Error> setStarred(const QString& name, bool starred);
    [[nodiscard]] std::optional<Error> remove(const QString& name);
    /// Adds those of a file; one whose name is taken gets a number. Gives how many there were.
    [[nodiscard]] Result<int> importFrom(const QString& file);
    [[nodiscard]] std::optional<Error> exportTo(const QString& file) const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] std::optional<Error> keep(QList<Preset> presets);

    QString m_file;
    QList<Preset> m_presets;
    std::optional<Error> m_unreadable; ///< the file is there, but not for us: it must not be overwritten
};

} // namespace clipkiln
