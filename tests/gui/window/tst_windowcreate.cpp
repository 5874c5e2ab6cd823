// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/historypopup.h"
#include "gui/create/promptedit.h"
#include "gui/inputs/keyframeruler.h"
#include "support/openwindow.h"
#include "support/testcase.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::OpenWindow;
using clipkiln::test::patience;

/// What the form remembers, in the whole window: earlier prompts and presets.
class TestWindowCreate : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void earlierPromptsComeBack();
    void aForgottenPromptStaysInTheQueue();
    void presetsSurviveARestart();
    void aBrokenFileOfPresetsIsTold();
    void theRulerStaysInSightWhileSomethingHovers();

private:
    static void pick(OpenWindow& open, const QString& text);
};

void TestWindowCreate::pick(OpenWindow& open, const QString& text)
{
    QMenu* menu = open.find<QPushButton>("presetsButton")->menu();
    Q_EMIT menu->aboutToShow();
    const auto actions = menu->actions();
    for (QAction* action : actions) {
        if (action->text().startsWith(text))
            return action->trigger();
    }
    QFAIL(qPrintable(u"There is no "_s + text));
}

void TestWindowCreate::earlierPromptsComeBack()
{
    OpenWindow open;
    auto* prompt = open.find<PromptEdit>("promptEdit");
    open.generate(u"A paper boat"_s);
    QTRY_COMPARE(open.posts(), 1);
    open.write(u"A fox"_s);
    const auto goesBack = [&] {
        QTest::keyClick(prompt, Qt::Key_Up, Qt::AltModifier);
        return prompt->prompt() == u"A paper boat"_s;
    };
    QTRY_VERIFY(goesBack());
    QTest::keyClick(prompt, Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(prompt->prompt(), u"A fox"_s);

    open.open(); // a later start
    prompt = open.find<PromptEdit>("promptEdit");
    QTRY_VERIFY(goesBack());
}

void TestWindowCreate::aForgottenPromptStaysInTheQueue()
{
    OpenWindow open;
    open.generate(u"A paper boat"_s);
    QVERIFY(open.reaches(0, State::Done));
    open.press(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    auto* popup = open.find<HistoryPopup>("historyPopup");
    QVERIFY(popup->isVisible());
    auto* list = open.find<QListView>("historyView");
    QTRY_COMPARE(list->model()->rowCount(), 1);
    QTest::keyClick(list, Qt::Key_Delete);
    QCOMPARE(list->model()->rowCount(), 0);
    popup->hide();

    open.open();
    QTRY_COMPARE(open.rows(), 1);
    open.press(Qt::Key_H, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(open.find<QListView>("historyView")->model()->rowCount(), 0); // told before the queue is filled
    open.find<HistoryPopup>("historyPopup")->hide();
}

void TestWindowCreate::presetsSurviveARestart()
{
    OpenWindow open;
    open.answers.askText = [](const QString&) { return u"Night"_s; };
    auto* resolution = open.find<QComboBox>("resolutionCombo");
    QTest::keyClick(resolution, Qt::Key_Home);
    pick(open, u"Save settings as"_s);
    QVERIFY(open.showsNotice(u"Saved as \"Night\""_s));
    QTest::keyClick(resolution, Qt::Key_End);
    QVERIFY(QFile::exists(open.profile.dataFolder() + u"/presets.json"_s));

    open.open();
    resolution = open.find<QComboBox>("resolutionCombo");
    QCOMPARE(resolution->currentText(), u"720p"_s);
    pick(open, u"Night"_s);
    QCOMPARE(resolution->currentText(), u"480p"_s);
}

void TestWindowCreate::aBrokenFileOfPresetsIsTold()
{
    OpenWindow open;
    open.close();
    QFile file(open.profile.dataFolder() + u"/presets.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("{ half") > 0);
    file.close();
    open.open();
    QVERIFY(open.showsNotice(u"set aside as presets-broken.json"_s));
    QVERIFY(!file.exists());
    QVERIFY(QFile::exists(open.profile.dataFolder() + u"/presets-broken.json"_s));
}

void TestWindowCreate::theRulerStaysInSightWhileSomethingHovers()
{
    OpenWindow open;
    auto* models = open.find<QComboBox>("modelCombo");
    models->setCurrentIndex(models->findData(u"grok-imagine-video-1.5"_s));
    auto* ruler = open.find<KeyframeRuler>("keyframeRuler");
    QTRY_VERIFY(ruler->isVisible());
    const QPoint place = ruler->mapTo(&open.window(), QPoint(8, ruler->height() / 2));
    const QPoint elsewhere = open.window().rect().center();
    const QImage before = open.window().grab().toImage();
    QImage picture(16, 9, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QMimeData data;
    data.setImageData(picture);
    QDragEnterEvent enter(elsewhere, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&open.window(), &enter);
    const QImage veiled = open.window().grab().toImage();
    QCOMPARE(veiled.pixelColor(place), before.pixelColor(place));
    QVERIFY(veiled.pixelColor(elsewhere) != before.pixelColor(elsewhere));
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(&open.window(), &leave);
}

QTEST_MAIN(TestWindowCreate)
#include "tst_windowcreate.moc"
