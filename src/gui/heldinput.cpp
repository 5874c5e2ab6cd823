// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/heldinput.h"

#include "gui/format.h"
#include "gui/incoming.h"
#include "gui/inputloader.h"

#include <QFileInfo>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace clipkiln {

HeldInput::HeldInput(InputKind kind, InputWorkshop& workshop, QObject* parent)
    : QObject(parent), m_kind(kind), m_loader(new InputLoader(workshop, this))
{
    connect(m_loader, &InputLoader::loaded, this, [this](const LocalFile& file, const QImage& preview) {
        m_input = file;
        m_preview = QPixmap::fromImage(preview);
        const bool isVideo = m_kind == InputKind::Video;
        setFacts(file.name,
                 tr("%1 · %2 · %3")
                     .arg(isVideo ? formatMeasured(file.seconds) : formatSize(file.size),
                          isVideo ? formatSize(file.size) : formatRatio(file.size), formatBytes(file.bytes)),
                 file.path);
        Q_EMIT loaded();
    });
    connect(m_loader, &InputLoader::failed, this, [this](const Error& error) {
        clear();
        Q_EMIT failed(error);
    });
}

bool HeldInput::isLoading() const
{
    return m_loader->isLoading();
}

QString HeldInput::icon() const
{
    if (m_input && !file())
        return u"link"_s;
    return m_kind == InputKind::Video ? u"film"_s : u"image"_s;
}

void HeldInput::setFile(const QString& path)
{
    showLoading(QFileInfo(path).fileName());
    if (m_kind == InputKind::Video)
        m_loader->loadVideo(path);
    else
        m_loader->loadFile(path);
    Q_EMIT changed();
}

void HeldInput::setInput(const Input& input)
{
    if (const auto* known = std::get_if<LocalFile>(&input)) {
        showLoading(known->name);
        m_loader->loadKnown(*known);
    } else {
        m_loader->cancel();
        m_input = input;
        m_preview = {};
        if (const auto* remote = std::get_if<RemoteUrl>(&input))
            setFacts(remote->url.host(), tr("fetched by the service"), remote->url.toDisplayString());
        else
            setFacts(std::get<UploadedFile>(input).fileId, tr("lies with the service"), {});
    }
    Q_EMIT changed();
}

bool HeldInput::takeFrom(const QMimeData& mime)
{
    const Incoming incoming = incomingFrom(mime);
    if (m_kind == InputKind::Video ? !incoming.isVideo() : !incoming.isImage())
        return false;
    if (!incoming.files.isEmpty()) {
        setFile(incoming.files.first());
    } else if (!incoming.address.isEmpty()) {
        setInput(RemoteUrl{incoming.address});
    } else {
        showLoading(tr("Pasted image"));
        const QString format = encodedImageFormat(mime);
        if (!format.isEmpty())
            m_loader->loadEncoded(mime.data(format));
        else
            m_loader->loadPixels(qvariant_cast<QImage>(mime.imageData()));
        Q_EMIT changed();
    }
    return true;
}

void HeldInput::clear()
{
    m_loader->cancel();
    m_input.reset();
    m_preview = {};
    setFacts({}, {}, {});
    Q_EMIT changed();
}

void HeldInput::showLoading(const QString& name)
{
    m_input.reset();
    m_preview = {};
    setFacts(name, tr("Reading…"), {});
}

void HeldInput::setFacts(const QString& name, const QString& facts, const QString& toolTip)
{
    m_name = name;
    m_facts = facts;
    m_toolTip = toolTip;
}

} // namespace clipkiln
