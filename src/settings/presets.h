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

    /// Reads the file. A broken one is renamed, and the error names the new name; one that cannot be read at all or was
    /// written by a newer Clipkiln is left alone, and then nothing can be changed.
    [[nodiscard]] std::optional<Error> load();

    /// Starred ones first, each part by name.
    [[nodiscard]] const QList<Preset>& all() const { return m_presets; }
    [[nodiscard]] const Preset* find(const QString& name) const;

    /// Adds a preset, or replaces the one of that name.
    [[nodiscard]] std::optional<Error> put(const Preset& preset);
    /// No other preset may have the new name.
    [[nodiscard]] std::optional<Error> rename(const QString& name, const QString& newName);
    [[nodiscard]] std::optional<Error> setStarred(const QString& name, bool starred);
    [[nodiscard]] std::optional<Error> remove(const QString& name);
    /// Adds the presets of a file, with a number where the name exists already. Returns how many there were.
    [[nodiscard]] Result<int> importFrom(const QString& file);
    [[nodiscard]] std::optional<Error> exportTo(const QString& file) const;

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] std::optional<Error> keep(QList<Preset> presets);

    QString m_file;
    QList<Preset> m_presets;
    std::optional<Error> m_unreadable; ///< set when the file exists and cannot be used: it must not be overwritten
};

} // namespace clipkiln
