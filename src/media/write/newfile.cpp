// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/write/newfile.h"

#include "core/files.h"

#include <QFile>
#include <QFileInfo>

#include <utility>

namespace clipkiln {

using namespace Qt::StringLiterals;

Result<NewFile> NewFile::create(const QString& folder, const QString& name)
{
    const QFileInfo wanted(name);
    QString path = folder + u'/' + name;
    for (int number = 2;; ++number) {
        QFile file(path);
        if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
            return NewFile(path);
        if (!file.exists())
            return diskError(path, file.errorString());
        path = folder + u"/%1 (%2).%3"_s.arg(wanted.completeBaseName(), QString::number(number), wanted.suffix());
    }
}

NewFile::NewFile(NewFile&& other) noexcept : m_path(std::exchange(other.m_path, {})), m_isKept(other.m_isKept) {}

NewFile& NewFile::operator=(NewFile&& other) noexcept
{
    std::swap(m_path, other.m_path);
    std::swap(m_isKept, other.m_isKept);
    return *this;
}

NewFile::~NewFile()
{
    if (!m_isKept && !m_path.isEmpty())
        QFile::remove(m_path);
}

} // namespace clipkiln
