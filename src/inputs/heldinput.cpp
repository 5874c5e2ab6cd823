// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/heldinput.h"

#include "core/format.h"
#include "core/validate.h"
#include "inputs/incoming.h"
#include "media/prepare/imagefit.h"

#include <QFileInfo>
#include <QMimeData>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr std::chrono::milliseconds holdingStill = 250ms;

} // namespace

HeldInput::HeldInput(InputKind kind, InputWorkshop& workshop, QObject* parent)
    : QObject(parent), m_kind(kind), m_loader(new InputLoader(workshop, this))
{
    m_refit.setSingleShot(true);
    connect(&m_refit, &QTimer::timeout, this, [this] { m_loader->refit(*m_loaded, neededFit()); });
    connect(m_loader, &InputLoader::loaded, this, &HeldInput::take);
    connect(m_loader, &InputLoader::failed, this, &HeldInput::fail);
    connect(m_loader, &InputLoader::progressed, this, [this](double done) {
        m_progress = done;
        Q_EMIT progressed();
    });
}

void HeldInput::take(const LoadedInput& input)
{
    m_loaded = input;
    m_preview = QPixmap::fromImage(input.preview);
    const LocalFile& file = input.sent.file;
    m_input = file;
    const bool isVideo = m_kind == InputKind::Video;
    setFacts(file.name,
             tr("%1 · %2 · %3")
                 .arg(isVideo ? formatMeasured(file.seconds) : formatSize(file.size),
                      isVideo ? formatSize(file.size) : formatRatio(file.size), formatBytes(file.bytes)),
             input.original);
    follow(0ms); // the ratio or the limit may have changed meanwhile
    if (!isLoading())
        Q_EMIT loaded();
}

void HeldInput::fail(const Error& error)
{
    giveUp();
    Q_EMIT failed(error);
}

QString HeldInput::toolTip() const
{
    return (QStringList(m_toolTip) + notes()).join(u'\n');
}

QString HeldInput::icon() const
{
    if (m_input && !file())
        return u"link"_s;
    return m_kind == InputKind::Video ? u"film"_s : u"image"_s;
}

void HeldInput::setFile(const QString& path)
{
    beginLoad(QFileInfo(path).fileName(), {ImageFit::How::Crop, m_fit.ratio, {0.5, 0.5}, {}});
    if (m_kind == InputKind::Video)
        m_loader->loadVideo(path, m_longest);
    else
        m_loader->loadFile(path, m_fit);
    Q_EMIT changed();
}

void HeldInput::setInput(const Input& input)
{
    if (const auto* known = std::get_if<LocalFile>(&input)) {
        beginLoad(known->name, {ImageFit::How::Keep, m_fit.ratio, {0.5, 0.5}, {}});
        m_loader->loadKnown(*known);
    } else {
        beginLoad({}, m_fit);
        m_loader->cancel();
        m_input = input;
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
        beginLoad(tr("Pasted image"), {ImageFit::How::Crop, m_fit.ratio, {0.5, 0.5}, {}});
        const QString format = encodedImageFormat(mime);
        if (!format.isEmpty())
            m_loader->loadEncoded(mime.data(format), m_fit);
        else
            m_loader->loadPixels(qvariant_cast<QImage>(mime.imageData()), m_fit);
        Q_EMIT changed();
    }
    return true;
}

void HeldInput::clear()
{
    beginLoad({}, m_fit);
    m_loader->cancel();
    setFacts({}, {}, {});
    Q_EMIT changed();
}

void HeldInput::beginLoad(const QString& name, const ImageFit& fit)
{
    m_refit.stop();
    m_fit = fit;
    m_input.reset();
    m_loaded.reset();
    m_preview = {};
    m_progress = 0;
    setFacts(name, tr("Reading…"), {});
}

void HeldInput::setRatio(QSize ratio)
{
    ImageFit fit = m_fit;
    fit.ratio = ratio;
    setFit(fit);
}

void HeldInput::setFit(const ImageFit& fit)
{
    if (fit == m_fit)
        return;
    m_fit = fit;
    follow(holdingStill);
    if (m_loaded)
        Q_EMIT changed();
}

bool HeldInput::isMisfit() const
{
    return m_kind == InputKind::Image && m_loaded && !hasRatio(wholeSize(), m_fit.ratio);
}

ImageFit HeldInput::neededFit() const
{
    return isMisfit() && m_fit.how != ImageFit::How::Keep ? m_fit : ImageFit();
}

QString HeldInput::stretchNote() const
{
    if (!isMisfit() || m_fit.how != ImageFit::How::Keep)
        return {};
    return tr("Sent as it is. The clip is %1: the service may stretch the image.").arg(ratioName());
}

QString HeldInput::ratioName() const
{
    const QSize ratio = m_fit.ratio;
    return ratio.width() <= 99 ? u"%1:%2"_s.arg(ratio.width()).arg(ratio.height()) : tr("the start image");
}

void HeldInput::setLongest(double seconds)
{
    m_longest = seconds;
    follow(0ms);
}

bool HeldInput::isTooLong() const
{
    return m_longest > 0 && file() && file()->seconds > m_longest + sourceTolerance;
}

void HeldInput::cut(const VideoPart& part)
{
    m_progress = 0;
    m_loader->cut(*m_loaded, part);
    Q_EMIT changed();
}

void HeldInput::cancelCut()
{
    m_loader->cancel();
    giveUp();
}

void HeldInput::giveUp()
{
    const bool canStay = m_loaded && m_kind == InputKind::Video && (!m_loaded->isTooLong || isTooLong());
    if (canStay)
        Q_EMIT changed();
    else
        clear(); // what there is was never made ready
}

void HeldInput::follow(std::chrono::milliseconds delay)
{
    if (!m_loaded)
        return;
    if (m_kind == InputKind::Video) {
        // Another mode takes all of it.
        if (m_loaded->isTooLong && !isTooLong() && !isLoading()) {
            m_progress = 0;
            m_loader->cut(*m_loaded, {});
            Q_EMIT changed();
        }
        return;
    }
    m_loader->cancel();
    if (m_loaded->fit == neededFit())
        m_refit.stop();
    else
        m_refit.start(delay);
}

void HeldInput::setFacts(const QString& name, const QString& facts, const QString& toolTip)
{
    m_name = name;
    m_facts = facts;
    m_toolTip = toolTip;
}

} // namespace clipkiln
