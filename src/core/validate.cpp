// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/validate.h"

#include "core/decimals.h"
#include "core/nearest.h"
#include "core/origin.h"
#include "core/sourcerules.h"
#include "core/text.h"

#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

using Field = Problem::Field;

constexpr std::chrono::seconds longestStorage(2'592'000); // CONTRACT.md 3.1
constexpr std::chrono::seconds serviceSeconds(8);         // a clip's length where none is asked for
constexpr double gridTolerance = 0.005;                   // in thirds of a second: 0.333 is on the grid, 0.33 is not

/// True for an address that the service can fetch from or send to: https, or http on this machine.
bool isUsableAddress(const QUrl& url)
{
    if (!url.isValid() || url.host().isEmpty())
        return false;
    return url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopback(url));
}

class Validator
{
public:
    Validator(const GenerationRequest& request, const Model& model, int takes)
        : m_request(request), m_model(model), m_takes(takes), m_limits(model.modes.value(request.mode()))
    {
    }

    QList<Problem> run()
    {
        checkPrompt();
        checkModel();
        if (m_model.supports(m_request.mode())) {
            checkDuration();
            checkAspectRatio();
            checkResolution();
            if (m_request.generateAudio && !m_limits.silence)
                add(Field::Audio, Text::tr("Sound cannot be switched here. Leave the setting out."), fix::LeaveSound{});
            std::visit(*this, m_request.inputs);
        }
        checkStorage();
        return m_problems;
    }

    void operator()(const FromText& text) { checkKeyframes(text.keyframes); }

    void operator()(const FromImage& image)
    {
        checkImage(Field::Image, image.image);
        if (image.lastFrame) {
            if (m_limits.lastFrame)
                checkImage(Field::LastFrame, *image.lastFrame);
            else
                add(Field::LastFrame, Text::tr("This model takes no last frame. Remove it or choose another model."),
                    fix::RemoveLastFrame{});
        }
        checkKeyframes(image.keyframes);
    }

    void operator()(const FromReferences& references)
    {
        checkReferences(references.images);
        checkVoices(references.voices);
        if (!references.firstFrame)
            return;
        if (m_limits.firstFrame)
            checkImage(Field::Image, *references.firstFrame);
        else
            add(Field::Image,
                Text::tr("This model takes no first frame beside references. Remove it or choose another model."),
                fix::RemoveFirstFrame{});
    }

    void operator()(const EditClip& edit) { checkVideo(edit.video); }
    void operator()(const ExtendClip& extend) { checkVideo(extend.video); }

private:
    void add(Field field, const QString& sentence, const std::optional<Fix>& fix = {})
    {
        m_problems.append({field, sentence, fix ? QList<Fix>{*fix} : QList<Fix>()});
    }

    void checkPrompt()
    {
        // The documentation lets an image stand alone; such a job is accepted and fails later (CONTRACT.md 3.1).
        if (m_request.prompt.trimmed().isEmpty())
            add(Field::Prompt, Text::tr("There is no prompt. Write what should happen in the clip."));
    }

    void checkModel()
    {
        if (m_request.model.trimmed().isEmpty())
            add(Field::Model, Text::tr("There is no model. Choose one."));
        else if (!m_model.supports(m_request.mode()))
            add(Field::Model, Text::tr("%1 does not offer the mode \"%2\". Choose another model.")
                                  .arg(m_model.name, displayName(m_request.mode())));
    }

    void checkDuration()
    {
        if (!m_request.duration)
            return;
        const auto seconds = m_request.duration->count();
        if (m_limits.maxSeconds == 0)
            add(Field::Duration, Text::tr("This mode takes no length: the clip is as long as its source."),
                fix::SetDuration{});
        else if (seconds < m_limits.minSeconds || seconds > m_limits.maxSeconds)
            add(Field::Duration,
                Text::tr("The length is %1 s. It can be %2 to %3 s here.")
                    .arg(QString::number(seconds), QString::number(m_limits.minSeconds),
                         QString::number(m_limits.maxSeconds)),
                fix::SetDuration{std::chrono::seconds(
                    std::clamp<std::chrono::seconds::rep>(seconds, m_limits.minSeconds, m_limits.maxSeconds))});
    }

    void checkAspectRatio()
    {
        const auto& chosen = m_request.aspectRatio;
        const QStringList& offered = m_limits.aspectRatios;
        if (!chosen || offered.contains(*chosen))
            return;
        add(Field::AspectRatio,
            offered.isEmpty()
                ? Text::tr("This mode takes no aspect ratio. Leave it out.")
                : Text::tr("The aspect ratio %1 is not offered. Choose one of %2.").arg(*chosen, offered.join(u", "_s)),
            fix::SetAspectRatio{nearestRatio(*chosen, offered, m_limits.defaultAspectRatio)});
    }

