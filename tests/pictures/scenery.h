// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/modeltable.h"
#include "gui/look/theme.h"
#include "gui/player/player.h"
#include "gui/player/stage.h"
#include "gui/settings/serviceaccess.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/ratiotiles.h"
#include "gui/window/mainwindow.h"
#include "inputs/inputslot.h"
#include "jobs/engine.h"
#include "media/read/frames.h"
#include "media/read/thumbnails.h"
#include "pictures/fixture.h"
#include "settings/memorysecrets.h"
#include "settings/settings.h"
#include "store/profile.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDir>
#include <QDragEnterEvent>
#include <QFile>
#include <QFutureWatcher>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTest>
#include <QThreadPool>

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace clipkiln::pictures {

using namespace Qt::StringLiterals;

/// A variation of how the same scene is shown.
struct Variation
{
    QString name;
    Theme::Choice theme;
    QSize size;
    bool rightToLeft;
};

/// A window with its collaborators, made anew for each picture so that none colours the next. What is done to it here
/// waits until all that follows from it is there to be seen.
class Scenery
{
public:
    Scenery(const Fixture& fixture, Theme& theme, const Variation& variation)
        : m_fixture(fixture)
        , m_theme(theme)
        , m_profile(fixture.folder)
        , m_settingsFile(QDir(fixture.scratch).filePath(u"pictures.ini"_s))
        , m_settings(fresh(m_settingsFile, variation))
        , m_engine({m_profile.databaseFile(), m_profile.inputsFolder()}, [] { return QUrl(); })
        , m_access(m_engine, m_settings, m_secrets, m_dialogs, {}, {})
        , m_models(ModelTable::builtIn())
        , m_thumbnails(m_profile.thumbnailsFolder())
    {
        m_access.start();
        window = std::make_unique<MainWindow>(m_engine, m_settings, m_access, m_models, m_thumbnails, theme, m_dialogs,
                                              AppPaths{u"/home/ada/.local/share/clipkiln"_s, fixture.folder,
                                                       QDir(fixture.scratch).filePath(u"pasted"_s)});
        window->resize(variation.size);
        window->show();
    }

    /// Everything there is: clips, jobs, the first clip on the stage.
    void fill()
    {
        Q_EMIT m_engine.loaded(m_fixture.jobs, m_fixture.clips);
        settle();
    }
    /// Four takes of one request on top of the queue.
    void addTakes()
    {
        Generating working;
        working.requestId = RequestId(u"4c0f9a31"_s);
        working.percent = 58;
        const QList<Phase> phases{working, working, Queued{}, Queued{}};
        const auto submitted = QDateTime::currentDateTimeUtc().addSecs(-20);
        for (qsizetype i = 0; i < phases.size(); ++i) {
            Job take = pictures::jobIn(phases.at(i), u"A heron lifts off from a misty lake"_s, 20);
            take.createdAt = submitted;
            take.group = GroupId(u"takes"_s);
            take.take = static_cast<int>(i) + 1;
            take.takes = static_cast<int>(phases.size());
            Q_EMIT m_engine.jobs().changed(take);
        }
    }
    /// The first clip, stopped a second after its beginning.
    void play()
    {
        constexpr qint64 moment = 1'000; // milliseconds
        Q_EMIT m_engine.clips().added(m_fixture.clips.first());
        auto* player = window->findChild<Player*>();
        waitFor("the clip to play", [player] { return player->state() == Player::State::Playing; });
        player->pause();
        player->seek(moment);
        waitFor("the clip to stand still", [player] { return std::abs(player->position() - moment) < 100; });
    }
    void prompt(const QString& text) { find<QPlainTextEdit>("promptEdit")->setPlainText(text); }
    void mode(Mode mode)
    {
        QTest::keyClick(window.get(), static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(mode)), Qt::ControlModifier);
    }
    /// Drags files over the window and holds them there.
    void drag(const QStringList& files)
    {
        QList<QUrl> urls;
        for (const QString& file : files)
            urls.append(QUrl::fromLocalFile(file));
        m_dragged.setUrls(urls);
        QDragEnterEvent enter(QPoint(400, 300), Qt::CopyAction, &m_dragged, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window.get(), &enter);
    }
    void drop(const QStringList& files)
    {
        drag(files);
        QDropEvent drop(QPointF(400, 300), Qt::CopyAction, &m_dragged, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window.get(), &drop);
        settle();
    }
    /// Three pictures to refer to: the photo and what two of the clips begin with.
    [[nodiscard]] QStringList references()
    {
        QStringList files{m_fixture.photo};
        for (int i = 1; i < 3; ++i) {
            const QString file = QDir(m_fixture.scratch).filePath(u"reference-%1.png"_s.arg(i));
            const auto picture = thumbnail(m_fixture.clips.at(i).path, QSize(480, 480));
            if (!picture || !picture->save(file))
                qFatal("no reference could be written");
            files.append(file);
        }
        return files;
    }
    /// Too long to be edited.
    [[nodiscard]] QString longVideo() const
    {
        return std::ranges::max_element(m_fixture.clips, {}, &Clip::seconds)->path;
    }
    /// The photo for a clip of another ratio.
    void fit(const QString& how)
    {
        drop({m_fixture.photo});
        find<RatioTiles>("ratioTiles")->setCurrent(u"9:16"_s);
        settle();
        const auto segments = find<QWidget>("fitBar")->findChildren<QAbstractButton*>();
        for (QAbstractButton* segment : segments) {
            if (segment->text() == how)
                segment->click();
        }
        find<QWidget>("fitView")->setFocus();
        settle();
    }
    void imageMode() { QTest::keyClick(window.get(), Qt::Key_2, Qt::ControlModifier); }

    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) const
    {
        auto* widget = window->findChild<Widget*>(QString::fromLatin1(name));
        if (!widget)
            qFatal("there is no %s", name);
        return widget;
    }
    [[nodiscard]] const Fixture& fixture() const { return m_fixture; }
    [[nodiscard]] Engine& engine() { return m_engine; }
    [[nodiscard]] Theme& theme() { return m_theme; }
    [[nodiscard]] Dialogs& dialogs() { return m_dialogs; }
    [[nodiscard]] const ModelTable& models() const { return m_models; }
    [[nodiscard]] Settings& settings() { return m_settings; }
    [[nodiscard]] ServiceAccess& access() { return m_access; }

    /// Until nothing is under way any more: no file is read or prepared, and no frame is due.
    void settle() const
    {
        QCoreApplication::processEvents();
        waitFor("the window to come to rest", [this] { return isAtRest(); });
    }

    /// The picture of a widget at rest. To paint may begin work, a thumbnail for instance, so two in a row are the
    /// same.
    [[nodiscard]] QImage picture(QWidget& widget) const
    {
        QImage picture;
        waitFor("two pictures that are the same", [&] {
            settle();
            const QImage before = std::exchange(picture, widget.grab().toImage());
            return picture == before;
        });
        return picture;
    }

    template <typename Condition>
    static void waitFor(const char* what, Condition condition)
    {
        constexpr int patience = 60'000; // milliseconds, on a busy machine
        if (!QTest::qWaitFor(condition, patience))
            qFatal("waited in vain for %s", what);
    }

