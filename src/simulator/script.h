// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QMap>
#include <QString>

#include <chrono>
#include <mutex>
#include <optional>
#include <variant>

namespace clipkiln::simulator {

/// The kinds of requests that scripts and the ledger distinguish.
enum class Step { Post, Poll, Download, Key, Files };

/// What a rule answers. In JSON by the name in replyNames of script.cpp, for example "moderated-done".
enum class Reply {
    Usual,           ///< as without a rule; for a delay alone
    Status,          ///< the status, body, content type and headers of the rule
    ModeratedDone,   ///< CONTRACT.md 6.4, shape 1: done, respect_moderation false, no url
    ModeratedPoll,   ///< shape 2: the poll answers 400 imagine:content-moderated
    ModeratedFailed, ///< shape 3: failed, invalid_argument, a text about moderation
    ModeratedPost,   ///< shape 4: the POST answers 400
    Failed,          ///< status failed with code and message
    Expired,
    Pending,        ///< 202 with progress, whatever the clock says: never done
    PendingEmpty,   ///< 202 without a body
    PendingGarbage, ///< 202 with a body that is no JSON
    NoAddress,      ///< done, but without a url
    RateLimited,    ///< 429 that goes away by waiting
    OutOfCredits,   ///< 429 that does not
    ServerFault,    ///< 503 (or status) as the front end words it, in plain text
    Html,           ///< a web page; status 502, or 200 for a download, when none is given
    KeyRefused,     ///< 400 Incorrect API key provided
    KeyBlocked,     ///< 403
    Forgotten,      ///< 404, the id is not known (any more)
    LinkGone,       ///< of a download: 404, or status
    Truncated,      ///< of a download: a complete answer with the first half of the clip
};

/// One line of a script: which requests it is for and what they get.
struct Rule
{
    static constexpr int always = -1;

    Step step{};
    Reply reply{};
    QString mode{};       ///< only requests of this mode (text, image, reference, edit, extend); empty: any
    QString path{};       ///< only paths that contain this; empty: any
    int from = 1;         ///< begins with the nth of the requests that step, mode and path match
    int times = always;   ///< and holds for so many of them
    bool perPath = false; ///< counts each path by itself: "the first poll of every request"
    std::chrono::milliseconds delay{0};
    int status = 0;        ///< 0: what fits the reply
    QByteArray body{};     ///< of Status, ServerFault and Html
    QString contentType{}; ///< of Status; empty: application/json
    QMap<QString, QString> headers{};
    QString code{};                         ///< of Failed; empty: internal_error
    QString message{};                      ///< of Failed and the moderated ones; empty: as the service words it
    std::optional<qint64> costInUsdTicks{}; ///< reported as usage
    int progress = 42;                      ///< of Pending

    friend bool operator==(const Rule&, const Rule&) = default;
};

/// The unusual answers of the simulator; the first rule that applies wins.
struct Script
{
    QList<Rule> rules{};
    friend bool operator==(const Script&, const Script&) = default;
};

/// Reads a JSON array of rules; the text is a sentence on what is wrong with it.
std::variant<Script, QString> parseScript(const QByteArray& json);
QByteArray toJson(const Script& script);

/// The word for a step in scripts and in the ledger.
QString stepName(Step step);

/// Plays a script: counts the requests that each rule matches. Safe from any thread.
class ScriptPlayer
{
public:
    void set(const Script& script);
    Script script() const;
    /// Counts this request; returns the rule that applies to it, if there is one.
    std::optional<Rule> next(Step step, const QString& mode, const QString& path);

private:
    mutable std::mutex m_mutex;
    Script m_script;
    QList<QHash<QString, int>> m_seen; ///< per rule, by path where it counts per path
};

} // namespace clipkiln::simulator
