// SPDX-License-Identifier: GPL-3.0-or-later
// How fast the start is, and how calm the window while it works: ours beside a baseline of the same run, for the
// figures of two machines, or of two hours of one, cannot be compared. Run by hand on a machine that does nothing else.
// usage: bench [--quick] [--only SUBJECT]   exit code 0: all aims met, 1: not all, 2: something could not be measured
#include "bench/parts.h"
#include "bench/subjects.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;
using namespace clipkiln::bench;

namespace {

constexpr Effort thorough{11, 7, 3'000};
constexpr Effort quick{3, 3, 1'000};

struct Subject
{
    const char* name;
    QList<Row> (*measure)(const Effort& effort);
};

constexpr Subject subjects[] = {{"start", measureStart},
                                {"upload", measureUpload},
                                {"drop", measureDrop},
                                {"window", measureWindow},
                                {"media", measureMedia}};

int measureAll(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Measures Clipkiln beside a baseline and prints one table."_s);
    parser.addHelpOption();
    const QCommandLineOption hurry(u"quick"_s, u"Fewer and shorter rounds."_s);
    parser.addOption(hurry);
    const QCommandLineOption only(u"only"_s, u"One subject: start, upload, drop, window or media."_s, u"subject"_s);
    parser.addOption(only);
    parser.process(application);
    const Effort effort = parser.isSet(hurry) ? quick : thorough;

    QList<Row> rows;
    for (const Subject& subject : subjects) {
        if (!parser.isSet(only) || parser.value(only) == QLatin1StringView(subject.name))
            rows += subject.measure(effort);
    }
    print(rows);
    return std::ranges::all_of(rows, &Row::isMet) ? 0 : 1;
}

} // namespace

int main(int argc, char* argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    qunsetenv("XAI_API_KEY");
    const auto isPart = [&](const char* part) { return argc > 1 && std::strcmp(argv[1], part) == 0; };
    try {
        if (isPart(uploadPart))
            return runUploadPart(argc, argv);
        if (isPart(dropPart))
            return runDropPart(argc, argv);
        if (isPart(windowPart))
            return runWindowPart(argc, argv);
        return measureAll(argc, argv);
    } catch (const Trouble& trouble) {
        std::fprintf(stderr, "bench: %s\n", trouble.what());
        return 2;
    }
}
