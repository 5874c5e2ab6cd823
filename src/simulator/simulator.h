// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/ledger.h"
#include "simulator/script.h"

#include <QString>

#include <memory>
#include <optional>

namespace clipkiln::simulator {

struct Options
{
    QString folder;       ///< where requests and clips are kept; made when missing, taken up again on the next start
    int port = 0;         ///< of the API; 0: a free one
    double speed = 10;    ///< 1: as slow as recorded from the real service
    bool render = true;   ///< false: every clip is one tiny canned MP4, for tests by the thousand
    bool strict = false;  ///< refuses fields that are not documented, which the service ignores
    QString modelsFile{}; ///< of a person's own models beside the built-in ones; need not be there
    Script script{};
};

/// The service on two loopback ports, one for the API and one for the clips, rendering real MP4 files.
/// Rendering needs a QGuiApplication.
class Simulator
{
public:
    explicit Simulator(const Options& options);
    ~Simulator(); // stops
    Simulator(const Simulator&) = delete;
    Simulator& operator=(const Simulator&) = delete;

    /// The text is a sentence on why it does not run: port in use, folder not writable.
    std::optional<QString> start();
    void stop();

    QString baseUrl() const; ///< http://127.0.0.1:PORT/v1
    int port() const;
    QString clipUrl() const; ///< http://127.0.0.1:PORT, where the clips are

    /// May be changed while it runs, from any thread, also by PUT /simulator/script. Begins to count anew.
    void setScript(const Script& script);
    QList<LedgerEntry> ledger() const;
    void clearLedger();

private:
    class Running;
    Options m_options;
    std::unique_ptr<Running> m_running;
};

} // namespace clipkiln::simulator
