// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <optional>

namespace clipkiln::simulator {

enum class Mode { Text, Image, Reference, Edit, Extend };

/// The word for a mode in scripts, in the ledger and in the table of models.
QString modeName(Mode mode);

/// What a model supports in one mode.
struct ModeTerms
{
    int longestSeconds = 0; ///< 0: the table does not say
    QStringList resolutions{};
    QStringList aspectRatios{};
    int references = 0; ///< the most that are accepted, like the next two
    int keyframes = 0;
    int voices = 0;
    bool lastFrame = false;
    bool firstFrame = false; ///< an image together with references
};

/// A model and what it charges (CONTRACT.md 9). 1 USD is 10^10 ticks.
struct Model
{
    QString id;
    QStringList aliases{};
    QMap<Mode, ModeTerms> modes{};
    QMap<int, qint64> ticksPerSecond{}; ///< by lines (480, 720, 1080); absent: not available
    qint64 ticksPerImage = 0;           ///< for each input image
    qint64 ticksPerInputSecond = 0;     ///< of the video of an edit or extension

    bool supports(Mode mode) const { return modes.contains(mode); }
    bool takesLastFrame() const;
    int mostKeyframes() const;
    int mostVoices() const;
};

/// The models of resources/models.json, read by the simulator's own parser, which must not share the mistakes of the
/// program under test.
class Models
{
public:
    static Models builtIn();
    /// A table of that form; whatever cannot be understood is left out.
    static Models fromJson(const QByteArray& json);
    /// The built-in table with the models of a person's own file added or in place of those of the same id. A file that
    /// is not there or no table changes nothing.
    static Models builtInAnd(const QString& file);

    const QList<Model>& list() const { return m_list; }
    /// By id or alias.
    std::optional<Model> find(const QString& name) const;

private:
    QList<Model> m_list;
};

/// 480 of "480p"; nothing for another form.
std::optional<int> linesOf(const QString& resolution);

} // namespace clipkiln::simulator
