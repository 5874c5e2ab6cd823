// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settings.h"

#include "core/enumnames.h"
#include "core/files.h"
#include "core/job.h"
#include "core/remotefile.h"
#include "core/text.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <algorithm>
#include <cmath>

namespace clipkiln {

using namespace Qt::StringLiterals;

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// The keys in the file, in the order of the header. Files with them exist, so they are never renamed.
namespace key {
const QString origin = u"service/origin"_s;
const QString realMoneyExplained = u"service/realMoneyExplained"_s;
const QString useEnvironmentKey = u"service/useEnvironmentKey"_s;
const QString clipsFolder = u"folders/clips"_s;
const QString describeClips = u"clips/describe"_s;
const QString saveWithDetails = u"clips/saveWithDetails"_s;
const QString dragWithDetails = u"clips/dragWithDetails"_s;
const QString removeMetadata = u"inputs/removeMetadata"_s;
const QString concurrency = u"queue/concurrency"_s;
const QString pollInterval = u"queue/pollMilliseconds"_s;
const QString softTimeLimit = u"queue/softLimitSeconds"_s;
const QString unsentAtStart = u"queue/unsentAtStart"_s;
const QString queueOnHold = u"queue/hold"_s;
const QString sendVideos = u"files/sendVideos"_s;
const QString uploadLife = u"files/keepSeconds"_s;
const QString dailyLimit = u"money/dailyLimit"_s;
const QString monthlyLimit = u"money/monthlyLimit"_s;
const QString refusesAtLimit = u"money/refuseAtLimit"_s;
const QString limitsUnknown = u"money/limitsUnknown"_s; // until they are set again
const QString autoPlay = u"player/autoPlay"_s;
const QString loop = u"player/loop"_s;
const QString volume = u"player/volume"_s;
const QString muted = u"player/muted"_s;
const QString theme = u"look/theme"_s;
const QString mode = u"create/mode"_s;
const QString lastRequest = u"create/last-%1"_s;
const QString takes = u"create/takes-%1"_s;
const QString promptDraft = u"create/promptDraft"_s;
const QString windowGeometry = u"window/geometry"_s;
const QString windowState = u"window/state"_s;
} // namespace key

constexpr qint64 mostBytes = 4 * 1024 * 1024; ///< of the file; it has some 10 kB
constexpr int mostDraft = 100'000;            ///< characters; the file writes up to seven bytes for each

constexpr EnumNames<Settings::Theme, 3> themeNames{{"system"_L1, "light"_L1, "dark"_L1}};
constexpr EnumNames<Settings::UnsentAtStart, 2> unsentNames{{"run"_L1, "hold"_L1}};

constexpr EnumNames<Settings::SendVideos, 2> sendVideosNames{{"file"_L1, "inline"_L1}};

std::optional<Error> whyUnusable(const QString& file)
{
    if (!QFileInfo::exists(file))
        return std::nullopt;
    const auto content = readPlainFile(file, mostBytes);
    return content ? std::nullopt : std::optional(content.error());
}

/// Whether the end of the file is missing. After a power cut some file systems leave nothing, or nulls.
bool isCut(const QString& file)
{
    const auto content = QFileInfo::exists(file) ? readPlainFile(file, mostBytes) : QByteArray("\n");
    return !content || !content->endsWith('\n') || content->contains('\0');
}

/// The settings of the form without prompt and inputs, which are stored elsewhere or not at all.
GenerationRequest withoutContent(GenerationRequest request)
{
    switch (request.mode()) {
    case Mode::Text:
        request.inputs = FromText{};
        break;
    case Mode::Image:
        request.inputs = FromImage{};
        break;
    case Mode::Reference:
        request.inputs = FromReferences{};
        break;
    case Mode::Edit:
        request.inputs = EditClip{};
        break;
    case Mode::Extend:
        request.inputs = ExtendClip{};
        break;
    }
    request.prompt.clear();
    request.uploadUrl.reset(); // signed for one result
    return request;
}

} // namespace

Settings::Settings(const QString& file, QObject* parent)
    : QObject(parent)
    , m_unusable(whyUnusable(file))
    , m_instead(m_unusable ? std::make_unique<QTemporaryDir>() : nullptr)
    , m_store(m_unusable ? m_instead->filePath(u"settings.ini"_s) : file, QSettings::IniFormat)
{
    // The limits may have stood in what is lost: they count as reached until they are set again.
    if (m_unusable || isCut(file) || m_store.status() != QSettings::NoError)
        m_store.setValue(key::limitsUnknown, true);
    if (m_unusable)
        m_problem = Text::tr("The settings cannot be used, so changes last until you quit. %1: %2")
                        .arg(QDir::toNativeSeparators(file), m_unusable->detail);
}

