// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/targets.h"

#include "api/wire.h"
#include "api/wirefiles.h"
#include "core/bulklist.h"
#include "core/clipdetails.h"
#include "core/preset.h"
#include "core/validate.h"
#include "media/prepare/metadatastripper.h"
#include "media/read/exif.h"
#include "media/read/videofacts.h"
#include "media/read/xmpbox.h"
#include "settings/settings.h"

#include <QBuffer>
#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln::test {

namespace {

void require(bool held, const char* promise)
{
    if (!held)
        qFatal("broken: %s", promise);
}

/// A file with this content, for what reads by path.
QString fileOf(const QByteArray& content, const QString& name)
{
    static const QTemporaryDir folder;
    QFile file(folder.filePath(name));
    require(file.open(QIODevice::WriteOnly) && file.write(content) == content.size(), "there is room for a file");
    return file.fileName();
}

/// The first byte chooses the status, the rest is the body.
void answers(const QByteArray& input)
{
    static constexpr int statuses[]{200, 201, 202, 204, 301, 400, 401, 402, 403, 404, 408, 413, 425, 429, 500, 503, 0};
    const int status = input.isEmpty() ? 200 : statuses[static_cast<uchar>(input.front()) % std::size(statuses)];
    const QByteArray body = input.mid(1);

    const SubmitOutcome submit = wire::readSubmit(status, body, {});
    if (const auto* accepted = std::get_if<SubmitOutcome::Accepted>(&submit.value)) {
        require(status >= 200 && status < 300, "only a success is accepted");
        const QString id = accepted->requestId.toString();
        require(!id.isEmpty() && id.size() < 1000 && id != u".." && id != u"/", "an id is a short word");
        require(std::ranges::all_of(id, [](QChar c) { return c.isPrint(); }), "an id can be shown");
    }
    const PollOutcome poll = wire::readPoll(status, body, {});
    if (const auto* pending = std::get_if<PollOutcome::Pending>(&poll.value))
        require(pending->percent.value_or(0) >= 0 && pending->percent.value_or(0) <= 100, "progress is a percentage");
    (void)wire::readError(status, body);
    (void)wire::readKeyReport(status, body);
    (void)wire::readUpload(status, body, {});
    (void)wire::readFilePage(status, body);
    (void)wire::readDeletion(status, body);
    const auto wait = wire::readRetryAfter(body, QDateTime::fromSecsSinceEpoch(1'764'000'000));
    require(!wait || (wait->count() >= 0 && wait->count() <= 600), "a wait is at most ten minutes");
}

/// What stands in a row of the database as JSON: what can be read is written as it was read.
void storedRows(const QByteArray& input)
{
    const QJsonObject json = QJsonDocument::fromJson(input).object();
    for (int state = 0; state <= static_cast<int>(State::Cancelled); ++state) {
        const auto phase = phaseFromJson(static_cast<State>(state), json);
        if (!phase)
            continue;
        const auto again = phaseFromJson(static_cast<State>(state), toJson(*phase));
        require(again && *again == *phase, "a phase is read as it was written");
    }
    if (const auto request = requestFromJson(json)) {
        const auto again = requestFromJson(toJson(*request));
        require(again && *again == *request, "a request is read as it was written");
        (void)validate(*request, ModelTable::builtIn().models().first(), 1);
    }
}

void presets(const QByteArray& input)
{
    (void)arePresetsNewer(input);
    if (const auto presets = presetsFromJson(input)) {
        const auto again = presetsFromJson(toJson(*presets));
        require(again && *again == *presets, "presets are read as they were written");
    }
}

void models(const QByteArray& input)
{
    const ModelTable builtIn = ModelTable::builtIn();
    if (const auto table = builtIn.with(input))
        require(table->models().size() >= builtIn.models().size(), "no model goes");
    (void)ModelTable::fromJson(input);
}

void settings(const QByteArray& input)
{
    const Settings read(fileOf(input, u"settings.ini"_s));
    require(read.concurrency() >= 1 && read.concurrency() <= 6, "1 to 6 jobs at once");
    require(read.volume() >= 0 && read.volume() <= 1, "a volume is 0 to 1");
    require(read.pollInterval().count() > 0, "an interval is positive");
    require(read.softTimeLimit().count() > 0 && read.uploadLife().count() > 0, "limits are positive");
    (void)read.origin();
    (void)read.spendLimits();
    (void)read.promptDraft();
    (void)read.theme();
    for (const Mode mode : {Mode::Text, Mode::Image, Mode::Reference, Mode::Edit, Mode::Extend}) {
        require(read.takes(mode) >= 1 && read.takes(mode) <= mostTakes, "takes are bounded");
        (void)read.lastRequest(mode);
    }
}

void lists(const QByteArray& input)
{
    for (const QString& name : {u"list.txt"_s, u"list.csv"_s}) {
        const auto list = readBulkList(fileOf(input, name));
        require(!list || list->lines.size() <= mostBulkJobs, "a list is bounded");
    }
}

void pictures(const QByteArray& input)
{
    (void)readExif(input);
    if (const auto stripped = stripMetadata(fileTypeOf(input), input)) {
        require(stripped->bytes.size() <= input.size(), "nothing is added");
        const auto again = stripMetadata(fileTypeOf(stripped->bytes), stripped->bytes);
        require(again && again->hidden == EmbeddedMetadata::None, "nothing hidden stays");
    }
}

void videos(const QByteArray& input)
{
    (void)readVideoFacts(fileOf(input, u"video.mp4"_s));
}

/// A packet as it stands in a clip of ours, or in a stranger's: what is read can be written and read again.
void xmp(const QByteArray& input)
{
    if (const auto details = detailsFromXmp(input)) {
        const QByteArray packet = toXmp(*details);
        require(packet.size() <= mostXmpBytes, "a packet is bounded");
        require(packet.isEmpty() || detailsFromXmp(packet), "a packet can be read again");
    }
    QBuffer mp4;
    mp4.setData(input);
    require(mp4.open(QIODevice::ReadOnly), "a buffer opens");
    const XmpPlace place = findXmp(mp4);
    require(place.boxAt <= place.boxEnd && place.boxEnd <= input.size(), "a box is in its file");
}

constexpr FuzzTarget targets[]{
    {"answers", answers}, {"storedrows", storedRows}, {"presets", presets}, {"models", models}, {"settings", settings},
    {"lists", lists},     {"pictures", pictures},     {"videos", videos},   {"xmp", xmp},
};

} // namespace

std::span<const FuzzTarget> fuzzTargets()
{
    return targets;
}

} // namespace clipkiln::test
