// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error.h"

#include "core/enumnames.h"
#include "core/text.h"

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr EnumNames<ErrorKind, 29> kindNames{{
    "offline"_L1,        "timeout"_L1,        "tls_failed"_L1,      "key_missing"_L1,   "key_refused"_L1,
    "rate_limited"_L1,   "out_of_credits"_L1, "rejected"_L1,        "not_available"_L1, "unknown_request"_L1,
    "server_fault"_L1,   "bad_answer"_L1,     "submit_lost"_L1,     "moderated"_L1,     "expired"_L1,
    "link_gone"_L1,      "not_a_clip"_L1,     "at_own_address"_L1,  "still_running"_L1, "invalid_request"_L1,
    "input_unusable"_L1, "disk"_L1,           "disk_full"_L1,       "database"_L1,      "unreadable"_L1,
    "profile_in_use"_L1, "port_in_use"_L1,    "address_refused"_L1, "keychain"_L1,
}};

constexpr EnumNames<ErrorAction, 8> actionNames{{"none"_L1, "try_again"_L1, "edit_and_run"_L1, "watch_again"_L1,
                                                 "open_key_settings"_L1, "open_folder_settings"_L1, "check_credits"_L1,
                                                 "wait"_L1}};

QString sentenceOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
        return Text::tr("No connection to the service. Clipkiln tries again by itself.");
    case ErrorKind::Timeout:
        return Text::tr("The service took too long to answer. Clipkiln tries again by itself.");
    case ErrorKind::TlsFailed:
        return Text::tr("No encrypted connection to the service. Check the network and the clock of this computer.");
    case ErrorKind::KeyMissing:
        return Text::tr("There is no key for this service. Add the key to go on.");
    case ErrorKind::KeyRefused:
        return Text::tr("The key was refused. Check it in the settings.");
    case ErrorKind::RateLimited:
        return Text::tr("Rate limit: the service asks for a pause. Clipkiln goes on by itself.");
    case ErrorKind::OutOfCredits:
        return Text::tr("The credits are used up or the spending limit is reached. Add credits, then try again.");
    case ErrorKind::Rejected:
        return Text::tr("The service refused this request. Change it and run it again.");
    case ErrorKind::NotAvailable:
        return Text::tr("The service does not offer this to your account. Choose another model or setting.");
    case ErrorKind::UnknownRequest:
        return Text::tr("The service does not know this job. Watch again, in case it does later.");
    case ErrorKind::ServerFault:
        return Text::tr("The service had a fault of its own. Try again later.");
    case ErrorKind::BadAnswer:
        return Text::tr("The answer of the service cannot be used. Watch again to ask once more.");
    case ErrorKind::SubmitLost:
        return Text::tr("The answer to the submit was lost. The service may be working on it and may charge for it.");
    case ErrorKind::Moderated:
        return Text::tr("Refused by content moderation. Change the prompt or the input.");
    case ErrorKind::Expired:
        return Text::tr("The service does not keep this clip any more. Try again for a new one.");
    case ErrorKind::LinkGone:
        return Text::tr("The address of the clip is gone. Watch again to ask for a new one.");
    case ErrorKind::NotAClip:
        return Text::tr("What came is not a video that can be opened. Watch again to fetch it once more.");
    case ErrorKind::AtOwnAddress:
        return Text::tr("The service put the clip at your own address. It cannot be read from here: fetch it there.");
    case ErrorKind::StillRunning:
        return Text::tr("Not finished at the time limit. The service is still working on it.");
    case ErrorKind::InvalidRequest:
        return Text::tr("The request cannot be sent as it is. Nothing was sent.");
    case ErrorKind::InputUnusable:
        return Text::tr("An input cannot be used. Choose another file.");
    case ErrorKind::Disk:
        return Text::tr("A file or folder could not be read or written. Check that the folder is there and yours.");
    case ErrorKind::DiskFull:
        return Text::tr("The disk is full. Make room or choose another folder.");
    case ErrorKind::Database:
        return Text::tr("The library's database could not be read or written. Check the disk of the profile.");
    case ErrorKind::Unreadable:
        return Text::tr(
            "What the library keeps of this job cannot be read. With a request id Clipkiln asks the service "
            "for it.");
    case ErrorKind::ProfileInUse:
        return Text::tr("Another Clipkiln is working with this profile. Close it first.");
    case ErrorKind::PortInUse:
        return Text::tr("The port is in use by another program. Choose another port.");
    case ErrorKind::AddressRefused:
        return Text::tr("This address cannot be used. It must begin with https (http only on this computer) and end "
                        "with /v1.");
    case ErrorKind::Keychain:
        return Text::tr("The system keychain cannot be used. The key is kept until you quit.");
    }
    return {};
}

ErrorAction actionOf(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Offline:
    case ErrorKind::Timeout:
    case ErrorKind::TlsFailed:
    case ErrorKind::RateLimited:
        return ErrorAction::Wait;
    case ErrorKind::KeyMissing:
    case ErrorKind::KeyRefused:
    case ErrorKind::AddressRefused:
        return ErrorAction::OpenKeySettings;
    case ErrorKind::OutOfCredits:
        return ErrorAction::CheckCredits;
    case ErrorKind::Rejected:
    case ErrorKind::NotAvailable:
    case ErrorKind::Moderated:
    case ErrorKind::InvalidRequest:
    case ErrorKind::InputUnusable:
        return ErrorAction::EditAndRun;
    case ErrorKind::UnknownRequest:
    case ErrorKind::BadAnswer:
    case ErrorKind::LinkGone:
    case ErrorKind::NotAClip:
    case ErrorKind::AtOwnAddress: // a new job would be paid for again
    case ErrorKind::StillRunning:
        return ErrorAction::WatchAgain;
    case ErrorKind::ServerFault:
    case ErrorKind::SubmitLost:
    case ErrorKind::Expired:
        return ErrorAction::TryAgain;
    case ErrorKind::Disk:
    case ErrorKind::DiskFull:
        return ErrorAction::OpenFolderSettings;
    case ErrorKind::Database:
    case ErrorKind::Unreadable:
    case ErrorKind::ProfileInUse:
    case ErrorKind::PortInUse:
    case ErrorKind::Keychain:
        return ErrorAction::None;
    }
    return ErrorAction::None;
}

QString labelOf(ErrorAction action)
{
    switch (action) {
    case ErrorAction::None:
    case ErrorAction::Wait:
        return {};
    case ErrorAction::TryAgain:
        return Text::tr("Try again");
    case ErrorAction::EditAndRun:
        return Text::tr("Edit and run");
    case ErrorAction::WatchAgain:
        return Text::tr("Watch again");
    case ErrorAction::OpenKeySettings:
        return Text::tr("Service and key…");
    case ErrorAction::OpenFolderSettings:
        return Text::tr("Folders…");
    case ErrorAction::CheckCredits:
        return Text::tr("Check credits");
    }
    return {};
}

} // namespace

Explanation explain(const Error& error)
{
    const ErrorAction action = actionOf(error.kind);
    return {sentenceOf(error.kind), action, labelOf(action)};
}

QString toName(ErrorKind kind)
{
    return kindNames.toName(kind);
}

std::optional<ErrorKind> errorKindFromName(const QString& name)
{
    return kindNames.fromName(name);
}

QString toName(ErrorAction action)
{
    return actionNames.toName(action);
}

} // namespace clipkiln
