// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/preparationpool.h"

#include "settings/settings.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

/// Files of requests that were sent have been copied to the profile's inputs; the rest is of no use the next day.
void removeOld(const QString& folder, const QStringList& names)
{
    const QDateTime yesterday = QDateTime::currentDateTimeUtc().addDays(-1);
    const auto files = QDir(folder).entryInfoList(names, QDir::Files | QDir::Hidden);
    for (const QFileInfo& file : files) {
        if (file.lastModified() < yesterday)
            QFile::remove(file.filePath());
    }
}

} // namespace

PreparationPool::PreparationPool(const QString& folder, const Settings& settings)
    : m_folder(folder), m_settings(settings)
{
    constexpr int atOnce = 2; // a 12 megapixel photo takes about 50 MB while it is open
    m_threads.setMaxThreadCount(atOnce);
    m_threads.start([folder, prepared = preparedFolder()] {
        removeOld(folder, {u"pasted-*"_s, u"last-frame-*.png"_s});
        removeOld(prepared, {});
    });
}

PreparationPool::~PreparationPool()
{
    for (QFuture<void>& each : m_running)
        each.cancel();
    m_threads.waitForDone();
}

QString PreparationPool::preparedFolder() const
{
    return m_folder + u"/prepared"_s;
}

bool PreparationPool::removesMetadata() const
{
    return m_settings.removeMetadata();
}

} // namespace clipkiln
