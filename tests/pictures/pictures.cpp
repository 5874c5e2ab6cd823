// SPDX-License-Identifier: GPL-3.0-or-later
// Renders every window and state to PNG, in light, dark, 1024 x 700, right to left and at 200 %.
// exit code 0: all are there, 1: one is blank or could not be written, 2: bad arguments
#include "pictures/scenes.h"

#include <QCommandLineParser>
#include <QProcess>
#include <QRegularExpression>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using namespace clipkiln::pictures;

namespace {

constexpr QSize wholeSize(1280, 800);
constexpr QSize smallSize(1024, 700);
constexpr char doubledVariable[] = "CLIPKILN_PICTURES_DOUBLED"; // set in the process that draws at 200 %

bool isBlank(const QImage& image)
{
    const QRgb first = image.pixel(0, 0);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) != first)
                return false;
    return true;
}

/// A scene in one of its variations, and the name of its picture.
struct Shot
{
    QString name;
    Scene scene;
    Variation variation;
};

QList<Shot> shots(bool doubled, const QRegularExpression& wanted)
{
    const QList<Variation> variations =
        doubled ? QList<Variation>{{u"200-dark"_s, Theme::Choice::Dark, wholeSize, false}}
                : QList<Variation>{{u"light"_s, Theme::Choice::Light, wholeSize, false},
                                   {u"dark"_s, Theme::Choice::Dark, wholeSize, false},
                                   {u"small-light"_s, Theme::Choice::Light, smallSize, false},
                                   {u"rtl-dark"_s, Theme::Choice::Dark, wholeSize, true}};
    QList<Shot> all;
    for (const Variation& variation : variations) {
        for (const Scene& scene : scenes()) {
            const QString name = u"%1-%2"_s.arg(QLatin1StringView(scene.name), variation.name);
            if (name.contains(wanted))
                all.append({name, scene, variation});
        }
    }
    return all;
}

/// False: one of them is blank or could not be written.
bool take(const QList<Shot>& shots, const QString& folder, const Fixture& fixture)
{
    Theme theme;
    theme.applyTo(*qApp);
    bool whole = true;
    for (const Shot& shot : shots) {
        qApp->setLayoutDirection(shot.variation.rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        Scenery scenery(fixture, theme, shot.variation);
        const QImage picture = scenery.picture(*shot.scene.arrange(scenery));
        const QString file = QDir(folder).filePath(shot.name + u".png"_s);
        if (!picture.save(file) || isBlank(picture)) {
            std::fprintf(stderr, "%s is blank or could not be written\n", qPrintable(file));
            whole = false;
        }
        std::printf("%s\n", qPrintable(file));
        std::fflush(stdout);
    }
    return whole;
}

int complain(const QString& sentence)
{
    std::fprintf(stderr, "pictures: %s See pictures --help.\n", qPrintable(sentence));
    return 2;
}

} // namespace

int main(int argc, char* argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QApplication app(argc, argv);
    QApplication::setCursorFlashTime(0);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Makes a picture of every window and state."_s);
    const QCommandLineOption help = parser.addHelpOption();
    parser.addPositionalArgument(u"DIR"_s, u"Where the PNG files go; made when it is not there."_s);
    parser.addPositionalArgument(
        u"PATTERN"_s, u"Only pictures whose names contain it; * and ? stand for anything: trim, fit-*-dark."_s,
        u"[PATTERN]"_s);
    if (!parser.parse(app.arguments()))
        return complain(parser.errorText());
    if (parser.isSet(help))
        parser.showHelp();
    const QStringList arguments = parser.positionalArguments();
    if (arguments.isEmpty() || arguments.size() > 2)
        return complain(u"There has to be a folder, and after it one pattern at most."_s);
    const auto wanted = QRegularExpression::fromWildcard(arguments.value(1), Qt::CaseInsensitive,
                                                         QRegularExpression::UnanchoredWildcardConversion);
    if (!wanted.isValid())
        return complain(u"%1 is no pattern."_s.arg(arguments.at(1)));
    const QList<Shot> plain = shots(false, wanted);
    const QList<Shot> doubled = shots(true, wanted);
    if (plain.isEmpty() && doubled.isEmpty())
        return complain(u"No picture has a name like %1."_s.arg(arguments.at(1)));
    const QString folder = QDir(arguments.first()).absolutePath();
    if (!QDir().mkpath(folder))
        return complain(u"%1 cannot be made."_s.arg(folder));

    const bool isDoubled = qEnvironmentVariableIsSet(doubledVariable);
    const Fixture fixture =
        makeFixture(QDir(folder).filePath(u"fixture"_s), isDoubled ? u"scratch-200"_s : u"scratch"_s);
    if (isDoubled)
        return take(doubled, folder, fixture) ? 0 : 1;
    // The scale is read once, at the start, so 200 % takes a process of its own, beside this one.
    QProcess twice;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_SCALE_FACTOR"_s, u"2"_s);
    environment.insert(QString::fromLatin1(doubledVariable), u"1"_s);
    twice.setProcessEnvironment(environment);
    twice.setProcessChannelMode(QProcess::ForwardedChannels);
    twice.start(QCoreApplication::applicationFilePath(), app.arguments().mid(1));
    const bool whole = take(plain, folder, fixture);
    return twice.waitForFinished(-1) && twice.exitCode() == 0 && whole ? 0 : 1;
}
