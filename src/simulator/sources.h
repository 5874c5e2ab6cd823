// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "simulator/videorequest.h"

#include <QDir>
#include <QImage>

#include <functional>
#include <variant>

namespace clipkiln::simulator {

class FileStore;

/// Why an accepted request has failed: a code of CONTRACT.md 6.3 and a text.
struct Failure
{
    QString code;
    QString message;
};

/// Gets at the pictures and videos that a request names. Asks nothing of other hosts, nor of other programs on this
/// one: whoever may send a request could look into them that way.
class Sources
{
public:
    /// inputs holds what came as data URIs; clipFile returns the file behind one of our own clip addresses, or nothing;
    /// clipBase is where our own clips and files are served.
    Sources(const QDir& inputs, const FileStore& files, std::function<QString(const QString& path)> clipFile,
            std::function<QString()> clipBase);

    /// The picture, turned upright and scaled down to at most 2560 pixels. Of a remote address: a drawing that
    /// names its host.
    std::variant<QImage, Failure> picture(const Media& media) const;
    /// The path of the video's file.
    std::variant<QString, Failure> video(const Media& media) const;

private:
    std::variant<QString, Failure> localFile(const Media& media, const QString& field) const;

    const QDir m_inputs;
    const FileStore& m_files;
    const std::function<QString(const QString&)> m_clipFile;
    const std::function<QString()> m_clipBase;
};

} // namespace clipkiln::simulator
