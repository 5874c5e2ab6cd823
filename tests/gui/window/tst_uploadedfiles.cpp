// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/settingsdialog.h"
#include "jobs/engine.h"
#include "support/calls.h"
#include "support/mediafiles.h"
#include "support/openwindow.h"
#include "support/testcase.h"
#include "support/testprofile.h"

#include <QComboBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTreeWidget>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::OpenWindow;
using clipkiln::test::resultOf;
using clipkiln::test::rule;
using simulator::Reply;
using simulator::Step;

/// The page of uploaded files by clicks, against the simulator.
class TestUploadedFiles : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<OpenWindow> m_open;
    std::unique_ptr<SettingsDialog> m_dialog;

    template <typename Part>
    [[nodiscard]] Part* find(const char* name) const
    {
        return test::find<Part>(*m_dialog, name);
    }
    [[nodiscard]] QTreeWidget* list() const { return find<QTreeWidget>("filesList"); }
    [[nodiscard]] QString instead() const
    {
        const auto* label = find<QLabel>("filesInsteadLabel");
        return label->isVisible() ? label->text() : QString();
    }
    void click(const char* button) const { QTest::mouseClick(find<QPushButton>(button), Qt::LeftButton); }
    [[nodiscard]] QStringList names() const
    {
        QStringList names;
        for (int row = 0; row < list()->topLevelItemCount(); ++row)
            names.append(list()->topLevelItem(row)->text(0));
        return names;
    }
    [[nodiscard]] Endpoint endpoint() const
    {
        return {QUrl(m_open->simulator.baseUrl()), Secret(QByteArrayLiteral("some-key"))};
    }
    void upload(const QString& name) const
    {
        const QString path = m_open->path(name);
        QVERIFY(test::writeFile(path, QByteArray(3'100'000, 'x')));
        Client client;
        const auto outcome = resultOf(client.uploadFile(endpoint(), {path, name, u"video/mp4"_s}, 24h));
        QVERIFY(std::holds_alternative<UploadOutcome::Stored>(outcome.value));
    }
    /// Clicks through to the page as a person does.
    void show()
    {
        m_dialog = std::make_unique<SettingsDialog>(m_open->engine().clips(), m_open->engine().remoteFiles(),
                                                    m_open->settings, m_open->access(), m_open->dialogs(),
                                                    AppPaths{m_open->folder.path(), m_open->folder.path(), {}});
        m_dialog->show();
        auto* pages = find<QListWidget>("pageList");
        const int files = static_cast<int>(SettingsDialog::Page::Files);
        QTest::mouseClick(pages->viewport(), Qt::LeftButton, {}, pages->visualItemRect(pages->item(files)).center());
        QCOMPARE(pages->item(files)->text(), u"Uploaded files"_s);
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_open = std::make_unique<OpenWindow>();
    }
    void cleanup()
    {
        m_dialog.reset();
        m_open.reset();
    }

    void nothingIsThereAtFirst()
    {
        show();
        QTRY_COMPARE(instead(), u"Nothing lies there."_s);
        QVERIFY(!find<QPushButton>("deleteAllFilesButton")->isEnabled());
        QVERIFY(!find<QPushButton>("deleteSelectedFilesButton")->isEnabled());
    }

    void filesAreListedWithWhatAPersonWantsToKnow()
    {
        upload(u"gulls.mp4"_s);
        show();
        QTRY_COMPARE(names(), QStringList{u"gulls.mp4"_s});
        QVERIFY(instead().isEmpty());
        const QTreeWidgetItem* row = list()->topLevelItem(0);
        QCOMPARE(row->text(1), u"3.1 MB"_s);
        QVERIFY(!row->text(2).isEmpty());
        QVERIFY(row->text(3) != row->text(2)); // a day later
        QVERIFY(row->toolTip(0).contains(u"Not sent by this Clipkiln"_s));
        QVERIFY(find<QLabel>("filesPlaceLabel")->text().contains(u"1 files, 3.1 MB"_s));
    }

    void aSelectedFileIsDeletedAfterAQuestion()
    {
        upload(u"gulls.mp4"_s);
        upload(u"boat.mp4"_s);
        show();
        QTRY_COMPARE(names().size(), 2);
        const int gulls = static_cast<int>(names().indexOf(u"gulls.mp4"_s));
        QTest::mouseClick(list()->viewport(), Qt::LeftButton, {},
                          list()->visualItemRect(list()->topLevelItem(gulls)).center());

        click("deleteSelectedFilesButton"); // answered with no
        QCOMPARE(m_open->asked.size(), 1);
        QCOMPARE(m_open->asked.first().text, u"Delete \"gulls.mp4\" from the service?"_s);
        QVERIFY(m_open->asked.first().detail.contains(u"Not sent by this Clipkiln: 1."_s));
        QCOMPARE(names().size(), 2);

        m_open->answers.ask = [](const Dialogs::Question&) { return true; };
        click("deleteSelectedFilesButton");
        QTRY_COMPARE(names(), QStringList{u"boat.mp4"_s});
        Client client;
        QCOMPARE(resultOf(client.listFiles(endpoint()))->size(), 1);
    }

    void allAreDeletedAtOnce()
    {
        upload(u"gulls.mp4"_s);
        upload(u"boat.mp4"_s);
        show();
        QTRY_COMPARE(names().size(), 2);
        m_open->answers.ask = [](const Dialogs::Question&) { return true; };
        click("deleteAllFilesButton");
        QTRY_COMPARE(instead(), u"Nothing lies there."_s);
        QCOMPARE(m_open->asked.first().text, u"Delete 2 files from the service?"_s);
    }

    void troubleIsSaidAndRefreshTriesAgain()
    {
        upload(u"gulls.mp4"_s);
        m_open->play({rule(Step::Files, Reply::ServerFault)});
        show();
        QTRY_COMPARE(instead(), u"The service had a fault of its own. Try again later."_s);
        m_open->play({});
        click("refreshFilesButton");
        QTRY_COMPARE(names(), QStringList{u"gulls.mp4"_s});

        // The list is asked for again after a deletion that failed, and the reason stays to be read.
        simulator::Rule refused = rule(Step::Files, Reply::ServerFault, 1);
        m_open->play({refused});
        m_open->answers.ask = [](const Dialogs::Question&) { return true; };
        click("deleteAllFilesButton");
        QTRY_VERIFY(find<QLabel>("filesPlaceLabel")->text().startsWith(u"Not everything was deleted"_s));
        QCOMPARE(names(), QStringList{u"gulls.mp4"_s});
    }

    void theChoicesAreKept()
    {
        show();
        auto* way = find<QComboBox>("sendVideosCombo");
        auto* life = find<QComboBox>("uploadLifeCombo");
        QCOMPARE(life->currentText(), u"24 hours"_s);
        life->setCurrentIndex(2);
        QCOMPARE(m_open->settings.uploadLife(), 7 * 24h);
        way->setCurrentIndex(1);
        QCOMPARE(m_open->settings.sendVideos(), Settings::SendVideos::Inline);
        QVERIFY(!life->isEnabled());
        show();
        QCOMPARE(find<QComboBox>("uploadLifeCombo")->currentText(), u"7 days"_s);
        QCOMPARE(find<QComboBox>("sendVideosCombo")->currentIndex(), 1);
    }

    void theChoiceHoldsForTheNextJob_data()
    {
        QTest::addColumn<Settings::SendVideos>("way");
        QTest::addColumn<int>("uploads");
        QTest::newRow("uploaded first") << Settings::SendVideos::AsFile << 1;
        QTest::newRow("inside") << Settings::SendVideos::Inline << 0;
    }
    void theChoiceHoldsForTheNextJob()
    {
        QFETCH(const Settings::SendVideos, way);
        QFETCH(const int, uploads);
        show();
        find<QComboBox>("sendVideosCombo")->setCurrentIndex(static_cast<int>(way));
        LocalFile video;
        video.path = m_open->path(u"source.mp4"_s);
        video.name = u"source.mp4"_s;
        video.mime = u"video/mp4"_s;
        video.seconds = 3;
        QVERIFY(test::makeNumberedVideo(video.path, 72, {u"-c:v"_s, u"libx264"_s}));
        GenerationRequest request;
        request.prompt = u"Make it snow"_s;
        request.model = u"grok-imagine-video"_s;
        request.inputs = EditClip{video};
        m_open->engine().jobs().enqueue(request, Origin::simulator(), Money{});
        QTRY_COMPARE(m_open->rows(), 1);
        QVERIFY(m_open->reaches(0, State::Done));
        qsizetype sent = 0;
        for (const auto& entry : m_open->seen(Step::Files))
            sent += entry.method == "POST" ? 1 : 0;
        QCOMPARE(sent, uploads);
        if (uploads == 0)
            return;
        // What was sent from here is shown as such, and nothing foreign is spoken of when it is deleted.
        click("refreshFilesButton");
        QTRY_COMPARE(names(), QStringList{u"source.mp4"_s});
        QCOMPARE(list()->topLevelItem(0)->toolTip(0), u"source.mp4"_s);
        click("deleteAllFilesButton");
        QVERIFY(!m_open->asked.last().detail.contains(u"Not sent"_s));
    }
};

QTEST_MAIN(TestUploadedFiles)

#include "tst_uploadedfiles.moc"
