// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clipdetails.h"
#include "media/write/xmpbox.h"
#include "support/createform.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::CreateForm;

/// A clip that says how it was made offers its settings where it is dropped.
class TestClipSettings : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }

    static void drop(CreateForm& form, const QString& file)
    {
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file)});
        form.panel.dropFrom(&mime);
    }
    static Notice* offerIn(CreateForm& form)
    {
        for (Notice* notice : form.notices()) {
            if (notice->sentence().startsWith(u"This clip says how it was made"_s))
                return notice;
        }
        return nullptr;
    }

private Q_SLOTS:
    void initTestCase() { QVERIFY(test::makeNumberedVideo(path(u"plain.mp4"_s), 24, {u"-c:v"_s, u"libx264"_s})); }

    void theSettingsOfADroppedClipFillTheForm()
    {
        ClipDetails details;
        details.request.prompt = u"A paper boat"_s;
        details.request.model = u"grok-imagine-video"_s;
        details.request.duration = 9s;
        details.request.aspectRatio = u"1:1"_s;
        details.request.storage = StorageOptions{u"theirs.mp4"_s, {}, true};
        details.origin = Origin::service();
        const QByteArray video = test::readFile(path(u"plain.mp4"_s));
        QVERIFY(test::writeFile(path(u"clip.mp4"_s), video));
        QVERIFY(putXmpBehind(video.size(), path(u"clip.mp4"_s), toXmp(details)).value_or(false));

        CreateForm form(m_folder.path());
        drop(form, path(u"clip.mp4"_s));
        QCOMPARE(form.panel.mode(), Mode::Extend);
        QTRY_VERIFY(offerIn(form));
        QCOMPARE(form.panel.request().prompt, u""_s); // offered, not done
        test::find<QPushButton>(*offerIn(form), "noticeActionButton")->click();
        const GenerationRequest request = form.panel.request();
        QCOMPARE(request.mode(), Mode::Text);
        QCOMPARE(request.prompt, u"A paper boat"_s);
        QCOMPARE(request.duration, std::optional(9s));
        QCOMPARE(request.aspectRatio, std::optional(u"1:1"_s));
        QVERIFY(!request.storage);
        QCOMPARE(form.sent.size(), 0);
    }

    void aVideoThatSaysNothingOffersNothing()
    {
        CreateForm form(m_folder.path());
        drop(form, path(u"plain.mp4"_s));
        QCOMPARE(form.panel.mode(), Mode::Extend);
        QTRY_VERIFY(std::holds_alternative<ExtendClip>(form.panel.request().inputs) &&
                    !inputsOf(form.panel.request()).isEmpty());
        QVERIFY(!offerIn(form));
    }
};

QTEST_MAIN(TestClipSettings)
#include "tst_clipsettings.moc"
