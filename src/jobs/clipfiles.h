// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/error.h"

#include <QHash>
#include <QObject>
#include <QThreadPool>

namespace clipkiln {

class ClipStore;

/// What a person does with finished clips: bin them, bring them back, copy them.
class ClipFiles final : public QObject
{
    Q_OBJECT

public:
    explicit ClipFiles(ClipStore& clips, QObject* parent = nullptr);
    ~ClipFiles() override; ///< waits for copies under way

    /// Moves the file to the system's bin and the row out of the library. Where there is no bin the clip stays as it
    /// is.
    void bin(const ClipId& id);
    /// Brings back what bin() took in this run, beside a file that has its name by now.
    void restore(const ClipId& id);
    /// Copies in another thread; ends in copied() or copyFailed(). A file of that name is replaced only with overwrite.
    /// Without details the copy is what the service sent: nobody publishes a prompt unknowingly.
    void copy(const ClipId& id, const QString& path, bool overwrite, bool withDetails = false);

Q_SIGNALS:
    void removed(const clipkiln::ClipId& id);
    void restored(const clipkiln::Clip& clip);
    void copied(const clipkiln::ClipId& id, const QString& path);
    void copyFailed(const clipkiln::ClipId& id, const clipkiln::Error& error);
    void trouble(const clipkiln::Error& error);

private:
    struct Binned
    {
        Clip clip;
        QString path; ///< in the bin; empty when the file was gone before
    };

    ClipStore& m_clips;
    QHash<ClipId, Binned> m_binned;
    QThreadPool m_workers;
};

} // namespace clipkiln
