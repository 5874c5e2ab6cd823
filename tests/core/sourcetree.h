// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QMap>
#include <QString>
#include <QStringList>

namespace clipkiln {

/// The program's sources as text: what the rules of tst_rooms are held against.
struct SourceTree
{
    QString buildFile;            ///< src/CMakeLists.txt
    QMap<QString, QString> files; ///< by path from src/ ("core/job.h"), forms as "ui/createpanel.ui"
};

/// Reads the sources and forms below the project's folder.
[[nodiscard]] SourceTree readSourceTree(const QString& projectFolder);

/// One clipkiln_room() of the build file.
struct Room
{
    QString target;    ///< "Clipkiln::GuiInputs"
    QStringList forms; ///< "ui/createpanel.ui"
    QStringList knows; ///< its KNOWS list, and what is linked beside it on one system only
};

/// By folder from src/, "gui/inputs".
using Rooms = QMap<QString, Room>;
[[nodiscard]] Rooms roomsOf(QString buildFile);

/// How many includes lead from one room to another; an include of a form counts for the room that lists the form.
using RoomGraph = QMap<QString, QMap<QString, int>>;
[[nodiscard]] RoomGraph roomGraph(const SourceTree& tree);

/// The includes of a text in a room that reach past the room's list, each as "core/job.h needs Clipkiln::Core".
[[nodiscard]] QStringList trespasses(const QString& text, const QString& folder, const Rooms& rooms);

/// Everything in the tree that breaks a rule of the architecture, each as a sentence.
[[nodiscard]] QStringList violations(const SourceTree& tree);

/// The rooms from the lowest up, each with its size and its edges, then the sums.
[[nodiscard]] QString describe(const SourceTree& tree);

} // namespace clipkiln
