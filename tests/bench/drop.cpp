// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/desk.h"
#include "bench/parts.h"
#include "bench/stallmeter.h"
#include "bench/subjects.h"
#include "gui/create/createpanel.h"
#include "gui/inputs/referencestrip.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QDragEnterEvent>
#include <QImage>
#include <QMimeData>
#include <QPainter>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln::bench {

namespace {

constexpr int photos = 20;
constexpr QSize photoSize(4000, 3000); ///< 12 megapixels
constexpr std::chrono::seconds patience = 120s;

/// One after another a little different, so that no two are the same file.
QList<QUrl> paintPhotos(const Desk& desk)
{
    QList<QUrl> urls;
    for (int number = 0; number < photos; ++number) {
        QImage photo(photoSize, QImage::Format_RGB32);
        QPainter painter(&photo);
        QLinearGradient sky(0, 0, number * 100, photoSize.height());
        sky.setColorAt(0, QColor::fromHsv(number * 17, 160, 220));
        sky.setColorAt(1, QColor::fromHsv(200, 90, 60));
        painter.fillRect(photo.rect(), sky);
        for (int x = 0; x < photoSize.width(); x += 40)
            painter.drawLine(x, photoSize.height(), (x * 7 + number * 31) % photoSize.width(), photoSize.height() / 3);
        painter.end();
        const QString path = desk.file(u"photo-%1.jpg"_s.arg(number));
        if (!photo.save(path))
            throw Trouble(u"A photo cannot be written."_s);
        urls.append(QUrl::fromLocalFile(path));
    }
    return urls;
}

void dropOn(QWidget& window, const QList<QUrl>& urls)
{
    QMimeData data;
    data.setUrls(urls);
    const QPoint middle = window.rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &drop);
}

} // namespace

int runDropPart(int argc, char* argv[])
{
    const QApplication application(argc, argv);
    const bool isIdle = QCoreApplication::arguments().value(2) == "idle"_L1;
    Desk desk({}, 1);
    const QList<QUrl> urls = paintPhotos(desk);
    auto* create = desk.window().findChild<CreatePanel*>();
    auto* strip = desk.window().findChild<ReferenceStrip*>();
    // In the mode that takes most of them, with the model that does.
    GenerationRequest request = defaultRequest(Mode::Reference, *desk.models().find(u"grok-imagine-video-1.5"_s));
    create->setRequest(request);
    wait(1s);

    StallMeter stalls;
    stalls.start();
    if (isIdle) {
        wait(2s);
    } else {
        dropOn(desk.window(), urls);
        for (const QDeadlineTimer deadline(patience); strip->isLoading() && !deadline.hasExpired();)
            wait(20ms);
        wait(500ms);
    }
    const QJsonObject figures = stalls.stop();
    if (!isIdle && (strip->isLoading() || strip->count() == 0))
        throw Trouble(u"The photos were not taken."_s);
    printFigures(figures);
    return 0;
}

QList<Row> measureDrop(const Effort& effort)
{
    Row stall{u"longest stall of the window, 20 photos dropped, idle"_s, {}, u"ms"_s, {}, 16.0};
    Row work{u"  of it the thread's own work"_s, {}, u"ms"_s};
    for (int round = 0; round < effort.rounds; ++round) {
        const QJsonObject ours = runPart(dropPart, {u"drop"_s});
        const QJsonObject idle = runPart(dropPart, {u"idle"_s});
        note(stall.measured, ours, idle, u"stall"_s);
        note(work.measured, ours, idle, u"work"_s);
    }
    return {stall, work};
}

} // namespace clipkiln::bench
