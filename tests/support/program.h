// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/simulator.h"

#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace clipkiln::test {

/// How a run of the real program ended.
struct Outcome
{
    int exitCode = -1;
    QByteArray out;
    QByteArray err;

    /// Standard output as JSON Lines; an empty list when a line is none.
    [[nodiscard]] QList<QJsonObject> lines() const;
    /// The one line there is.
    [[nodiscard]] QJsonObject line() const;
};

/// The real program as a process, with a profile of its own, beside a simulator that this process can look into.
class Program
{
public:
    /// A key that is easy to find wherever it must not be.
    static constexpr char key[] = "xai-never-to-be-seen-7f3a";

    /// render: real clips; else a tiny canned one.
    explicit Program(bool render = false);
    ~Program();

    /// Starts `clipkiln --profile <profile> <arguments>` without a display and with the key in XAI_API_KEY.
    [[nodiscard]] std::unique_ptr<QProcess> start(const QStringList& arguments) const;
    /// The same, not started yet.
    [[nodiscard]] std::unique_ptr<QProcess> prepare(const QStringList& arguments) const;
    /// Started and waited for.
    [[nodiscard]] Outcome run(const QStringList& arguments) const;
    [[nodiscard]] Outcome end(QProcess& process) const;

    /// Arguments for a short text clip from the simulator of this process, as JSON, to `output` in the folder.
    [[nodiscard]] QStringList generateText(const QString& output = QStringLiteral("out.mp4")) const;
    /// What tells the program to use that simulator, with waits cut short.
    [[nodiscard]] QStringList quickly() const;

    void play(const QList<simulator::Rule>& rules) { simulator.setScript({rules}); }
    [[nodiscard]] QList<simulator::LedgerEntry> seen(simulator::Step step) const;
    [[nodiscard]] qsizetype posts() const { return seen(simulator::Step::Post).size(); }

    [[nodiscard]] QString path(const QString& name) const { return folder.filePath(name); }
    [[nodiscard]] QString profile() const { return path(QStringLiteral("profile")); }

    QTemporaryDir folder;
    QByteArray environmentKey = key;
    simulator::Simulator simulator;

private:
    mutable QByteArray m_said;
};

} // namespace clipkiln::test