    void checkResolution()
    {
        const auto& chosen = m_request.resolution;
        const QStringList& offered = m_limits.resolutions;
        if (!chosen || offered.contains(*chosen))
            return;
        add(Field::Resolution,
            offered.isEmpty() ? Text::tr("This mode takes no resolution. Leave it out.")
                              : Text::tr("The resolution %1 is not offered here. Choose one of %2.")
                                    .arg(*chosen, offered.join(u", "_s)),
            fix::SetResolution{nearestResolution(*chosen, offered, m_limits.defaultResolution)});
    }

    void checkStorage()
    {
        if (m_request.storage) {
            if (m_request.storage->filename.trimmed().isEmpty())
                add(Field::Storage, Text::tr("A stored result needs a file name."));
            const auto expiry = m_request.storage->expiresAfter;
            if (expiry && (expiry->count() < 1 || *expiry > longestStorage))
                add(Field::Storage, Text::tr("A stored result can be kept for 30 days at most."));
        }
        if (m_request.uploadUrl && !isUsableAddress(*m_request.uploadUrl))
            add(Field::UploadUrl, Text::tr("The address to put the result at must begin with https."));
        else if (m_request.uploadUrl && m_takes > 1)
            add(Field::UploadUrl,
                Text::tr("An address for the result is for one clip. Set the takes to 1 or remove the address."));
        if (m_request.user && m_request.mode() == Mode::Extend)
            add(Field::User, Text::tr("This mode takes no user name. Leave it out."));
    }

    void checkKeyframes(const QList<Keyframe>& keyframes)
    {
        if (keyframes.size() > m_limits.maxKeyframes) {
            add(Field::Keyframes,
                m_limits.maxKeyframes == 0
                    ? Text::tr("This model takes no keyframes. Remove them or choose another model.")
                    : Text::tr("There are %1 keyframes. At most %2 are possible.")
                          .arg(QString::number(keyframes.size()), QString::number(m_limits.maxKeyframes)),
                fix::KeepKeyframes{m_limits.maxKeyframes});
            return;
        }
        QList<qint64> thirds;
        for (qsizetype i = 0; i < keyframes.size(); ++i) {
            const Keyframe& keyframe = keyframes.at(i);
            checkImage(Field::Keyframes, keyframe.image);
            if (const QString sentence = wrongTime(keyframe.seconds); !sentence.isEmpty()) {
                add(Field::Keyframes, sentence, moveOf(keyframes, i));
                continue;
            }
            const qint64 third = std::llround(keyframe.seconds * 3);
            if (thirds.contains(third))
                add(Field::Keyframes, Text::tr("Two keyframes stand at the same time. Move one of them."),
                    moveOf(keyframes, i));
            thirds.append(third);
        }
    }

    [[nodiscard]] qint64 length() const { return m_request.duration.value_or(serviceSeconds).count(); }

    /// What is wrong with a keyframe's time; empty when nothing is.
    [[nodiscard]] QString wrongTime(double seconds) const
    {
        if (!(seconds > 0 && seconds < static_cast<double>(length())))
            return Text::tr("A keyframe at %1 s is not inside the clip of %2 s. Move it.")
                .arg(decimal(seconds), QString::number(length()));
        if (std::abs(seconds * 3 - std::round(seconds * 3)) > gridTolerance)
            return Text::tr("A keyframe at %1 s is off the grid. Move it to a whole third of a second.")
                .arg(decimal(seconds));
        return {};
    }

    /// Moves a keyframe to the nearest time that no other keyframe has or needs.
    [[nodiscard]] std::optional<Fix> moveOf(const QList<Keyframe>& keyframes, qsizetype index) const
    {
        QList<qint64> occupied;
        for (qsizetype i = 0; i < keyframes.size(); ++i) {
            if (i != index && wrongTime(keyframes.at(i).seconds).isEmpty())
                occupied.append(std::llround(keyframes.at(i).seconds * 3));
        }
        const qint64 most = std::min<qint64>(length(), m_limits.maxSeconds);
        const auto third = nearestFreeThird(keyframes.at(index).seconds, most, occupied);
        return third ? std::optional<Fix>(fix::MoveKeyframe{index, static_cast<double>(*third) / 3}) : std::nullopt;
    }

