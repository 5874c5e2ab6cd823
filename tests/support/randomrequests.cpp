// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/randomrequests.h"

#include "support/requests.h"

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;

namespace clipkiln::test {

namespace {

constexpr int serviceSeconds = 8; // of a request that names no length

using Made = RandomRequests::Made;

/// Something the documents forbid: makes it so, or says that this request has no place for it.
struct Flaw
{
    QString name;
    std::function<bool(Made& made, int dice)> make;
};

ModeLimits limitsOf(const Made& made)
{
    return made.model.modes.value(made.request.mode());
}

/// Puts another input in place of the first one.
bool replaceInput(Made& made, const Input& input)
{
    const auto inputs = mutableInputsOf(made.request);
    if (inputs.isEmpty())
        return false;
    *inputs.first() = input;
    return true;
}

bool isVideoMode(const Made& made)
{
    return made.request.mode() == Mode::Edit || made.request.mode() == Mode::Extend;
}

QList<Keyframe>* keyframesOf(Made& made)
{
    if (auto* text = std::get_if<FromText>(&made.request.inputs))
        return &text->keyframes;
    if (auto* image = std::get_if<FromImage>(&made.request.inputs))
        return &image->keyframes;
    return nullptr;
}

bool addKeyframe(Made& made, double seconds)
{
    QList<Keyframe>* keyframes = keyframesOf(made);
    if (!keyframes || limitsOf(made).maxKeyframes == 0)
        return false;
    *keyframes = {{photo(), seconds}};
    return true;
}

FromReferences* referencesOf(Made& made)
{
    return std::get_if<FromReferences>(&made.request.inputs);
}

const QList<Flaw>& allFlaws()
{
    static const QList<Flaw> flaws{
        {u"no prompt"_s,
         [](Made& made, int dice) {
             made.request.prompt = QString(dice % 3, u' ');
             return true;
         }},
        {u"no model"_s,
         [](Made& made, int) {
             made.request.model.clear();
             return true;
         }},
        {u"a mode the model does not have"_s,
         [](Made& made, int) {
             made.model.modes.remove(made.request.mode());
             return true;
         }},
        {u"a length out of range"_s,
         [](Made& made, int dice) {
             const ModeLimits limits = limitsOf(made);
             const bool tooLong = dice % 2 == 0;
             made.request.duration = std::chrono::seconds(tooLong ? limits.maxSeconds + 1 + dice % 100
                                                                  : limits.minSeconds - 1 - dice % 100);
             return true;
         }},
        {u"a ratio that is not offered"_s,
         [](Made& made, int dice) {
             made.request.aspectRatio = QStringList{u"auto"_s, u"16:10"_s, u""_s, u"9:21"_s}.at(dice % 4);
             return true;
         }},
        {u"a resolution that is not offered"_s,
         [](Made& made, int dice) {
             made.request.resolution = QStringList{u"4k"_s, u"720"_s, u""_s, u"1080i"_s}.at(dice % 4);
             return true;
         }},
        {u"more lines than the model has"_s,
         [](Made& made, int) {
             made.request.resolution = u"1080p"_s;
             return !limitsOf(made).resolutions.contains(u"1080p"_s);
         }},
        {u"sound switched where it cannot be"_s,
         [](Made& made, int) {
             made.request.generateAudio = false;
             return !limitsOf(made).silence;
         }},
        {u"an input that is not there"_s, [](Made& made, int) { return replaceInput(made, LocalFile{}); }},
        {u"an empty address"_s, [](Made& made, int) { return replaceInput(made, RemoteUrl{}); }},
        {u"an address that is not secure"_s,
         [](Made& made, int) { return replaceInput(made, RemoteUrl{QUrl(u"http://example.com/a"_s)}); }},
        {u"a file id that is empty"_s, [](Made& made, int) { return replaceInput(made, UploadedFile{}); }},
        {u"an input of another type"_s,
         [](Made& made, int dice) {
             LocalFile file = photo();
             file.mime = dice % 2 == 0 ? u"image/tiff"_s : u"video/x-matroska"_s;
             return replaceInput(made, file);
         }},
        {u"an image too big"_s,
         [](Made& made, int dice) {
             LocalFile file = photo();
             file.bytes = 20 * 1024 * 1024 + 1 + dice;
             return !isVideoMode(made) && replaceInput(made, file);
         }},
        {u"a source too long"_s,
         [](Made& made, int dice) {
             return isVideoMode(made) && replaceInput(made, video(limitsOf(made).maxSourceSeconds + 0.1 + dice % 60));
         }},
        {u"a source too short"_s,
         [](Made& made, int) {
             return limitsOf(made).minSourceSeconds > 0 &&
                    replaceInput(made, video(limitsOf(made).minSourceSeconds / 2));
         }},
        {u"keyframes where there are none"_s,
         [](Made& made, int) {
             QList<Keyframe>* keyframes = keyframesOf(made);
             if (!keyframes || limitsOf(made).maxKeyframes > 0)
                 return false;
             *keyframes = {{photo(), 1}};
             return true;
         }},
        {u"a keyframe off the grid"_s, [](Made& made, int) { return addKeyframe(made, 0.5); }},
        {u"a keyframe outside"_s, [](Made& made, int dice) { return addKeyframe(made, dice % 2 == 0 ? 0 : 15); }},
        {u"a keyframe too many"_s,
         [](Made& made, int) {
             QList<Keyframe>* keyframes = keyframesOf(made);
             if (!keyframes)
                 return false;
             keyframes->clear();
             for (int i = 0; i <= limitsOf(made).maxKeyframes; ++i)
                 keyframes->append({photo(), (i + 1) / 3.0});
             return true;
         }},
        {u"a last frame where there is none"_s,
         [](Made& made, int) {
             auto* image = std::get_if<FromImage>(&made.request.inputs);
             if (!image || limitsOf(made).lastFrame)
                 return false;
             image->lastFrame = photo();
             return true;
         }},
        {u"no reference"_s,
         [](Made& made, int) {
             auto* references = referencesOf(made);
             if (references)
                 references->images.clear();
             return references != nullptr;
         }},
        {u"a reference too many"_s,
         [](Made& made, int) {
             auto* references = referencesOf(made);
             if (references)
                 references->images.fill(photo(), limitsOf(made).maxImages + 1);
             return references != nullptr;
         }},
        {u"a tag without its image"_s,
         [](Made& made, int dice) {
             made.request.prompt += u" <IMAGE_%1>"_s.arg(15 + dice);
             return referencesOf(made) != nullptr;
         }},
        {u"a voice too many"_s,
         [](Made& made, int) {
             auto* references = referencesOf(made);
             if (references)
                 references->voices.fill(u"ara"_s, limitsOf(made).maxVoices + 1);
             return references != nullptr;
         }},
        {u"a first frame where there is none"_s,
         [](Made& made, int) {
             auto* references = referencesOf(made);
             if (references)
                 references->firstFrame = photo();
             return references && !limitsOf(made).firstFrame;
         }},
        {u"a stored result without a name"_s,
         [](Made& made, int) {
             made.request.storage = StorageOptions{};
             return true;
         }},
        {u"a stored result kept too long"_s,
         [](Made& made, int dice) {
             made.request.storage =
                 StorageOptions{u"clip.mp4"_s, std::chrono::seconds(dice % 2 == 0 ? 2'592'001 + dice : 0), {}};
             return true;
         }},
        {u"a result put at an insecure address"_s,
         [](Made& made, int) {
             made.request.uploadUrl = QUrl(u"http://example.com/put"_s);
             return true;
         }},
        {u"a user name where there is none"_s,
         [](Made& made, int) {
             made.request.user = u"somebody"_s;
             return made.request.mode() == Mode::Extend;
         }},
    };
    return flaws;
}

} // namespace

RandomRequests::RandomRequests(quint32 seed) : m_random(seed) {}

Input RandomRequests::input()
{
    return RemoteUrl{QUrl(u"https://example.com/%1"_s.arg(m_random.generate()))};
}

QList<Keyframe> RandomRequests::keyframes(const ModeLimits& limits, int seconds)
{
    QList<Keyframe> result;
    const int count = std::min(between(0, limits.maxKeyframes), seconds * 3 - 1);
    for (int i = 0; i < count; ++i)
        result.append({input(), (i + 1) / 3.0});
    return result;
}

ModeInputs RandomRequests::inputs(Mode mode, const ModeLimits& limits, int seconds)
{
    switch (mode) {
    case Mode::Text:
        return FromText{keyframes(limits, seconds)};
    case Mode::Image:
        return FromImage{input(), limits.lastFrame && chance() ? std::optional(input()) : std::nullopt,
                         keyframes(limits, seconds)};
    case Mode::Reference: {
        FromReferences references;
        for (int i = between(1, limits.maxImages); i > 0; --i)
            references.images.append(input());
        for (int i = between(0, limits.maxVoices); i > 0; --i)
            references.voices.append(oneOf({u"ara"_s, u"eve"_s, u"leo"_s}));
        if (limits.firstFrame && chance())
            references.firstFrame = input();
        return references;
    }
    case Mode::Edit:
        return EditClip{input()};
    case Mode::Extend:
        return ExtendClip{input()};
    }
    return {};
}

RandomRequests::Made RandomRequests::good()
{
    Made made;
    const QList<Model> models = m_table.models();
    made.model = models.at(m_random.bounded(models.size()));
    QList<Mode> modes = made.model.modes.keys();
    std::sort(modes.begin(), modes.end()); // the order of a hash is another one in each run
    const Mode mode = modes.at(m_random.bounded(modes.size()));
    const ModeLimits limits = made.model.modes.value(mode);

    GenerationRequest& request = made.request;
    request.model = oneOf(made.model.aliases + QStringList{made.model.id});
    request.prompt = oneOf({u"A paper boat"_s, u"Ein \"Boot\"\n\\ ✓ 漢字"_s, QString(4096, u'x')});
    if (limits.maxSeconds > 0 && chance())
        request.duration = std::chrono::seconds(between(limits.minSeconds, limits.maxSeconds));
    if (!limits.aspectRatios.isEmpty() && chance())
        request.aspectRatio = oneOf(limits.aspectRatios);
    if (!limits.resolutions.isEmpty() && chance())
        request.resolution = oneOf(limits.resolutions);
    if (limits.silence && chance())
        request.generateAudio = chance();
    if (chance()) {
        request.storage = StorageOptions{u"clip.mp4"_s, {}, {}};
        if (chance())
            request.storage->expiresAfter = std::chrono::seconds(between(1, 2'592'000));
        if (chance())
            request.storage->publicUrl = chance();
    }
    if (chance())
        request.uploadUrl = QUrl(u"https://example.com/put?signature=a%2Bb"_s);
    if (mode != Mode::Extend && chance())
        request.user = u"somebody"_s;
    const int seconds = request.duration ? static_cast<int>(request.duration->count()) : serviceSeconds;
    request.inputs = inputs(mode, limits, seconds);
    return made;
}

RandomRequests::Made RandomRequests::bad()
{
    const QList<Flaw>& flaws = allFlaws();
    for (;;) {
        Made made = good();
        const Flaw& flaw = flaws.at(m_random.bounded(flaws.size()));
        if (!flaw.make(made, m_random.bounded(1'000)))
            continue;
        made.flaw = flaw.name;
        return made;
    }
}

QStringList RandomRequests::flaws()
{
    QStringList names;
    for (const Flaw& flaw : allFlaws())
        names << flaw.name;
    return names;
}

} // namespace clipkiln::test