Settings::~Settings() = default;

Origin Settings::origin() const
{
    return Origin::fromString(m_store.value(key::origin).toString()).value_or(Origin::simulator());
}

void Settings::setOrigin(const Origin& origin)
{
    m_store.setValue(key::origin, origin.toString());
    Q_EMIT originChanged();
}

bool Settings::realMoneyExplained() const
{
    return m_store.value(key::realMoneyExplained, false).toBool();
}

void Settings::setRealMoneyExplained(bool explained)
{
    m_store.setValue(key::realMoneyExplained, explained);
}

bool Settings::useEnvironmentKey() const
{
    return m_store.value(key::useEnvironmentKey, false).toBool();
}

void Settings::setUseEnvironmentKey(bool use)
{
    m_store.setValue(key::useEnvironmentKey, use);
    Q_EMIT originChanged();
}

QString Settings::clipsFolder() const
{
    return m_store.value(key::clipsFolder).toString();
}

void Settings::setClipsFolder(const QString& folder)
{
    m_store.setValue(key::clipsFolder, folder);
    Q_EMIT foldersChanged();
}

bool Settings::describeClips() const
{
    return m_store.value(key::describeClips, true).toBool();
}

void Settings::setDescribeClips(bool describe)
{
    m_store.setValue(key::describeClips, describe);
    Q_EMIT queueChanged();
}

bool Settings::saveWithDetails() const
{
    return m_store.value(key::saveWithDetails, false).toBool();
}

void Settings::setSaveWithDetails(bool with)
{
    m_store.setValue(key::saveWithDetails, with);
}

bool Settings::dragWithDetails() const
{
    return m_store.value(key::dragWithDetails, false).toBool();
}

void Settings::setDragWithDetails(bool with)
{
    m_store.setValue(key::dragWithDetails, with);
}

bool Settings::removeMetadata() const
{
    return m_store.value(key::removeMetadata, true).toBool();
}

void Settings::setRemoveMetadata(bool remove)
{
    m_store.setValue(key::removeMetadata, remove);
}

int Settings::concurrency() const
{
    return std::clamp(m_store.value(key::concurrency, 3).toInt(), 1, 6);
}

void Settings::setConcurrency(int jobs)
{
    m_store.setValue(key::concurrency, jobs);
    Q_EMIT queueChanged();
}

