// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/origin.h"
#include "core/secret.h"

#include <QObject>

#include <functional>
#include <optional>

QT_BEGIN_NAMESPACE
class QWidget;
QT_END_NAMESPACE

namespace clipkiln {

class Dialogs;
class Engine;
class SecretStore;
class Settings;

/// Which service new jobs go to and with which key: joins preferences, keychain, environment and engine.
/// Keys only pass through; after start() the engine gets every change.
class ServiceAccess final : public QObject
{
    Q_OBJECT

public:
    enum class KeyState {
        Unknown,     ///< the keychain has not answered yet
        None,        ///< jobs for the real service wait
        Kept,        ///< in the system keychain
        SessionOnly, ///< no keychain: in memory until Clipkiln quits
        Environment, ///< XAI_API_KEY, chosen by the person
    };

    /// fixedOrigin: from the command line; for this run it stands above the preference. service: what keys are kept for
    /// and checked with; tests name an address of their own machine.
    ServiceAccess(Engine& engine, Settings& settings, SecretStore& secrets, Dialogs& dialogs, Secret environmentKey,
                  std::optional<Origin> fixedOrigin, Origin service = Origin::service(), QObject* parent = nullptr);

    /// Reads the keychain and gives the engine what there is.
    void start();

    [[nodiscard]] Origin origin() const;
    void useSimulator();
    /// Goes over to the real service; the first time says once what that means and asks. False when the person
    /// declined.
    bool useService(QWidget* window);

    [[nodiscard]] KeyState keyState() const;
    [[nodiscard]] bool hasEnvironmentKey() const { return !m_environmentKey.isEmpty(); }
    void setUseEnvironmentKey(bool use);

    /// Keeps a key for the real service; the error says that it is kept for this session only.
    void saveKey(const Secret& key, std::function<void(std::optional<Error>)> done);
    void removeKey(std::function<void(std::optional<Error>)> done);
    /// Asks the service about the key in use, or about the one given; ends in keyChecked().
    void checkKey(const Secret& key = {});

Q_SIGNALS:
    void changed();
    void keyChecked(const QString& name, const std::optional<clipkiln::Error>& error);

private:
    void setOrigin(const Origin& origin);
    [[nodiscard]] Secret keyInUse() const;
    void announce();

    Engine& m_engine;
    Settings& m_settings;
    SecretStore& m_secrets;
    Dialogs& m_dialogs;
    Secret m_environmentKey;
    std::optional<Origin> m_fixedOrigin;
    const Origin m_service;
    Secret m_key;
    KeyState m_keyState = KeyState::Unknown;
};

} // namespace clipkiln