private:
    static QString fresh(const QString& file, const Variation& variation)
    {
        QFile::remove(file);
        Settings settings(file);
        settings.setTheme(variation.theme == Theme::Choice::Dark ? Settings::Theme::Dark : Settings::Theme::Light);
        return file;
    }

    [[nodiscard]] bool isAtRest() const
    {
        const auto watchers = window->findChildren<QFutureWatcherBase*>();
        const auto inputs = window->findChildren<InputSlot*>();
        const auto* player = window->findChild<Player*>();
        return std::ranges::all_of(watchers, &QFutureWatcherBase::isFinished) &&
               std::ranges::none_of(inputs, &InputSlot::isLoading) &&
               QThreadPool::globalInstance()->activeThreadCount() == 0 && m_thumbnails.isIdle() &&
               player->state() != Player::State::Opening;
    }

    const Fixture& m_fixture;
    Theme& m_theme;
    Profile m_profile;
    QString m_settingsFile;
    Settings m_settings;
    MemorySecrets m_secrets;
    Dialogs m_dialogs;
    Engine m_engine; // never started: what the window shows is said to it here
    ServiceAccess m_access;
    ModelTable m_models;
    Thumbnails m_thumbnails;
    QMimeData m_dragged;

public:
    std::unique_ptr<MainWindow> window; // last: it goes before what it stands on
};

} // namespace clipkiln::pictures
