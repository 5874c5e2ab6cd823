// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/leftovers.h"

#include "jobs/clipfinalizer.h"
#include "jobs/lifecycle.h"

#include <QDir>
#include <QFileInfo>
#include <QHash>
#include <QSet>

using namespace Qt::StringLiterals;

namespace clipkiln {

void clearLeftovers(const QString& clipsFolder, const QList<Job>& jobs, const QDateTime& now)
{
    QSet<QString> folders{clipsFolder};
    QHash<QString, bool> over; // by the name of the job's temporary file
    for (const Job& job : jobs) {
        const QFileInfo temporary(temporaryFileOf(job, targetOf(job, clipsFolder)));
        folders.insert(temporary.absolutePath());
        over.insert(temporary.fileName(), isOver(job.phase));
    }
    folders.remove({});
    for (const QString& folder : std::as_const(folders)) {
        const auto files = QDir(folder).entryInfoList({u".clipkiln-*.part"_s}, QDir::Files | QDir::Hidden);
        for (const QFileInfo& file : files) {
            const auto known = over.constFind(file.fileName());
            if (known != over.cend() && !*known)
                continue;
            const int days = known == over.cend() ? 7 : 1;
            if (file.lastModified() < now.addDays(-days))
                QFile::remove(file.filePath());
        }
    }
}

} // namespace clipkiln