milliseconds Settings::pollInterval() const
{
    return std::clamp(milliseconds(m_store.value(key::pollInterval, 5'000).toInt()), milliseconds(1'000),
                      milliseconds(60'000));
}

void Settings::setPollInterval(milliseconds interval)
{
    m_store.setValue(key::pollInterval, static_cast<qint64>(interval.count()));
    Q_EMIT queueChanged();
}

seconds Settings::softTimeLimit() const
{
    return std::clamp(seconds(m_store.value(key::softTimeLimit, 600).toInt()), seconds(30), seconds(24 * 3600));
}

void Settings::setSoftTimeLimit(seconds limit)
{
    m_store.setValue(key::softTimeLimit, static_cast<qint64>(limit.count()));
    Q_EMIT queueChanged();
}

Settings::UnsentAtStart Settings::unsentAtStart() const
{
    return unsentNames.fromName(m_store.value(key::unsentAtStart).toString()).value_or(UnsentAtStart::Run);
}

void Settings::setUnsentAtStart(UnsentAtStart choice)
{
    m_store.setValue(key::unsentAtStart, unsentNames.toName(choice));
    Q_EMIT queueChanged();
}

bool Settings::queueOnHold() const
{
    return m_store.value(key::queueOnHold, false).toBool();
}

void Settings::setQueueOnHold(bool hold)
{
    m_store.setValue(key::queueOnHold, hold);
    Q_EMIT queueChanged();
}

Settings::SendVideos Settings::sendVideos() const
{
    return sendVideosNames.fromName(m_store.value(key::sendVideos).toString()).value_or(SendVideos::AsFile);
}

void Settings::setSendVideos(SendVideos way)
{
    m_store.setValue(key::sendVideos, sendVideosNames.toName(way));
    Q_EMIT queueChanged();
}

seconds Settings::uploadLife() const
{
    return std::clamp(seconds(m_store.value(key::uploadLife, 86'400).toInt()), shortestUploadLife, longestUploadLife);
}

void Settings::setUploadLife(seconds life)
{
    m_store.setValue(key::uploadLife, static_cast<qint64>(life.count()));
    Q_EMIT queueChanged();
}

SpendLimits Settings::spendLimits() const
{
    SpendLimits limits;
    limits.refuses = m_store.value(key::refusesAtLimit, false).toBool();
    limits.areUnknown = m_store.value(key::limitsUnknown, false).toBool();
    const auto read = [&](const QString& name) -> std::optional<Money> {
        const QVariant value = m_store.value(name); // of "0,01" QSettings makes a list
        const QString text = value.typeId() == QMetaType::QString ? value.toString() : u"?"_s;
        if (!m_store.contains(name) || text.isEmpty())
            return std::nullopt;
        const auto limit = moneyFromDecimal(text);
        limits.areUnknown = limits.areUnknown || !limit || limit->ticks < 0;
        return limit;
    };
    limits.perDay = read(key::dailyLimit);
    limits.perMonth = read(key::monthlyLimit);
    return limits;
}

void Settings::setSpendLimits(const SpendLimits& limits)
{
    const auto store = [this](const QString& name, std::optional<Money> limit) {
        m_store.setValue(name, limit ? toDecimal(*limit) : QString());
    };
    store(key::dailyLimit, limits.perDay);
    store(key::monthlyLimit, limits.perMonth);
    m_store.setValue(key::refusesAtLimit, limits.refuses);
    m_store.remove(key::limitsUnknown);
    Q_EMIT queueChanged();
}

bool Settings::autoPlay() const
{
    return m_store.value(key::autoPlay, true).toBool();
}

void Settings::setAutoPlay(bool on)
{
    m_store.setValue(key::autoPlay, on);
    Q_EMIT playerChanged();
}

bool Settings::loop() const
{
    return m_store.value(key::loop, false).toBool();
}

void Settings::setLoop(bool on)
{
    m_store.setValue(key::loop, on);
    Q_EMIT playerChanged();
}

double Settings::volume() const
{
    const double volume = m_store.value(key::volume, 0.8).toDouble();
    return std::isfinite(volume) ? std::clamp(volume, 0.0, 1.0) : 0.8; // the file may hold "nan"
}

void Settings::setVolume(double volume)
{
    m_store.setValue(key::volume, volume);
    Q_EMIT playerChanged();
}

bool Settings::muted() const
{
    return m_store.value(key::muted, false).toBool();
}

void Settings::setMuted(bool muted)
{
    m_store.setValue(key::muted, muted);
    Q_EMIT playerChanged();
}

Settings::Theme Settings::theme() const
{
    return themeNames.fromName(m_store.value(key::theme).toString()).value_or(Theme::System);
}

void Settings::setTheme(Theme theme)
{
    m_store.setValue(key::theme, themeNames.toName(theme));
    Q_EMIT themeChanged();
}

Mode Settings::mode() const
{
    return modeFromName(m_store.value(key::mode).toString()).value_or(Mode::Text);
}

void Settings::setMode(Mode mode)
{
    m_store.setValue(key::mode, toName(mode));
}

std::optional<GenerationRequest> Settings::lastRequest(Mode mode) const
{
    const QByteArray json = m_store.value(key::lastRequest.arg(toName(mode))).toString().toUtf8();
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject())
        return {};
    const Result<GenerationRequest> request = requestFromJson(document.object());
    if (!request || request->mode() != mode)
        return {};
    return *request;
}

void Settings::setLastRequest(const GenerationRequest& request)
{
    const QJsonDocument document(toJson(withoutContent(request)));
    m_store.setValue(key::lastRequest.arg(toName(request.mode())),
                     QString::fromUtf8(document.toJson(QJsonDocument::Compact)));
}

int Settings::takes(Mode mode) const
{
    return std::clamp(m_store.value(key::takes.arg(toName(mode)), 1).toInt(), 1, mostTakes);
}

void Settings::setTakes(Mode mode, int takes)
{
    m_store.setValue(key::takes.arg(toName(mode)), takes);
}

QString Settings::promptDraft() const
{
    return m_store.value(key::promptDraft).toString();
}

void Settings::setPromptDraft(const QString& prompt)
{
    m_store.setValue(key::promptDraft, prompt.left(mostDraft));
}

QByteArray Settings::windowGeometry() const
{
    return m_store.value(key::windowGeometry).toByteArray();
}

void Settings::setWindowGeometry(const QByteArray& geometry)
{
    m_store.setValue(key::windowGeometry, geometry);
}

QByteArray Settings::windowState() const
{
    return m_store.value(key::windowState).toByteArray();
}

void Settings::setWindowState(const QByteArray& state)
{
    m_store.setValue(key::windowState, state);
}

std::optional<Error> Settings::sync()
{
    m_store.sync();
    if (m_unusable)
        return m_unusable;
    if (m_store.status() == QSettings::NoError)
        return {};
    return diskError(m_store.fileName(), u"The settings could not be written."_s);
}

} // namespace clipkiln
