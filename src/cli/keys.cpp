// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/keys.h"

#include "cli/commandcontext.h"
#include "core/keytext.h"
#include "core/text.h"
#include "settings/secretstore.h"

#include <QEventLoop>
#include <QTimer>

#include <memory>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

/// Waits for a store that answers later.
Result<Secret> readNow(SecretStore& secrets, const QString& name)
{
    using namespace std::chrono_literals;
    // The answer may come after we gave up, so it must not write into this frame.
    struct Wait
    {
        QEventLoop loop;
        std::optional<Result<Secret>> answer;
    };
    const auto wait = std::make_shared<Wait>();
    secrets.read(name, [wait](const Result<Secret>& answer) {
        wait->answer = answer;
        wait->loop.quit();
    });
    constexpr auto patience = 60s; // a person may have to type the keychain's password
    QTimer::singleShot(patience, &wait->loop, &QEventLoop::quit);
    if (!wait->answer)
        wait->loop.exec();
    return wait->answer.value_or(Error{ErrorKind::Keychain, Text::tr("The keychain did not answer.")});
}

} // namespace

Result<Secret> keyFor(const Origin& origin, const CommandContext& context)
{
    if (origin.isSimulated())
        return Secret();
    if (!context.environmentKey.isEmpty()) {
        const Result<Secret> key = keyFromText(QString::fromUtf8(context.environmentKey.reveal()));
        if (!key)
            return Error{ErrorKind::KeyMissing, u"XAI_API_KEY: "_s + key.error().detail};
        return *key;
    }
    // A key of the keychain was given for the real service and goes nowhere else.
    if (origin.kind() != Origin::Kind::Service)
        return Error{ErrorKind::KeyMissing,
                     Text::tr("There is no key for %1. Set XAI_API_KEY.").arg(origin.toString())};
    const Result<Secret> kept = readNow(context.secrets, QString::fromLatin1(serviceKeyName));
    if (kept && !kept->isEmpty())
        return *kept;
    QString sentence = Text::tr("There is no key. Set XAI_API_KEY or add one in the window; --simulator needs none.");
    if (!kept)
        sentence += u' ' + Text::tr("(The system's keychain cannot be used: %1)").arg(kept.error().detail);
    return Error{ErrorKind::KeyMissing, sentence};
}

} // namespace clipkiln::cli
