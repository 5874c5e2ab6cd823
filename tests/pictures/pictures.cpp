// SPDX-License-Identifier: GPL-3.0-or-later
// Renders every window and state to PNG, in light, dark, 1024 x 700, right to left and at 200 %.
// usage: pictures FOLDER [NAME...]   only the scenes whose names contain one of the words
#include "pictures/scenes.h"

#include <QProcess>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using namespace clipkiln::pictures;

namespace {

constexpr QSize wholeSize(1280, 800);
constexpr QSize smallSize(1024, 700);

bool isBlank(const QImage& image)
{
    const QRgb first = image.pixel(0, 0);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixel(x, y) != first)
                return false;
    return true;
}

bool wanted(const QString& name, const QStringList& words)
{
    return words.isEmpty() ||
           std::any_of(words.begin(), words.end(), [&name](const QString& word) { return name.contains(word); });
}

int takePictures(const QString& folder, const QStringList& words, const pictures::Fixture& fixture)
{
    const bool doubled = qApp->devicePixelRatio() > 1.5;
    const QList<Variation> variations =
        doubled ? QList<Variation>{{u"200-dark"_s, Theme::Choice::Dark, wholeSize, false}}
                : QList<Variation>{{u"light"_s, Theme::Choice::Light, wholeSize, false},
                                   {u"dark"_s, Theme::Choice::Dark, wholeSize, false},
                                   {u"small-light"_s, Theme::Choice::Light, smallSize, false},
                                   {u"rtl-dark"_s, Theme::Choice::Dark, wholeSize, true}};
    Theme theme;
    theme.applyTo(*qApp);
    int blank = 0;
    for (const Variation& variation : variations) {
        for (const Scene& scene : scenes()) {
            const QString name = u"%1-%2"_s.arg(QLatin1StringView(scene.name), variation.name);
            if (!wanted(name, words))
                continue;
            qApp->setLayoutDirection(variation.rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
            Scenery scenery(fixture, theme, variation);
            QWidget* shown = scene.arrange(scenery);
            Scenery::settle(250);
            const QVariant taken = scenery.window->property("picture");
            const QPixmap picture = taken.isValid() ? taken.value<QPixmap>() : shown->grab();
            const QString file = QDir(folder).filePath(name + u".png"_s);
            if (!picture.save(file) || isBlank(picture.toImage())) {
                std::fprintf(stderr, "%s is blank or could not be written\n", qPrintable(file));
                ++blank;
            }
            std::printf("%s\n", qPrintable(file));
        }
    }
    return blank == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char* argv[])
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_MEDIA_BACKEND", "ffmpeg");
    QApplication app(argc, argv);
    QStringList words = QCoreApplication::arguments().mid(1);
    if (words.isEmpty()) {
        std::fprintf(stderr, "usage: pictures FOLDER [NAME...]\n");
        return 2;
    }
    const QString folder = QDir(words.takeFirst()).absolutePath();
    if (!QDir().mkpath(folder)) {
        std::fprintf(stderr, "%s cannot be made\n", qPrintable(folder));
        return 1;
    }
    const int failed = takePictures(folder, words, pictures::makeFixture(QDir(folder).filePath(u"fixture"_s)));
    if (failed || app.devicePixelRatio() > 1.5)
        return failed;
    // The scale is read once, at the start, so 200 % takes a second run.
    QProcess twice;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_SCALE_FACTOR"_s, u"2"_s);
    twice.setProcessEnvironment(environment);
    twice.setProcessChannelMode(QProcess::ForwardedChannels);
    twice.start(QCoreApplication::applicationFilePath(), QCoreApplication::arguments().mid(1));
    return twice.waitForFinished(-1) ? twice.exitCode() : 1;
}
