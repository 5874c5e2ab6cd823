// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/serviceoptions.h"
#include "support/createform.h"
#include "support/testcase.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::patience;

/// What the service can be asked for beside the clip.
class TestServiceOptions : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void offAndFoldedAtFirst();
    void whatIsTypedIsSent();
    void theBodyIsTheDocumentedOne();
    void thereIsNoUserInExtend();
    void modesRememberAllButTheAddress();
    void foldedItStillSaysWhatIsOn();
    void whatWasSentComesBack_data();
    void whatWasSentComesBack();
    void anAddressIsForOneClip();
    void anotherModelKeepsThem();
    void problemsPointIntoIt_data();
    void problemsPointIntoIt();

private:
    struct Form : test::CreateForm
    {
        explicit Form(const TestServiceOptions& test, Mode mode = Mode::Text) : CreateForm(test.m_folder.path(), mode)
        {
            prompt().setPrompt(u"Gulls"_s);
        }
        void toggle(const char* check) const { part<QCheckBox>(check)->click(); }
        void type(const char* edit, const QString& text) const
        {
            auto* field = part<QLineEdit>(edit);
            field->clear();
            QTest::keyClicks(field, text);
        }
    };

    QTemporaryDir m_folder;
};

void TestServiceOptions::init()
{
    TestCase::init();
    QFile::remove(m_folder.filePath(u"settings.ini"_s));
}

void TestServiceOptions::offAndFoldedAtFirst()
{
    Form form(*this);
    QVERIFY(form.shows("serviceOptionsButton"));
    QVERIFY(!form.shows("storeCheck"));
    QVERIFY(!form.shows("serviceOptionsSummary"));
    form.click("serviceOptionsButton");
    QVERIFY(form.shows("storeCheck"));
    QVERIFY(!form.shows("storageNameEdit")); // only with a copy
    const GenerationRequest request = form.panel.request();
    QVERIFY(!request.storage && !request.uploadUrl && !request.user);
}

void TestServiceOptions::whatIsTypedIsSent()
{
    Form form(*this);
    form.click("serviceOptionsButton");
    form.toggle("storeCheck");
    QVERIFY(form.part<QLabel>("storageCostLabel")->isVisible());
    QCOMPARE(form.panel.request().storage, (StorageOptions{u"clip.mp4"_s, 24h * 7, {}}));
    auto* expiry = form.part<QComboBox>("storageExpiryCombo");
    QTest::keyClick(expiry, Qt::Key_End);
    QCOMPARE(form.panel.request().storage, (StorageOptions{u"clip.mp4"_s, {}, {}}));
    form.type("uploadAddressEdit", u" https://bucket.example/put?sig=a%2Fb "_s);
    form.clickGenerate();
    const QJsonObject body = test::bodyOf(form.sentRequest());
    QCOMPARE(body["storage_options"_L1].toObject(), (QJsonObject{{u"filename"_s, u"clip.mp4"_s}}));
    QCOMPARE(body["output"_L1]["upload_url"_L1].toString(), u"https://bucket.example/put?sig=a%2Fb"_s);
    QVERIFY(!body.contains("user"_L1));
    form.toggle("storeCheck");
    QVERIFY(!form.panel.request().storage);
}

void TestServiceOptions::theBodyIsTheDocumentedOne()
{
    Form form(*this);
    form.prompt().setPrompt(u"A red ball rolls."_s);
    form.setLength(5);
    form.choose("resolutionCombo", u"480p"_s);
    form.click("serviceOptionsButton");
    form.toggle("storeCheck");
    form.type("storageNameEdit", u"ball.mp4"_s);
    QTest::keyClick(form.part<QComboBox>("storageExpiryCombo"), Qt::Key_Up);
    form.toggle("storageLinkCheck");
    form.type("userEdit", u"user-1"_s);
    form.clickGenerate();
    QCOMPARE(test::bodyOf(form.sentRequest()), test::goldenBody(u"text-stored.json"_s));
}

void TestServiceOptions::thereIsNoUserInExtend()
{
    Form form(*this);
    form.click("serviceOptionsButton");
    form.type("userEdit", u"user-1"_s);
    form.panel.setMode(Mode::Extend);
    QVERIFY(!form.shows("userEdit"));
    QVERIFY(form.shows("storeCheck"));
    QVERIFY(!form.panel.request().user);
    form.panel.setMode(Mode::Edit);
    QVERIFY(form.shows("userEdit"));
}

