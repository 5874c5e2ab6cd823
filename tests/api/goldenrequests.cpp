// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/goldenrequests.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace clipkiln::test {

namespace {

const QString classic = u"grok-imagine-video"_s;
const QString newer = u"grok-imagine-video-1.5"_s;

const QByteArray onePixel = QByteArray::fromBase64(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
const QByteArray headOfMp4 = QByteArray::fromBase64("AAAAFGZ0eXBpc29tAAACAGlzb20=");

RemoteUrl remote(const QString& name)
{
    return {QUrl(u"https://example.com/"_s + name)};
}

LocalFile local(const QString& folder, const QString& name, const QString& mime, const QByteArray& content)
{
    LocalFile local;
    local.path = QDir(folder).filePath(name);
    local.mime = mime;
    QFile file(local.path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("A file for the tests cannot be written.");
    return local;
}

/// A request with what every one has.
GenerationRequest request(const QString& model, const QString& prompt, const ModeInputs& inputs)
{
    GenerationRequest made;
    made.model = model;
    made.prompt = prompt;
    made.inputs = inputs;
    return made;
}

/// The same with the settings that a form sets. An empty text: not set.
GenerationRequest sized(GenerationRequest made, std::chrono::seconds duration, const QString& resolution,
                        const QString& ratio = {})
{
    made.duration = duration;
    made.resolution = resolution;
    if (!ratio.isEmpty())
        made.aspectRatio = ratio;
    return made;
}

/// The same with all that has to do with the result.
GenerationRequest delivered(GenerationRequest made)
{
    made.storage = StorageOptions{u"ball.mp4"_s, 86400s, false};
    made.uploadUrl = QUrl(u"https://example.com/put?signature=a%2Fb"_s);
    made.user = u"user-1"_s;
    return made;
}

void addText(QMap<QString, GenerationRequest>& all)
{
    const GenerationRequest minimal = request(classic, u"A red ball rolls."_s, FromText{});
    all[u"text-minimal"_s] = minimal;
    all[u"text"_s] = sized(minimal, 5s, u"480p"_s, u"16:9"_s);
    all[u"text-stored"_s] = all[u"text"_s];
    all[u"text-stored"_s].storage = StorageOptions{u"ball.mp4"_s, 86400s, true};
    all[u"text-stored"_s].user = u"user-1"_s;
    all[u"text-stored-by-name"_s] = minimal;
    all[u"text-stored-by-name"_s].storage = StorageOptions{u"ball.mp4"_s, {}, {}};
    all[u"text-upload"_s] = minimal;
    all[u"text-upload"_s].uploadUrl = delivered(minimal).uploadUrl;
    all[u"text-silent"_s] = minimal;
    all[u"text-silent"_s].generateAudio = false;
    all[u"text-sound"_s] = minimal;
    all[u"text-sound"_s].generateAudio = true;
    all[u"keyframes"_s] =
        sized(request(newer, u"Through the points."_s, FromText{{{remote(u"k1.png"_s), 2}}}), 5s, u"480p"_s);
}

void addImage(QMap<QString, GenerationRequest>& all, const LocalFile& picture)
{
    const QString prompt = u"It starts to move."_s;
    const RemoteUrl image = remote(u"a.png"_s);
    all[u"image-minimal"_s] = request(classic, prompt, FromImage{image, {}, {}});
    all[u"image"_s] = sized(request(classic, prompt, FromImage{picture, {}, {}}), 5s, u"480p"_s);
    all[u"image-url"_s] = sized(all[u"image-minimal"_s], 5s, u"480p"_s);
    all[u"image-ratio"_s] = sized(all[u"image-minimal"_s], 6s, u"720p"_s, u"4:3"_s);
    all[u"image-uploaded"_s] = request(classic, prompt, FromImage{UploadedFile{u"file_image"_s}, {}, {}});
    all[u"image-silent"_s] = sized(request(classic, u"It moves."_s, FromImage{picture, {}, {}}), 5s, u"480p"_s);
    all[u"image-silent"_s].generateAudio = false;
    all[u"first-and-last-frame"_s] =
        sized(request(newer, u"From A to B."_s, FromImage{picture, remote(u"last.png"_s), {}}), 5s, u"480p"_s);
    all[u"image-keyframes"_s] = request(newer, u"Through the points."_s,
                                        FromImage{image, {}, {{picture, 1}, {UploadedFile{u"file_key"_s}, 2}}});
    const RemoteUrl other = remote(u"b.jpg"_s);
    GenerationRequest everything = request(newer, prompt, FromImage{image, other, {{other, 7}}});
    everything.generateAudio = false;
    all[u"image-everything"_s] = delivered(sized(everything, 15s, u"1080p"_s, u"9:16"_s));
}

void addReference(QMap<QString, GenerationRequest>& all, const LocalFile& picture)
{
    const QString prompt = u"The person from <IMAGE_1> walks."_s;
    const RemoteUrl image = remote(u"a.png"_s);
    const RemoteUrl other = remote(u"b.jpg"_s);
    all[u"reference-minimal"_s] = request(classic, prompt, FromReferences{{image}, {}, {}});
    all[u"reference"_s] =
        sized(request(classic, prompt, FromReferences{{picture, other}, {}, {}}), 5s, u"480p"_s, u"16:9"_s);
    all[u"reference-uploaded"_s] = request(
        classic, prompt, FromReferences{{UploadedFile{u"file_first"_s}, UploadedFile{u"file_second"_s}}, {}, {}});
    all[u"reference-voice"_s] =
        sized(request(newer, u"The person from <IMAGE_1> says hello with the voice <AUDIO_0>."_s,
                      FromReferences{{remote(u"a.jpg"_s)}, {u"eve"_s}, {}}),
              5s, u"480p"_s, u"16:9"_s);
    all[u"reference-first-frame"_s] = request(newer, prompt, FromReferences{{other}, {}, picture});
    GenerationRequest everything =
        request(newer, u"<IMAGE_1> says hello to <IMAGE_2> with the voices <AUDIO_0> and <AUDIO_1>."_s,
                FromReferences{{image, other}, {u"eve"_s, u"leo"_s}, image});
    everything.generateAudio = true;
    all[u"reference-everything"_s] = delivered(sized(everything, 15s, u"720p"_s, u"2:3"_s));
}

void addEdit(QMap<QString, GenerationRequest>& all, const LocalFile& video)
{
    const QString prompt = u"Make it snow."_s;
    all[u"edit"_s] = request(classic, prompt, EditClip{remote(u"in.mp4"_s)});
    all[u"edit-file"_s] = request(classic, prompt, EditClip{video});
    all[u"edit-uploaded"_s] = request(classic, prompt, EditClip{UploadedFile{u"file_video"_s}});
    // With a length, a ratio and a resolution that must not be sent.
    all[u"edit-everything"_s] = delivered(sized(all[u"edit"_s], 5s, u"480p"_s, u"16:9"_s));
    all[u"edit-everything"_s].generateAudio = false;
}

void addExtend(QMap<QString, GenerationRequest>& all, const LocalFile& video)
{
    const QString prompt = u"The camera pans left."_s;
    const auto by = [&prompt](const Input& source, std::chrono::seconds duration) {
        GenerationRequest made = request(classic, prompt, ExtendClip{source});
        made.duration = duration;
        return made;
    };
    const RemoteUrl source = remote(u"in.mp4"_s);
    all[u"extend-default-duration"_s] = request(classic, prompt, ExtendClip{source});
    all[u"extend"_s] = by(source, 5s);
    all[u"extend-file"_s] = by(video, 2s);
    all[u"extend-uploaded"_s] = by(UploadedFile{u"file_video"_s}, 10s);
    // With a ratio, a resolution and a user that must not be sent.
    all[u"extend-everything"_s] = delivered(sized(by(source, 6s), 6s, u"480p"_s, u"16:9"_s));
    all[u"extend-everything"_s].generateAudio = false;
}

} // namespace

QMap<QString, GenerationRequest> goldenRequests(const QString& folder)
{
    const LocalFile picture = local(folder, u"pixel.png"_s, u"image/png"_s, onePixel);
    const LocalFile video = local(folder, u"head.mp4"_s, u"video/mp4"_s, headOfMp4);
    QMap<QString, GenerationRequest> all;
    addText(all);
    addImage(all, picture);
    addReference(all, picture);
    addEdit(all, video);
    addExtend(all, video);
    return all;
}

} // namespace clipkiln::test
