// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "core/secret.h"

#include <functional>

namespace clipkiln {

/// Keeps API keys by name ("xai"). Every call answers later, exactly once, on the caller's thread.
class SecretStore
{
public:
    virtual ~SecretStore() = default;

    /// An empty secret when there is none by this name; Keychain when the system's keychain cannot be used.
    virtual void read(const QString& name, std::function<void(Result<Secret>)> done) = 0;
    /// On a Keychain error the secret is kept in memory until the program ends.
    virtual void write(const QString& name, const Secret& secret, std::function<void(std::optional<Error>)> done) = 0;
    virtual void remove(const QString& name, std::function<void(std::optional<Error>)> done) = 0;
};

/// The name under which the real service's key is kept.
inline constexpr char serviceKeyName[] = "xai";

} // namespace clipkiln
