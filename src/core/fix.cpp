// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/fix.h"

#include "core/text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

QList<Keyframe>* keyframesOf(GenerationRequest& request)
{
    if (auto* text = std::get_if<FromText>(&request.inputs))
        return &text->keyframes;
    if (auto* image = std::get_if<FromImage>(&request.inputs))
        return &image->keyframes;
    return nullptr;
}

template <typename T>
void keepFirst(QList<T>& list, int count)
{
    list.resize(std::min<qsizetype>(list.size(), count));
}

/// Changes the request; false when the fix needs a person or a file.
class Change
{
public:
    explicit Change(GenerationRequest& request) : m_request(request) {}

    bool operator()(const fix::SetDuration& fix) { return set(m_request.duration, fix.duration); }
    bool operator()(const fix::SetAspectRatio& fix) { return set(m_request.aspectRatio, fix.ratio); }
    bool operator()(const fix::SetResolution& fix) { return set(m_request.resolution, fix.resolution); }
    bool operator()(const fix::UseModel& fix) { return set(m_request.model, fix.id); }
    bool operator()(const fix::KeepImages& fix)
    {
        if (auto* references = std::get_if<FromReferences>(&m_request.inputs))
            keepFirst(references->images, fix.count);
        return true;
    }
    bool operator()(const fix::KeepVoices& fix)
    {
        if (auto* references = std::get_if<FromReferences>(&m_request.inputs))
            keepFirst(references->voices, fix.count);
        return true;
    }
    bool operator()(const fix::KeepKeyframes& fix)
    {
        if (auto* keyframes = keyframesOf(m_request))
            keepFirst(*keyframes, fix.count);
        return true;
    }
    bool operator()(const fix::MoveKeyframe& fix)
    {
        auto* keyframes = keyframesOf(m_request);
        if (keyframes && fix.index >= 0 && fix.index < keyframes->size())
            (*keyframes)[fix.index].seconds = fix.seconds;
        return true;
    }
    bool operator()(const fix::RemoveLastFrame&)
    {
        if (auto* image = std::get_if<FromImage>(&m_request.inputs))
            image->lastFrame.reset();
        return true;
    }
    bool operator()(const fix::RemoveFirstFrame&)
    {
        if (auto* references = std::get_if<FromReferences>(&m_request.inputs))
            references->firstFrame.reset();
        return true;
    }
    bool operator()(const fix::LeaveSound&) { return set(m_request.generateAudio, std::optional<bool>()); }
    bool operator()(const fix::Trim&) { return false; }
    bool operator()(const fix::Prepare&) { return false; }

private:
    template <typename T>
    static bool set(T& field, const T& value)
    {
        field = value;
        return true;
    }

    GenerationRequest& m_request;
};

/// The label of each fix.
struct Words
{
    QString operator()(const fix::SetDuration& fix) const
    {
        return fix.duration ? Text::tr("Make it %1 s").arg(fix.duration->count()) : Text::tr("Leave it out");
    }
    QString operator()(const fix::SetAspectRatio& fix) const { return use(fix.ratio); }
    QString operator()(const fix::SetResolution& fix) const { return use(fix.resolution); }
    QString operator()(const fix::UseModel& fix) const { return use(fix.id); }
    QString operator()(const fix::KeepImages& fix) const { return keep(fix.count); }
    QString operator()(const fix::KeepVoices& fix) const
    {
        return fix.count == 0 ? Text::tr("Remove the voices") : keep(fix.count);
    }
    QString operator()(const fix::KeepKeyframes& fix) const
    {
        return fix.count == 0 ? Text::tr("Remove the keyframes") : keep(fix.count);
    }
    QString operator()(const fix::MoveKeyframe& fix) const
    {
        return Text::tr("Move it to %1 s").arg(QString::number(fix.seconds, 'f', 2));
    }
    QString operator()(const fix::RemoveLastFrame&) const { return Text::tr("Remove the last frame"); }
    QString operator()(const fix::RemoveFirstFrame&) const { return Text::tr("Remove the first frame"); }
    QString operator()(const fix::LeaveSound&) const { return Text::tr("Leave it out"); }
    QString operator()(const fix::Trim&) const { return Text::tr("Trim…"); }
    QString operator()(const fix::Prepare&) const { return Text::tr("Convert it"); }

    static QString use(const std::optional<QString>& choice)
    {
        return choice ? Text::tr("Use %1").arg(*choice) : Text::tr("Leave it out");
    }
    static QString keep(int count) { return Text::tr("Keep the first %1").arg(count); }
};

} // namespace

std::optional<GenerationRequest> apply(const Fix& fix, GenerationRequest request)
{
    return std::visit(Change(request), fix) ? std::optional(std::move(request)) : std::nullopt;
}

QString fixText(const Fix& fix)
{
    return std::visit(Words(), fix);
}

} // namespace clipkiln
