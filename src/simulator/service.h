// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/filestore.h"
#include "simulator/generations.h"
#include "simulator/http.h"
#include "simulator/ledger.h"
#include "simulator/script.h"

#include <functional>

namespace clipkiln::simulator {

struct Options;

/// What the API answers to a request, and what the server of the clips does. Safe from any thread.
class Service
{
public:
    /// clipBase: the address of the clip server, asked when it is needed.
    Service(const Options& options, std::function<QString()> clipBase);

    std::optional<QString> restore() { return m_generations.restore(); }
    HttpAnswer answerApi(const HttpRequest& request);
    HttpAnswer answerClip(const HttpRequest& request);

    ScriptPlayer& script() { return m_script; }
    Ledger& ledger() { return m_ledger; }

private:
    HttpAnswer answerStep(Step step, const HttpRequest& request);
    HttpAnswer answerScripted(const Rule& rule, const HttpRequest& request);
    /// The data URIs of the request are files already.
    HttpAnswer answerPost(const HttpRequest& request);
    HttpAnswer answerPoll(const QString& id);
    HttpAnswer answerDone(const Generation& generation);
    HttpAnswer answerControl(const HttpRequest& request);
    QString modeOfRequest(Step step, const HttpRequest& request) const;

    const Models m_models;
    FileStore m_files;
    Generations m_generations;
    ScriptPlayer m_script;
    Ledger m_ledger;
    const bool m_strict;
    const std::function<QString()> m_clipBase;
};

} // namespace clipkiln::simulator
