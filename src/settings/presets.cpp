// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/presets.h"

#include "core/files.h"
#include "core/text.h"

#include <QFileInfo>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr qint64 mostBytes = 16 * 1024 * 1024; ///< of a file that may be anything; presets are far smaller

/// Names that differ only in case are the same name.
auto named(const QString& name)
{
    return [name](const Preset& preset) { return preset.name.compare(name, Qt::CaseInsensitive) == 0; };
}

/// The names in use, case-folded, and the highest number behind each.
using UsedNames = QHash<QString, int>;

/// The name itself or, when it is in use, with the first free number; marks it as used.
QString useName(UsedNames& used, const QString& name)
{
    QString free = name;
    int number = used.value(name.toCaseFolded(), 1);
    while (used.contains(free.toCaseFolded())) {
        const QString suffix = u" (%1)"_s.arg(++number);
        free = name.left(mostPresetName - suffix.size()) + suffix;
    }
    used[name.toCaseFolded()] = number;
    used.insert(free.toCaseFolded(), number);
    return free;
}

Error refused(const QString& sentence)
{
    return {ErrorKind::InputUnusable, sentence};
}

} // namespace

Presets::Presets(const QString& file, QObject* parent) : QObject(parent), m_file(file) {}

std::optional<Error> Presets::load()
{
    if (!QFileInfo::exists(m_file))
        return std::nullopt;
    const auto content = readPlainFile(m_file, mostBytes);
    if (!content) {
        m_unreadable = content.error();
        return m_unreadable;
    }
    auto presets = presetsFromJson(*content);
    if (arePresetsNewer(*content)) {
        m_unreadable =
            refused(Text::tr("The presets were saved by a newer Clipkiln and are left as they are. None can be "
                             "saved or changed with this one."));
        return m_unreadable;
    }
    if (!presets) {
        const QFileInfo info(m_file);
        const auto aside = durableRename(m_file, info.path() + u"/presets-broken.json"_s);
        if (!aside) {
            m_unreadable = aside.error();
            return m_unreadable;
        }
        return refused(Text::tr("The presets could not be read and were set aside as %1. %2")
                           .arg(QFileInfo(*aside).fileName(), presets.error().detail));
    }
    m_presets = *presets;
    Q_EMIT changed();
    return std::nullopt;
}

const Preset* Presets::find(const QString& name) const
{
    const auto found = std::find_if(m_presets.begin(), m_presets.end(), named(name));
    return found == m_presets.end() ? nullptr : &*found;
}

std::optional<Error> Presets::put(const Preset& preset)
{
    QList<Preset> presets = m_presets;
    presets.removeIf(named(preset.name));
    presets.append(preset);
    return keep(presets);
}

std::optional<Error> Presets::rename(const QString& name, const QString& newName)
{
    QList<Preset> presets = m_presets;
    const auto found = std::find_if(presets.begin(), presets.end(), named(name));
    const QString wanted = newName.simplified();
    if (found == presets.end() || wanted.isEmpty() || wanted == found->name)
        return std::nullopt;
    const Preset* other = find(wanted);
    if (other && !named(name)(*other))
        return refused(Text::tr("There is a preset named \"%1\" already. Choose another name.").arg(wanted));
    found->name = wanted;
    return keep(presets);
}

std::optional<Error> Presets::setStarred(const QString& name, bool starred)
{
    QList<Preset> presets = m_presets;
    const auto found = std::find_if(presets.begin(), presets.end(), named(name));
    if (found == presets.end())
        return std::nullopt;
    found->starred = starred;
    return keep(presets);
}

std::optional<Error> Presets::remove(const QString& name)
{
    QList<Preset> presets = m_presets;
    presets.removeIf(named(name));
    return keep(presets);
}

Result<int> Presets::importFrom(const QString& file)
{
    const auto content = readPlainFile(file, mostBytes);
    if (!content)
        return content.error();
    auto imported = presetsFromJson(*content);
    if (!imported)
        return imported.error();
    QList<Preset> presets = m_presets;
    UsedNames used;
    for (const Preset& preset : presets)
        used.insert(preset.name.toCaseFolded(), 1);
    for (Preset preset : *imported) {
        preset.name = useName(used, preset.name);
        presets.append(preset);
    }
    if (const auto error = keep(presets))
        return *error;
    return static_cast<int>(imported->size());
}

std::optional<Error> Presets::exportTo(const QString& file) const
{
    return durableWrite(file, toJson(m_presets), FileRights::ByUmask);
}

std::optional<Error> Presets::keep(QList<Preset> presets)
{
    if (m_unreadable)
        return m_unreadable;
    if (auto error = excessOf(presets))
        return error;
    std::sort(presets.begin(), presets.end(), [](const Preset& a, const Preset& b) {
        return a.starred != b.starred ? a.starred : a.name.localeAwareCompare(b.name) < 0;
    });
    if (presets == m_presets)
        return std::nullopt;
    const QByteArray content = toJson(presets);
    if (content.size() > mostBytes) // it could not be read again
        return refused(Text::tr("These presets are too large together. Remove some, or shorten their prompts."));
    if (const auto error = durableWrite(m_file, content))
        return error;
    m_presets = presets;
    Q_EMIT changed();
    return std::nullopt;
}

} // namespace clipkiln