void TestServiceOptions::modesRememberAllButTheAddress()
{
    {
        Form form(*this);
        form.click("serviceOptionsButton");
        form.toggle("storeCheck");
        form.type("storageNameEdit", u"gulls.mp4"_s);
        form.type("userEdit", u"user-1"_s);
        form.type("uploadAddressEdit", u"https://bucket.example/put"_s);
        form.panel.setMode(Mode::Image);
        QVERIFY(!form.panel.request().storage);
        QVERIFY(!form.panel.request().user);
    }
    Form form(*this);
    const GenerationRequest request = form.panel.request();
    QCOMPARE(request.storage.value_or(StorageOptions()).filename, u"gulls.mp4"_s);
    QCOMPARE(request.user, u"user-1"_s);
    QVERIFY(!request.uploadUrl);
    QFile file(m_folder.filePath(u"settings.ini"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("bucket.example")); // signed for one result
}

void TestServiceOptions::foldedItStillSaysWhatIsOn()
{
    Form form(*this);
    form.click("serviceOptionsButton");
    form.toggle("storeCheck");
    form.toggle("storageLinkCheck");
    form.type("userEdit", u"user-1"_s);
    QVERIFY(!form.shows("serviceOptionsSummary"));
    form.click("serviceOptionsButton");
    QVERIFY(!form.shows("storeCheck"));
    QVERIFY(form.shows("serviceOptionsSummary"));
    QCOMPARE(form.part<QLabel>("serviceOptionsSummary")->text(), u"copy kept with a public link · user id"_s);
}

void TestServiceOptions::whatWasSentComesBack_data()
{
    QTest::addColumn<std::optional<StorageOptions>>("storage");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("user");
    using Storage = std::optional<StorageOptions>;
    QTest::newRow("nothing") << Storage() << QString() << QString();
    QTest::newRow("a copy for ever") << Storage({u"a.mp4"_s, {}, {}}) << QString() << QString();
    QTest::newRow("a copy for an odd time") << Storage({u"a.mp4"_s, 5000s, {}}) << QString() << QString();
    QTest::newRow("a public link") << Storage({u"a.mp4"_s, 1h, true}) << QString() << QString();
    QTest::newRow("a link refused in words") << Storage({u"a.mp4"_s, 24h * 30, false}) << QString() << QString();
    QTest::newRow("another place") << Storage() << u"https://bucket.example/put?sig=a%2Fb"_s << QString();
    QTest::newRow("a user") << Storage() << QString() << u"user-1"_s;
}

void TestServiceOptions::whatWasSentComesBack()
{
    QFETCH(std::optional<StorageOptions>, storage);
    QFETCH(QString, address);
    QFETCH(QString, user);
    GenerationRequest request = Form(*this).panel.request();
    request.storage = storage;
    if (!address.isEmpty())
        request.uploadUrl = QUrl(address);
    if (!user.isEmpty())
        request.user = user;

    Form form(*this, Mode::Reference);
    form.panel.setRequest(request);
    QCOMPARE(form.panel.request(), request);
    QCOMPARE(form.shows("storeCheck"), storage || !address.isEmpty() || !user.isEmpty()); // it opens by itself
    form.panel.setRequest(Form(*this, Mode::Edit).panel.request());
    QVERIFY(form.panel.request().uploadUrl == std::nullopt);
}

void TestServiceOptions::anAddressIsForOneClip()
{
    Form form(*this);
    form.click("serviceOptionsButton");
    form.type("uploadAddressEdit", u"https://bucket.example/put"_s);
    auto* takes = form.part<QComboBox>("takesCombo");
    takes->setCurrentIndex(1);
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QCOMPARE(form.notices().size(), 1);
    QVERIFY(form.notices().first()->sentence().contains(u"for one clip"_s));
    takes->setCurrentIndex(0);
    QVERIFY(form.notices().isEmpty());
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 1);

    Job job;
    job.request = form.sentRequest();
    form.panel.submitController().endSubmit({job}, false);
    QVERIFY(form.panel.request().uploadUrl); // it is still good
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 2);
    form.panel.submitController().endSubmit({job}, true);
    QVERIFY(!form.panel.request().uploadUrl);
    form.clickGenerate(); // the second half of a double click
    QCOMPARE(form.sent.size(), 2);
}

void TestServiceOptions::anotherModelKeepsThem()
{
    Form form(*this);
    form.click("serviceOptionsButton");
    form.toggle("storeCheck");
    form.type("uploadAddressEdit", u"https://bucket.example/put"_s);
    form.type("userEdit", u"user-1"_s);
    const GenerationRequest before = form.panel.request();
    form.choose("modelCombo", u"grok-imagine-video-1.5"_s);
    const GenerationRequest after = form.panel.request();
    QCOMPARE(after.storage, before.storage);
    QCOMPARE(after.uploadUrl, before.uploadUrl);
    QCOMPARE(after.user, before.user);
}

void TestServiceOptions::problemsPointIntoIt_data()
{
    QTest::addColumn<QString>("fileName");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QString>("words");
    QTest::newRow("no file name") << QString() << QString() << QByteArray("storageNameEdit") << u"file name"_s;
    QTest::newRow("no https") << u"a.mp4"_s << u"http://bucket.example/put"_s << QByteArray("uploadAddressEdit")
                              << u"https"_s;
    QTest::newRow("no address at all") << u"a.mp4"_s << u"my bucket"_s << QByteArray("uploadAddressEdit") << u"https"_s;
}

void TestServiceOptions::problemsPointIntoIt()
{
    QFETCH(QString, fileName);
    QFETCH(QString, address);
    QFETCH(QByteArray, field);
    QFETCH(QString, words);
    Form form(*this);
    QVERIFY(QTest::qWaitForWindowActive(&form.panel, patience));
    form.click("serviceOptionsButton");
    form.toggle("storeCheck");
    form.type("storageNameEdit", fileName);
    form.type("uploadAddressEdit", address);
    form.click("serviceOptionsButton"); // folded
    form.clickGenerate();
    QCOMPARE(form.sent.size(), 0);
    QVERIFY(form.notices().first()->sentence().contains(words));
    QVERIFY(form.shows(field.constData()));
    QVERIFY(form.part<QLineEdit>(field.constData())->hasFocus());
}

QTEST_MAIN(TestServiceOptions)
#include "tst_serviceoptions.moc"
