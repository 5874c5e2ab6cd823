// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/modeltable.h"

namespace clipkiln::test {

/// A photo as the form would hand it on; the file itself need not be there.
inline LocalFile photo(const QString& name = QStringLiteral("harbour.jpg"))
{
    LocalFile file;
    file.path = QStringLiteral("/pictures/") + name;
    file.name = name;
    file.mime = QStringLiteral("image/jpeg");
    file.bytes = 2'000'000;
    file.size = QSize(4000, 3000);
    return file;
}

/// A source clip of the given length and size.
inline LocalFile video(double seconds = 5, QSize size = QSize(848, 480))
{
    LocalFile file;
    file.path = QStringLiteral("/clips/gulls.mp4");
    file.name = QStringLiteral("gulls.mp4");
    file.mime = QStringLiteral("video/mp4");
    file.bytes = 5'000'000;
    file.size = size;
    file.seconds = seconds;
    return file;
}

/// The model of the built-in table; it must be there.
inline Model model(const QString& id = ModelTable::builtIn().defaultModel())
{
    static const ModelTable table = ModelTable::builtIn();
    const Model* found = table.find(id);
    Q_ASSERT(found);
    return *found;
}

/// A request that can be sent as it is: the mode's defaults, a prompt and the input it needs.
inline GenerationRequest request(Mode mode, const Model& model = test::model())
{
    GenerationRequest request = defaultRequest(mode, model);
    request.prompt = QStringLiteral("Gulls over the harbour at dawn.");
    if (auto* image = std::get_if<FromImage>(&request.inputs))
        image->image = photo();
    else if (auto* references = std::get_if<FromReferences>(&request.inputs))
        references->images = {photo()};
    else if (auto* edit = std::get_if<EditClip>(&request.inputs))
        edit->video = video();
    else if (auto* extend = std::get_if<ExtendClip>(&request.inputs))
        extend->video = video();
    return request;
}

} // namespace clipkiln::test
