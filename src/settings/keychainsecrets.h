// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settings/secretstore.h"

#include <QHash>

#include <memory>

namespace clipkiln {

/// Keys in the system's keychain, under the service name "Clipkiln"; what it refuses to store is kept until the program
/// ends (src/README.md, Qt fact 13).
class KeychainSecrets final : public SecretStore
{
public:
    KeychainSecrets();

    void read(const QString& name, std::function<void(Result<Secret>)> done) override;
    void write(const QString& name, const Secret& secret, std::function<void(std::optional<Error>)> done) override;
    void remove(const QString& name, std::function<void(std::optional<Error>)> done) override;

private:
    using Kept = QHash<QString, Secret>;
    std::shared_ptr<Kept> m_kept; // shared with jobs under way, which may outlive this object
};

} // namespace clipkiln
