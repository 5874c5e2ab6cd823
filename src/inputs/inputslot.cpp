// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/inputslot.h"

#include "core/format.h"
#include "core/plaintext.h"
#include "core/sourcerules.h"
#include "inputs/droppedcontent.h"
#include "media/prepare/imagefit.h"

#include <QFileInfo>
#include <QMimeData>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr std::chrono::milliseconds refitDelay = 250ms;

} // namespace

InputSlot::InputSlot(InputKind kind, PreparationPool& pool, QObject* parent)
    : QObject(parent), m_kind(kind), m_loader(new InputLoader(pool, this))
{
    m_refit.setSingleShot(true);
    connect(&m_refit, &QTimer::timeout, this, [this] { m_loader->refit(*m_loaded, neededFit()); });
    connect(m_loader, &InputLoader::loaded, this, &InputSlot::take);
    connect(m_loader, &InputLoader::failed, this, &InputSlot::fail);
    connect(m_loader, &InputLoader::progressed, this, [this](double done) {
        m_progress = done;
        Q_EMIT progressed();
    });
}

void InputSlot::take(const LoadedInput& input)
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

void InputSlot::fail(const Error& error)
{
    giveUp();
    Q_EMIT failed(error);
}

QString InputSlot::toolTip() const
{
    return (QStringList(m_toolTip) + notes()).join(u'\n');
}

QString InputSlot::icon() const
{
    if (m_input && !file())
        return u"link"_s;
    return m_kind == InputKind::Video ? u"film"_s : u"image"_s;
}

void InputSlot::setFile(const QString& path)
{
    beginLoad(QFileInfo(path).fileName(), {ImageFit::How::Crop, m_fit.ratio, {0.5, 0.5}, {}});
    if (m_kind == InputKind::Video)
        m_loader->loadVideo(path, m_longest);
    else
        m_loader->loadFile(path, m_fit);
    Q_EMIT changed();
}

void InputSlot::setInput(const Input& input)
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

bool InputSlot::takeFrom(const QMimeData& mime)
{
    const DroppedContent dropped = droppedContentFrom(mime);
    if (m_kind == InputKind::Video ? !dropped.isVideo() : !dropped.isImage())
        return false;
    if (!dropped.files.isEmpty()) {
        setFile(dropped.files.first());
    } else if (!dropped.address.isEmpty()) {
        setInput(RemoteUrl{dropped.address});
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

void InputSlot::clear()
{
    beginLoad({}, m_fit);
    m_loader->cancel();
    setFacts({}, {}, {});
    Q_EMIT changed();
}

void InputSlot::beginLoad(const QString& name, const ImageFit& fit)
{
    m_refit.stop();
    m_fit = fit;
    m_input.reset();
    m_loaded.reset();
    m_preview = {};
    m_progress = 0;
    setFacts(name, tr("Reading…"), {});
}

void InputSlot::setRatio(QSize ratio)
{
    ImageFit fit = m_fit;
    fit.ratio = ratio;
    setFit(fit);
}

void InputSlot::setFit(const ImageFit& fit)
{
    if (fit == m_fit)
        return;
    m_fit = fit;
    follow(refitDelay);
    if (m_loaded)
        Q_EMIT changed();
}

bool InputSlot::isMisfit() const
{
    return m_kind == InputKind::Image && m_loaded && !hasRatio(wholeSize(), m_fit.ratio);
}

ImageFit InputSlot::neededFit() const
{
    return isMisfit() && m_fit.how != ImageFit::How::Keep ? m_fit : ImageFit();
}

QString InputSlot::stretchNote() const
{
    if (!isMisfit() || m_fit.how != ImageFit::How::Keep)
        return {};
    return tr("Sent as it is. The clip is %1: the service may stretch the image.").arg(ratioName());
}

QString InputSlot::ratioName() const
{
    const QSize ratio = m_fit.ratio;
    return ratio.width() <= 99 ? u"%1:%2"_s.arg(ratio.width()).arg(ratio.height()) : tr("the start image");
}

void InputSlot::setLongest(double seconds)
{
    m_longest = seconds;
    follow(0ms);
}

bool InputSlot::isTooLong() const
{
    return file() && clipkiln::isTooLong(file()->seconds, m_longest);
}

void InputSlot::cut(const VideoPart& part)
{
    m_progress = 0;
    m_loader->cut(*m_loaded, part);
    Q_EMIT changed();
}

void InputSlot::cancelCut()
{
    m_loader->cancel();
    giveUp();
}

void InputSlot::giveUp()
{
    const bool canStay = m_loaded && m_kind == InputKind::Video && (!m_loaded->isTooLong || isTooLong());
    if (canStay)
        Q_EMIT changed();
    else
        clear(); // what there is was never made ready
}

void InputSlot::follow(std::chrono::milliseconds delay)
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

void InputSlot::setFacts(const QString& name, const QString& facts, const QString& toolTip)
{
    m_name = cleanLine(name);
    m_facts = cleanLine(facts);
    m_toolTip = toolTip;
}

} // namespace clipkiln