    void checkReferences(const QList<Input>& images)
    {
        if (images.isEmpty())
            add(Field::References, Text::tr("There is no reference image. Add at least one."));
        if (images.size() > m_limits.maxImages)
            add(Field::References,
                Text::tr("There are %1 reference images. At most %2 are possible.")
                    .arg(QString::number(images.size()), QString::number(m_limits.maxImages)),
                fix::KeepImages{m_limits.maxImages});
        for (const Input& image : images)
            checkImage(Field::References, image);

        // <IMAGE_0> passes: some clients count from 0 (CONTRACT.md 3.3).
        static const QRegularExpression tag(u"<IMAGE_([0-9]+)>"_s);
        auto tags = tag.globalMatch(m_request.prompt);
        while (tags.hasNext()) {
            const QRegularExpressionMatch match = tags.next();
            bool isNumber = false;
            const qlonglong index = match.capturedView(1).toLongLong(&isNumber);
            if (!isNumber || index > images.size()) {
                add(Field::Prompt, Text::tr("%1 stands in the prompt, but there is no such reference image. "
                                            "Add the image or remove the tag.")
                                       .arg(match.captured()));
                return;
            }
        }
    }

    void checkVoices(const QStringList& voices)
    {
        if (voices.size() > m_limits.maxVoices)
            add(Field::Voices,
                m_limits.maxVoices == 0 ? Text::tr("This model takes no voices. Remove them or choose another model.")
                                        : Text::tr("There are %1 voices. At most %2 are possible.")
                                              .arg(QString::number(voices.size()), QString::number(m_limits.maxVoices)),
                fix::KeepVoices{m_limits.maxVoices});
        const auto isBlank = [](const QString& voice) { return voice.trimmed().isEmpty(); };
        if (std::any_of(voices.begin(), voices.end(), isBlank))
            add(Field::Voices, Text::tr("A voice has no name. Choose one or remove it."));
    }

    void checkImage(Field field, const Input& image)
    {
        checkInput(field, image, InputKind::Image, Text::tr("An image is missing. Add one."));
    }

    void checkVideo(const Input& video)
    {
        checkInput(Field::Video, video, InputKind::Video, Text::tr("The source video is missing. Add one."));
    }

    /// The checks of every input, whatever its use.
    void checkInput(Field field, const Input& input, InputKind kind, const QString& missing)
    {
        if (const auto* remote = std::get_if<RemoteUrl>(&input)) {
            if (remote->url.isEmpty())
                add(field, missing);
            else if (!isUsableAddress(remote->url))
                add(field,
                    Text::tr("The address of an input must begin with https, so that the service can fetch it."));
        } else if (const auto* uploaded = std::get_if<UploadedFile>(&input)) {
            if (uploaded->fileId.isEmpty())
                add(field, missing);
        } else if (const auto& file = std::get<LocalFile>(input); file.path.isEmpty()) {
            add(field, missing);
        } else {
            for (const SourceFault& fault : faultsOf(file, kind, m_limits))
                add(field, fault.sentence, fixOf(fault, kind));
        }
    }

    /// What is done to a file of the right kind; nothing where only another file helps.
    [[nodiscard]] std::optional<Fix> fixOf(const SourceFault& fault, InputKind kind) const
    {
        using What = SourceFault::What;
        if (fault.what == What::WrongType || (fault.what == What::TooLarge && kind == InputKind::Image))
            return fix::Prepare{};
        if (fault.what == What::TooLong)
            return fix::Trim{m_limits.maxSourceSeconds};
        return std::nullopt;
    }

    const GenerationRequest& m_request;
    const Model& m_model;
    const int m_takes;
    const ModeLimits m_limits;
    QList<Problem> m_problems;
};

/// True for inputs that a person added with care: another model is proposed before their removal.
bool isPutIn(Field field)
{
    return field == Field::Image || field == Field::References || field == Field::Keyframes ||
           field == Field::LastFrame || field == Field::Voices;
}

/// The models with which the problem's field would be valid, and fewer problems would be left in all.
QList<Fix> betterModels(const Problem& problem, const GenerationRequest& request, const Model& model,
                        const ModelTable& table)
{
    const auto isOfField = [&](const Problem& other) { return other.field == problem.field; };
    const qsizetype now = validate(request, model).size();
    QList<Fix> fixes;
    GenerationRequest changed = request;
    for (const Model& other : table.modelsFor(request.mode())) {
        changed.model = other.id;
        const auto left = validate(changed, other);
        // A model that lacks the mode hides what else is wrong.
        const bool isBetter = left.size() < now || problem.field == Field::Model;
        if (other.id != model.id && isBetter && std::none_of(left.begin(), left.end(), isOfField))
            fixes.append(fix::UseModel{other.id});
    }
    return fixes;
}

} // namespace

QList<Problem> validate(const GenerationRequest& request, const Model& model, int takes)
{
    return Validator(request, model, takes).run();
}

QList<Fix> fixesFor(const Problem& problem, const GenerationRequest& request, const Model& model,
                    const ModelTable& table)
{
    const QList<Fix> models = betterModels(problem, request, model, table);
    return isPutIn(problem.field) ? models + problem.fixes : problem.fixes + models;
}

} // namespace clipkiln
