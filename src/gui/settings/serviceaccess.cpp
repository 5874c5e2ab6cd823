// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/serviceaccess.h"

#include "core/result.h"
#include "gui/widgets/dialogs.h"
#include "jobs/engine.h"
#include "settings/secretstore.h"
#include "settings/settings.h"

#include <QPointer>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

const QString keyName = QString::fromLatin1(serviceKeyName);

} // namespace

ServiceAccess::ServiceAccess(Engine& engine, Settings& settings, SecretStore& secrets, Dialogs& dialogs,
                             Secret environmentKey, std::optional<Origin> fixedOrigin, Origin service, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_settings(settings)
    , m_secrets(secrets)
    , m_dialogs(dialogs)
    , m_environmentKey(std::move(environmentKey))
    , m_fixedOrigin(std::move(fixedOrigin))
    , m_service(std::move(service))
{
    connect(&m_engine, &Engine::keyChecked, this, &ServiceAccess::keyChecked);
    connect(&m_settings, &Settings::originChanged, this, &ServiceAccess::changed);
}

void ServiceAccess::start()
{
    // Another address was named on purpose and gets the variable's key, never one of the keychain.
    if (m_fixedOrigin && m_fixedOrigin->kind() == Origin::Kind::Other)
        m_engine.setKey(*m_fixedOrigin, m_environmentKey);

    m_secrets.read(keyName, [self = QPointer(this)](Result<Secret> key) {
        if (!self)
            return;
        const bool found = key && !key->isEmpty();
        self->m_key = found ? *key : Secret();
        self->m_keyState = found ? KeyState::Kept : KeyState::None;
        self->announce();
    });
}

Origin ServiceAccess::origin() const
{
    return m_fixedOrigin.value_or(m_settings.origin());
}

void ServiceAccess::useSimulator()
{
    setOrigin(Origin::simulator());
}

bool ServiceAccess::useService(QWidget* window)
{
    if (!m_settings.realMoneyExplained()) {
        const Dialogs::Question question{
            tr("Real videos cost money"),
            tr("From now on every video is made by the xAI service and charged to your key."),
            tr("The price stands above Generate before you send anything, and what a clip really cost in its row. Jobs "
               "made on "
               "the simulator stay there."),
            tr("Use the xAI service"), tr("Stay on the simulator")};
        if (!m_dialogs.ask(window, question))
            return false;
        m_settings.setRealMoneyExplained(true);
    }
    setOrigin(m_service);
    return true;
}

void ServiceAccess::setOrigin(const Origin& origin)
{
    m_fixedOrigin.reset();
    m_settings.setOrigin(origin);
    Q_EMIT changed();
}

ServiceAccess::KeyState ServiceAccess::keyState() const
{
    if (hasEnvironmentKey() && m_settings.useEnvironmentKey())
        return KeyState::Environment;
    return m_keyState;
}

void ServiceAccess::setUseEnvironmentKey(bool use)
{
    m_settings.setUseEnvironmentKey(use);
    announce();
}

void ServiceAccess::saveKey(const Secret& key, std::function<void(std::optional<Error>)> done)
{
    m_secrets.write(keyName, key, [self = QPointer(this), key, done = std::move(done)](std::optional<Error> error) {
        if (self) {
            self->m_key = key;
            self->m_keyState = error ? KeyState::SessionOnly : KeyState::Kept;
            self->m_settings.setUseEnvironmentKey(false);
            self->announce();
        }
        done(error);
    });
}

void ServiceAccess::removeKey(std::function<void(std::optional<Error>)> done)
{
    m_secrets.remove(keyName, [self = QPointer(this), done = std::move(done)](std::optional<Error> error) {
        if (self) {
            self->m_key = {};
            self->m_keyState = KeyState::None;
            self->announce();
        }
        done(error);
    });
}

void ServiceAccess::checkKey(const Secret& key)
{
    const Secret asked = key.isEmpty() ? keyInUse() : key;
    if (asked.isEmpty()) {
        Q_EMIT keyChecked({}, Error{ErrorKind::KeyMissing, {}});
        return;
    }
    m_engine.checkKey(m_service, asked);
}

Secret ServiceAccess::keyInUse() const
{
    return keyState() == KeyState::Environment ? m_environmentKey : m_key;
}

void ServiceAccess::announce()
{
    m_engine.setKey(m_service, keyInUse());
    Q_EMIT changed();
}

} // namespace clipkiln
