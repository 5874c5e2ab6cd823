// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/models/clipactions.h"

#include "core/text.h"

namespace clipkiln {

QList<ClipAction> clipActions()
{
    return {ClipAction::Play, ClipAction::SaveAs,   ClipAction::ShowInFolder, ClipAction::CopyFile, ClipAction::Extend,
            ClipAction::Edit, ClipAction::RunAgain, ClipAction::EditAndRun,   ClipAction::Bin};
}

QString actionText(ClipAction action)
{
    switch (action) {
    case ClipAction::Play:
        return Text::tr("Play");
    case ClipAction::SaveAs:
        return Text::tr("Save as…");
    case ClipAction::ShowInFolder:
        return Text::tr("Show in folder");
    case ClipAction::CopyFile:
        return Text::tr("Copy file");
    case ClipAction::Extend:
        return Text::tr("Extend");
    case ClipAction::Edit:
        return Text::tr("Edit");
    case ClipAction::RunAgain:
        return Text::tr("Run again");
    case ClipAction::EditAndRun:
        return Text::tr("Edit and run");
    case ClipAction::Bin:
        return Text::tr("Move to bin");
    }
    return {};
}

} // namespace clipkiln
