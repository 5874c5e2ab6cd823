// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli.h"

#include "cli/commandcontext.h"
#include "cli/report.h"
#include "cli/stopsignals.h"
#include "core/text.h"
#include "simulator/simulator.h"
#include "store/profile.h"

#include <QDir>
#include <QEventLoop>

#include <memory>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

/// A folder that no other serve works in; the embedded simulator of the profile has its own.
std::shared_ptr<FileLock> takeFolder(const Profile& profile, QString& folder)
{
    constexpr int most = 100;
    for (int number = 1; number <= most; ++number) {
        folder = profile.dataFolder() + u"/serve"_s + (number > 1 ? u"-%1"_s.arg(number) : QString());
        if (!QDir().mkpath(folder))
            break;
        if (auto lock = FileLock::take(folder + u".lock"_s))
            return *lock;
    }
    return nullptr;
}

} // namespace

ExitCode serve(const Arguments& arguments, const CommandContext& context)
{
    if (const auto error = context.profile.makeFolders()) {
        reportError(*error);
        return exitCodeOf(*error);
    }
    simulator::Options options;
    const std::shared_ptr<FileLock> lock = takeFolder(context.profile, options.folder);
    if (!lock) {
        reportError({ErrorKind::Disk, QDir::toNativeSeparators(context.profile.dataFolder())});
        return ExitCode::LocalTrouble;
    }
    options.port = arguments.port;
    options.speed = arguments.speed;
    options.modelsFile = context.profile.modelsFile();
    simulator::Simulator simulator(options);
    if (const std::optional<QString> error = simulator.start()) {
        say(u"clipkiln: "_s + *error);
        return ExitCode::LocalTrouble;
    }

    QEventLoop loop;
    const StopSignals signals;
    QObject::connect(&signals, &StopSignals::caught, &loop, &QEventLoop::quit);
    printResult(simulator.baseUrl());
    say(Text::tr("The simulator answers here: no cost, any key. Stop it with Ctrl+C."));
    loop.exec();
    return ExitCode::Done;
}

} // namespace clipkiln::cli
