// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include "cli/inputoptions.h"
#include "core/enumnames.h"
#include "core/job.h"
#include "core/sourcerules.h"
#include "core/text.h"

#include <QCommandLineParser>
#include <QRegularExpression>

#include <utility>

namespace clipkiln::cli {

using namespace Qt::StringLiterals;

namespace {

using std::chrono::milliseconds;

constexpr EnumNames<Verb, 6> verbNames{{""_L1, "generate"_L1, "jobs"_L1, "resume"_L1, "serve"_L1, "rebuild"_L1}};

constexpr unsigned of(Verb verb)
{
    return 1U << static_cast<unsigned>(verb);
}

constexpr unsigned everywhere = ~0U;
constexpr unsigned followers = of(Verb::Generate) | of(Verb::Resume);

/// One line of the option table: the parser, the check and the help are made from it.
struct OptionRow
{
    const char* name;
    const char* value; ///< name of its value in the help; nullptr for a switch
    unsigned verbs;    ///< where it may stand
    bool repeatable;
    const char* help;
};

constexpr OptionRow optionTable[] = {
    {"prompt", "TEXT", of(Verb::Generate), false, QT_TRANSLATE_NOOP("clipkiln", "What should happen in the clip.")},
    {"model", "ID", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln", "The model; grok-imagine-video by default.")},
    {"duration", "S", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln",
                       "Length in whole seconds, 6 by default; in extend mode of the added part. Not in edit mode.")},
    {"aspect-ratio", "R", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln", "By default 16:9 in text and reference mode, and that of the image in image mode.")},
    {"resolution", "R", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln",
                       "480p, 720p or 1080p, as the model offers; 720p by default. Not in edit and extend mode.")},
    {"image", "FILE|URL", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP(
         "clipkiln",
         "The image to start from (image mode; in reference mode the first frame, where the model takes one).")},
    {"reference", "FILE|URL", of(Verb::Generate), true,
     QT_TRANSLATE_NOOP("clipkiln", "A reference image (reference mode); may be given several times.")},
    {"video", "FILE|URL", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln", "The source video (edit and extend mode).")},
    {"fit", "crop|pad|keep", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln", "What to do with an image that has another ratio than --aspect-ratio.")},
    {"pad-color", "COLOR", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln", "The bars of --fit pad, as #RRGGBB or by name; the image itself, blurred, unless "
                                   "told.")},
    {"trim", "IN-OUT", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln", "Sends this part of the source video, in seconds: 2.5-11.")},
    {"keep-metadata", nullptr, of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln", "Leaves location, camera and comments in the files that are sent.")},
    {"send-videos", "file|inline", followers, false,
     QT_TRANSLATE_NOOP("clipkiln", "Uploads a source video first and names it, or sends it inside the request; as the "
                                   "settings say unless told.")},
    {"output", "FILE|DIR", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP(
         "clipkiln",
         "Where the clip is put: a file that is not there yet, or a folder (existing, or with a / at its end).")},
    {"max-cost", "USD", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln", "Sends nothing when the price is above this many dollars, or unknown.")},
    {"takes", "N", of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln", "How many clips to make of the request, 1 to 8, each paid for; 1 by default. The "
                                   "second goes beside the first as \"name 2.mp4\".")},
    {"no-wait", nullptr, of(Verb::Generate), false,
     QT_TRANSLATE_NOOP("clipkiln", "Ends when the service has accepted the job; `clipkiln resume` fetches the clip.")},
    {"poll-interval", "S", followers, false,
     QT_TRANSLATE_NOOP("clipkiln", "Seconds between two questions to the service, decimal, from 0.05; 5 by default.")},
    {"timeout", "S", followers, false,
     QT_TRANSLATE_NOOP(
         "clipkiln",
         "Seconds from acceptance to the finished download, decimal; 600 by default. The job itself lives on.")},
    {"json", nullptr, followers | of(Verb::Jobs) | of(Verb::Rebuild), false,
     QT_TRANSLATE_NOOP("clipkiln", "One JSON object per job (of rebuild one in all) on standard output, nothing else "
                                   "there.")},
    {"port", "N", of(Verb::Serve), false, QT_TRANSLATE_NOOP("clipkiln", "The port; by default a free one.")},
    {"speed", "N", of(Verb::Serve), false,
     QT_TRANSLATE_NOOP("clipkiln", "How many times faster than the real service; 10 by default.")},
    {"simulator", nullptr, everywhere, false,
     QT_TRANSLATE_NOOP("clipkiln", "Works with the built-in simulator: no key, no cost.")},
    {"api-url", "URL", everywhere, false,
     QT_TRANSLATE_NOOP(
         "clipkiln",
         "The API's address with its /v1: https, or http on this computer. Its key comes from XAI_API_KEY.")},
    {"profile", "DIR", everywhere, false, QT_TRANSLATE_NOOP("clipkiln", "Keeps everything under this folder.")},
    {"version", nullptr, everywhere, false, QT_TRANSLATE_NOOP("clipkiln", "Prints the version.")},
    {"help", nullptr, everywhere, false, QT_TRANSLATE_NOOP("clipkiln", "Prints this text.")},
};

Error wrong(const QString& sentence)
{
    return {ErrorKind::InvalidRequest, sentence};
}

QString nameOf(const OptionRow& row)
{
    return QString::fromLatin1(row.name);
}

void addOptions(QCommandLineParser& parser)
{
    for (const OptionRow& row : optionTable)
        parser.addOption(row.value ? QCommandLineOption(nameOf(row), {}, QString::fromLatin1(row.value))
                                   : QCommandLineOption(nameOf(row)));
}

/// The words that are no options: verb and mode.
std::optional<Error> readWords(QStringList words, Arguments& arguments)
{
    if (words.isEmpty())
        return std::nullopt;
    const QString verb = words.takeFirst();
    arguments.verb = verbNames.fromName(verb).value_or(Verb::None);
    if (arguments.verb == Verb::None)
        return wrong(Text::tr("There is no command \"%1\". The commands are generate, jobs, resume, serve and rebuild.")
                         .arg(verb));
    if (arguments.verb == Verb::Generate && !arguments.help) {
        const QString modes = u"text, image, reference, edit, extend"_s;
        if (words.isEmpty())
            return wrong(Text::tr("Say which mode to generate in: %1.").arg(modes));
        const QString mode = words.takeFirst();
        const std::optional<Mode> known = modeFromName(mode);
        if (!known)
            return wrong(Text::tr("There is no mode \"%1\". The modes are %2.").arg(mode, modes));
        arguments.mode = *known;
    }
    if (arguments.verb == Verb::Rebuild)
        arguments.folders = std::exchange(words, {});
    if (!words.isEmpty() && !arguments.help)
        return wrong(
            Text::tr("\"%1\" is one word too many. Put a text with spaces in quotation marks.").arg(words.first()));
    return std::nullopt;
}

std::optional<Error> checkPlaces(const QCommandLineParser& parser, Verb verb)
{
    const QStringList given = parser.optionNames();
    for (const OptionRow& row : optionTable) {
        const QString name = nameOf(row);
        if (!given.contains(name))
            continue;
        if (!(row.verbs & of(verb)))
            return wrong(verb == Verb::None ? Text::tr("--%1 belongs to a command, for example generate.").arg(name)
                                            : Text::tr("%2 does not take --%1.").arg(name, verbNames.toName(verb)));
        if (!row.repeatable && given.count(name) > 1)
            return wrong(Text::tr("--%1 is given more than once.").arg(name));
    }
    return std::nullopt;
}

/// Reads the options that are numbers; notes the first that is none.
class Numbers
{
public:
    explicit Numbers(const QCommandLineParser& parser) : m_parser(parser) {}

    void read(const QString& name, milliseconds& value)
    {
        constexpr double shortest = 0.05;
        constexpr double longest = 1e6;
        if (const auto seconds =
                number(name, shortest, longest, Text::tr("--%1 takes seconds as a decimal number from 0.05.")))
            value = milliseconds(qRound64(*seconds * 1000));
    }

    void read(const QString& name, double& value)
    {
        if (const auto found = number(name, 0.01, 10'000, Text::tr("--%1 takes a number from 0.01 to 10000.")))
            value = *found;
    }

    void read(const QString& name, int& value)
    {
        if (const auto found = whole(name, 65'535, Text::tr("--%1 takes a port number from 0 to 65535.")))
            value = *found;
    }

    void readTakes(const QString& name, int& value)
    {
        const QString sentence = Text::tr("--%1 takes a whole number from 1 to 8.");
        if (const auto found = whole(name, mostTakes, sentence))
            value = *found;
        if (value < 1)
            note(sentence.arg(name));
    }

    void read(const QString& name, std::optional<std::chrono::seconds>& value)
    {
        if (const auto found = whole(name, 1'000'000, Text::tr("--%1 takes whole seconds.")))
            value = std::chrono::seconds(*found);
    }

    void read(const QString& name, std::optional<Money>& value)
    {
        if (!m_parser.isSet(name))
            return;
        value = moneyFromDecimal(m_parser.value(name));
        if (!value || *value < Money{})
            note(Text::tr("--%1 takes dollars as a decimal number, for example 0.50.").arg(name));
    }

    [[nodiscard]] const std::optional<Error>& problem() const { return m_problem; }

private:
    std::optional<double> number(const QString& name, double least, double most, const QString& sentence)
    {
        static const QRegularExpression decimal(u"^[0-9]+(\\.[0-9]+)?$"_s);
        if (!m_parser.isSet(name))
            return std::nullopt;
        const QString text = m_parser.value(name);
        const double value = text.toDouble();
        if (decimal.match(text).hasMatch() && value >= least && value <= most)
            return value;
        note(sentence.arg(name));
        return std::nullopt;
    }

    std::optional<int> whole(const QString& name, int most, const QString& sentence)
    {
        const std::optional<double> value = number(name, 0, most, sentence);
        if (!value || !m_parser.value(name).contains(u'.'))
            return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
        note(sentence.arg(name));
        return std::nullopt;
    }

    void note(const QString& sentence)
    {
        if (!m_problem)
            m_problem = wrong(sentence);
    }

    const QCommandLineParser& m_parser;
    std::optional<Error> m_problem;
};

/// Checks that the mode has the inputs it needs and none that it does not take.
std::optional<Error> checkInputs(const QCommandLineParser& parser, Mode mode)
{
    const bool fromImage = mode == Mode::Image;
    const bool fromReferences = mode == Mode::Reference;
    const bool fromVideo = sourceKindOf(mode) == InputKind::Video;
    struct Rule
    {
        QString option;
        bool needed;
        bool accepted;
    };
    const Rule rules[] = {{u"image"_s, fromImage, fromImage || fromReferences},
                          {u"reference"_s, fromReferences, fromReferences},
                          {u"video"_s, fromVideo, fromVideo},
                          {u"prompt"_s, true, true},
                          {u"output"_s, true, true}};
    for (const Rule& rule : rules) {
        const bool given = parser.isSet(rule.option);
        if (given && !rule.accepted)
            return wrong(Text::tr("The mode %1 does not take --%2.").arg(toName(mode), rule.option));
        if (rule.needed && (!given || parser.value(rule.option).isEmpty()))
            return wrong(Text::tr("--%1 is missing; the mode %2 needs it.").arg(rule.option, toName(mode)));
    }
    return std::nullopt;
}

std::optional<Error> checkTogether(const QCommandLineParser& parser, const Arguments& arguments)
{
    if (arguments.simulator && !arguments.apiUrl.isEmpty())
        return wrong(Text::tr("--simulator and --api-url exclude each other."));
    for (const OptionRow& row : optionTable) {
        if (row.value && parser.isSet(nameOf(row)) && parser.value(nameOf(row)).isEmpty())
            return wrong(Text::tr("--%1 is empty.").arg(nameOf(row)));
    }
    return arguments.verb == Verb::Generate ? checkInputs(parser, arguments.mode) : std::nullopt;
}

void readTexts(const QCommandLineParser& parser, Arguments& arguments)
{
    arguments.simulator = parser.isSet(u"simulator"_s);
    arguments.apiUrl = parser.value(u"api-url"_s);
    arguments.profile = parser.value(u"profile"_s);
    arguments.json = parser.isSet(u"json"_s);
    arguments.wait = !parser.isSet(u"no-wait"_s);
    arguments.prompt = parser.value(u"prompt"_s);
    arguments.model = parser.value(u"model"_s);
    arguments.aspectRatio = parser.value(u"aspect-ratio"_s);
    arguments.resolution = parser.value(u"resolution"_s);
    arguments.image = parser.value(u"image"_s);
    arguments.references = parser.values(u"reference"_s);
    arguments.video = parser.value(u"video"_s);
    arguments.output = parser.value(u"output"_s);
}

QString usageOf(Verb verb)
{
    switch (verb) {
    case Verb::None:
        return u"clipkiln [--simulator | --api-url URL] [--profile DIR]\n"
               "       clipkiln generate MODE --prompt TEXT --output FILE|DIR [...]\n"
               "       clipkiln jobs | resume | rebuild | serve [...]\n"
               "       clipkiln generate --help"_s;
    case Verb::Generate:
        return u"clipkiln generate text|image|reference|edit|extend --prompt TEXT --output FILE|DIR [options]"_s;
    case Verb::Rebuild:
        return u"clipkiln rebuild [FOLDER...] [options]"_s;
    case Verb::Jobs:
    case Verb::Resume:
    case Verb::Serve:
        return u"clipkiln %1 [options]"_s.arg(verbNames.toName(verb));
    }
    return {};
}

std::optional<Error> readSendVideos(const QCommandLineParser& parser, Arguments& read)
{
    const QString name = u"send-videos"_s;
    if (!parser.isSet(name))
        return std::nullopt;
    const QString way = parser.value(name);
    if (way != "file"_L1 && way != "inline"_L1)
        return wrong(Text::tr("--%1 takes file or inline.").arg(name));
    read.uploadVideos = way == "file"_L1;
    return std::nullopt;
}

QString purposeOf(Verb verb)
{
    switch (verb) {
    case Verb::None:
        return Text::tr("A desktop studio for Grok Imagine video. Without a command the window opens.\n\n"
                        "Commands:\n"
                        "  generate   makes a clip and saves it\n"
                        "  jobs       lists the jobs of the profile\n"
                        "  resume     goes on with the jobs that are not finished\n"
                        "  rebuild    adds clips to the library that it has lost\n"
                        "  serve      runs the simulator for any client of the API");
    case Verb::Generate:
        return Text::tr("Makes a clip and saves it. The key comes from XAI_API_KEY or the system's keychain.\n"
                        "The last line on standard output is the file's absolute path.");
    case Verb::Jobs:
        return Text::tr("Lists all jobs of the profile.");
    case Verb::Resume:
        return Text::tr(
            "Goes on with every job that is not finished, each at its own service. Jobs whose submit was never\n"
            "confirmed are not sent again.");
    case Verb::Rebuild:
        return Text::tr("Reads the clips folder, the one of the settings and those named, and adds the clips that the\n"
                        "library does not have. Changes and deletes nothing.\n"
                        "Exit codes: 0 done, 1 when something could not be read, or the profile is in use.");
    case Verb::Serve:
        return Text::tr("Runs the simulator alone. The first line on standard output is its address.");
    }
    return {};
}

QString exitCodesText()
{
    return Text::tr(
        "Exit codes: 0 done, 1 trouble on this computer, 2 invalid and nothing sent, 3 failed, 4 moderated,\n"
        "5 expired, 6 accepted but not finished, 7 not confirmed or not reachable.");
}

} // namespace

Result<Arguments> readArguments(const QStringList& arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    const bool parsed = parser.parse(arguments);

    Arguments read;
    read.help = parser.isSet(u"help"_s);
    read.version = parser.isSet(u"version"_s);
    if (const auto error = readWords(parser.positionalArguments(), read))
        return *error;
    if (read.help || read.version)
        return read;
    if (!parsed)
        return wrong(parser.errorText());
    if (const auto error = checkPlaces(parser, read.verb))
        return *error;

    readTexts(parser, read);
    Numbers numbers(parser);
    numbers.read(u"poll-interval"_s, read.pollInterval);
    numbers.read(u"timeout"_s, read.timeout);
    numbers.read(u"duration"_s, read.duration);
    numbers.read(u"max-cost"_s, read.maxCost);
    numbers.readTakes(u"takes"_s, read.takes);
    numbers.read(u"port"_s, read.port);
    numbers.read(u"speed"_s, read.speed);
    if (numbers.problem())
        return *numbers.problem();
    if (const auto error = checkTogether(parser, read))
        return *error;
    if (const auto error = readInputOptions(parser, read))
        return *error;
    if (const auto error = readSendVideos(parser, read))
        return *error;
    return read;
}

QString helpText(Verb verb)
{
    QString text = Text::tr("Usage: %1").arg(usageOf(verb)) + u"\n\n"_s + purposeOf(verb) + u"\n\n"_s +
                   Text::tr("Options:") + u'\n';
    for (const OptionRow& row : optionTable) {
        if (!(row.verbs & of(verb)))
            continue;
        QString name = u"  --"_s + nameOf(row);
        if (row.value)
            name += u' ' + QString::fromLatin1(row.value);
        text += name.leftJustified(26) + u' ' + QCoreApplication::translate("clipkiln", row.help) + u'\n';
    }
    if (of(verb) & followers)
        text += u'\n' + exitCodesText() + u'\n';
    return text;
}

} // namespace clipkiln::cli
