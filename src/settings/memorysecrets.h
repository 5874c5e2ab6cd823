// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settings/secretstore.h"

#include <QHash>

namespace clipkiln {

/// Keys that are kept until the program ends: for tests and for systems without a keychain.
class MemorySecrets final : public SecretStore
{
public:
    void read(const QString& name, std::function<void(Result<Secret>)> done) override;
    void write(const QString& name, const Secret& secret, std::function<void(std::optional<Error>)> done) override;
    void remove(const QString& name, std::function<void(std::optional<Error>)> done) override;

private:
    QHash<QString, Secret> m_secrets;
};

} // namespace clipkiln
