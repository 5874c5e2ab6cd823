// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/presets.h"
#include "support/requests.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// Presets and the file they are kept in.
class TestPresetFile : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_folder = std::make_unique<QTemporaryDir>();
    }

    void aNewProfileHasNone();
    void whatIsSavedIsThereNextTime_data();
    void whatIsSavedIsThereNextTime();
    void inputsAndAddressesAreNotKept();
    void starredOnesComeFirst();
    void savingAgainReplaces();
    void aTakenNameIsRefused();
    void removedOnesComeBackAsTheyWere();
    void aBrokenFileIsSetAside();
    void anUnreadableFileIsLeftAlone();
    void aFileTooLargeIsLeftAlone();
    void aFileOfANewerClipkilnIsLeftAlone();
    void aFailedWriteChangesNothing();
    void anExportCanBeImported();
    void takenNamesGetANumber();
    void aThousandOfOneNameComeInAtOnce();
    void tooManyAreRefused();
    void tooLongANameIsRefused();
    void unusableFilesAreRefused_data();
    void unusableFilesAreRefused();
    void randomBytesNeverCrash();

private:
    [[nodiscard]] QString path(const QString& name = u"presets.json"_s) const { return m_folder->filePath(name); }
    static Preset preset(const QString& name, Mode mode = Mode::Text)
    {
        Preset preset = makePreset(name, test::request(mode));
        preset.request.prompt.clear();
        return preset;
    }
    static QStringList namesOf(const Presets& presets)
    {
        QStringList names;
        for (const Preset& each : presets.all())
            names.append(each.name);
        return names;
    }
    void write(const QString& name, const QByteArray& content) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
    [[nodiscard]] QByteArray read(const QString& name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestPresetFile::aNewProfileHasNone()
{
    Presets presets(path());
    QVERIFY(!presets.load());
    QVERIFY(presets.all().isEmpty());
    QVERIFY(!QFile::exists(path()));
}

void TestPresetFile::whatIsSavedIsThereNextTime_data()
{
    QTest::addColumn<Mode>("mode");
    for (const Mode mode : {Mode::Text, Mode::Image, Mode::Reference, Mode::Edit, Mode::Extend})
        QTest::newRow(qPrintable(toName(mode))) << mode;
}

void TestPresetFile::whatIsSavedIsThereNextTime()
{
    QFETCH(Mode, mode);
    Preset saved = preset(u"Night & \"day\""_s, mode);
    saved.starred = true;
    saved.request.prompt = u"Rain\non the lens"_s;
    saved.request.generateAudio = false;
    saved.request.storage = StorageOptions{u"a.mp4"_s, std::chrono::hours(1), true};
    if (auto* references = std::get_if<FromReferences>(&saved.request.inputs))
        references->voices = QStringList{u"eve"_s};
    {
        Presets presets(path());
        QSignalSpy changed(&presets, &Presets::changed);
        QVERIFY(!presets.put(saved));
        QCOMPARE(changed.size(), 1);
    }
    Presets presets(path());
    QVERIFY(!presets.load());
    QCOMPARE(presets.all(), QList<Preset>{saved});
}

void TestPresetFile::inputsAndAddressesAreNotKept()
{
    GenerationRequest request = test::request(Mode::Image);
    request.uploadUrl = QUrl(u"https://bucket.example/put"_s);
    Presets presets(path());
    QVERIFY(!presets.put(makePreset(u"A"_s, request)));
    QVERIFY(!read(u"presets.json"_s).contains("harbour.jpg"));
    QVERIFY(!read(u"presets.json"_s).contains("bucket.example"));
}

void TestPresetFile::starredOnesComeFirst()
{
    Presets presets(path());
    for (const auto& name : {u"c"_s, u"a"_s, u"b"_s})
        QVERIFY(!presets.put(preset(name)));
    QCOMPARE(namesOf(presets), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
    QVERIFY(!presets.setStarred(u"c"_s, true));
    QCOMPARE(namesOf(presets), (QStringList{u"c"_s, u"a"_s, u"b"_s}));
    QVERIFY(!presets.setStarred(u"c"_s, false));
    QCOMPARE(namesOf(presets), (QStringList{u"a"_s, u"b"_s, u"c"_s}));
}

void TestPresetFile::savingAgainReplaces()
{
    Presets presets(path());
    QVERIFY(!presets.put(preset(u"Night"_s)));
    QVERIFY(!presets.put(preset(u"night"_s, Mode::Extend)));
    QCOMPARE(namesOf(presets), QStringList{u"night"_s});
    QCOMPARE(presets.find(u"NIGHT"_s)->request.mode(), Mode::Extend);
}

void TestPresetFile::aTakenNameIsRefused()
{
    Presets presets(path());
    QVERIFY(!presets.put(preset(u"a"_s)));
    QVERIFY(!presets.put(preset(u"b"_s)));
    const auto error = presets.rename(u"a"_s, u" B "_s);
    QVERIFY(error.has_value());
    QVERIFY(error->detail.contains(u"\"B\""_s));
    QCOMPARE(namesOf(presets), (QStringList{u"a"_s, u"b"_s}));
    QVERIFY(!presets.rename(u"a"_s, u"A"_s)); // its own name in another case
    QVERIFY(!presets.rename(u"A"_s, u"c"_s));
    QVERIFY(!presets.rename(u"c"_s, u"  "_s));
    QCOMPARE(namesOf(presets), (QStringList{u"b"_s, u"c"_s}));
}

void TestPresetFile::removedOnesComeBackAsTheyWere()
{
    Presets presets(path());
    QVERIFY(!presets.put(preset(u"a"_s)));
    QVERIFY(!presets.setStarred(u"a"_s, true));
    const Preset before = *presets.find(u"a"_s);
    QVERIFY(!presets.remove(u"a"_s));
    QVERIFY(!presets.find(u"a"_s));
    QVERIFY(!presets.put(before));
    QCOMPARE(presets.all(), QList<Preset>{before});
}

void TestPresetFile::aBrokenFileIsSetAside()
{
    write(u"presets.json"_s, "{ half");
    write(u"presets-broken.json"_s, "an older one");
    Presets presets(path());
    const auto error = presets.load();
    QVERIFY(error.has_value());
    QVERIFY2(error->detail.contains(u"presets-broken (2).json"_s), qPrintable(error->detail));
    QVERIFY(!presets.put(preset(u"a"_s)));
    QCOMPARE(read(u"presets-broken (2).json"_s), QByteArray("{ half"));
    QCOMPARE(read(u"presets-broken.json"_s), QByteArray("an older one"));
    Presets again(path());
    QVERIFY(!again.load());
    QCOMPARE(namesOf(again), QStringList{u"a"_s});
}

void TestPresetFile::anUnreadableFileIsLeftAlone()
{
    QVERIFY(QDir().mkpath(path())); // a folder in its place
    Presets presets(path());
    QVERIFY(presets.load().has_value());
    QVERIFY(presets.put(preset(u"a"_s)).has_value());
    QVERIFY(presets.all().isEmpty());
    QVERIFY(QFileInfo(path()).isDir());
}

void TestPresetFile::aFileTooLargeIsLeftAlone()
{
    const QByteArray content(20 * 1024 * 1024, ' ');
    write(u"presets.json"_s, content);
    Presets presets(path());
    QCOMPARE(presets.load(), (Error{ErrorKind::InputUnusable, u"This file is larger than 16 MB."_s}));
    QVERIFY(presets.put(preset(u"a"_s)));
    QCOMPARE(read(u"presets.json"_s).size(), content.size());
}

void TestPresetFile::aFileOfANewerClipkilnIsLeftAlone()
{
    const QByteArray newer = "{\"clipkilnPresets\": 2, \"presets\": []}";
    write(u"presets.json"_s, newer);
    Presets presets(path());
    const auto error = presets.load();
    QVERIFY(error.has_value());
    QCOMPARE(error->kind, ErrorKind::InputUnusable);
    QVERIFY2(error->detail.contains(u"newer Clipkiln"_s), qPrintable(error->detail));
    QVERIFY(presets.put(preset(u"a"_s)).has_value());
    QVERIFY(presets.all().isEmpty());
    QCOMPARE(read(u"presets.json"_s), newer);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"presets.json"_s});
}

void TestPresetFile::aFailedWriteChangesNothing()
{
    Presets presets(path(u"no such folder/presets.json"_s));
    QVERIFY(!presets.load());
    QSignalSpy changed(&presets, &Presets::changed);
    const auto error = presets.put(preset(u"a"_s));
    QVERIFY(error.has_value());
    QCOMPARE(error->kind, ErrorKind::Disk);
    QVERIFY(presets.all().isEmpty());
    QCOMPARE(changed.size(), 0);
}

void TestPresetFile::anExportCanBeImported()
{
    Presets presets(path());
    QVERIFY(!presets.put(preset(u"a"_s)));
    QVERIFY(!presets.put(preset(u"b"_s, Mode::Edit)));
    QVERIFY(!presets.setStarred(u"b"_s, true));
    QVERIFY(!presets.exportTo(path(u"export.json"_s)));
    Presets other(path(u"other.json"_s));
    const auto count = other.importFrom(path(u"export.json"_s));
    QVERIFY(count.has_value());
    QCOMPARE(*count, 2);
    QCOMPARE(other.all(), presets.all());
    QCOMPARE(read(u"other.json"_s), read(u"presets.json"_s));
}

void TestPresetFile::takenNamesGetANumber()
{
    Presets presets(path());
    QVERIFY(!presets.put(preset(u"a"_s, Mode::Edit)));
    QVERIFY(!presets.exportTo(path(u"export.json"_s)));
    QVERIFY(presets.importFrom(path(u"export.json"_s)).has_value());
    QVERIFY(presets.importFrom(path(u"export.json"_s)).has_value());
    QCOMPARE(namesOf(presets), (QStringList{u"a"_s, u"a (2)"_s, u"a (3)"_s}));
}

void TestPresetFile::aThousandOfOneNameComeInAtOnce()
{
    const QString longest(mostPresetName, u'n');
    write(u"many.json"_s, toJson(QList<Preset>(mostPresets, preset(longest))));
    Presets presets(path());
    QCOMPARE(presets.importFrom(path(u"many.json"_s)).value_or(0), mostPresets);
    const QStringList names = namesOf(presets);
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), mostPresets);
    QVERIFY(presets.find(longest.chopped(7) + u" (1000)"_s));
    Presets again(path());
    QVERIFY(!again.load());
    QCOMPARE(again.all().size(), mostPresets);
}

void TestPresetFile::tooManyAreRefused()
{
    write(u"half.json"_s, toJson(QList<Preset>(mostPresets / 2 + 1, preset(u"a"_s))));
    write(u"more.json"_s, toJson(QList<Preset>(mostPresets + 1, preset(u"a"_s))));
    Presets presets(path());
    QVERIFY(presets.importFrom(path(u"more.json"_s)).error().detail.contains(u"1001 presets"_s));
    QVERIFY(presets.importFrom(path(u"half.json"_s)).has_value());
    QVERIFY(presets.importFrom(path(u"half.json"_s)).error().detail.contains(u"1002 presets"_s));
    QCOMPARE(presets.all().size(), mostPresets / 2 + 1);
}

void TestPresetFile::tooLongANameIsRefused()
{
    const Preset tooLong = preset(QString(mostPresetName + 1, u'n'));
    write(u"long.json"_s, toJson(QList<Preset>{tooLong}));
    Presets presets(path());
    QVERIFY(presets.importFrom(path(u"long.json"_s)).error().detail.contains(u"200 characters"_s));
    QVERIFY(presets.put(tooLong)->detail.contains(u"200 characters"_s));
    QVERIFY(presets.all().isEmpty());
}

void TestPresetFile::unusableFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("words");
    const auto file = [](const QByteArray& preset) {
        return QByteArray("{\n\"clipkilnPresets\": 1,\n\"presets\": [\n" + preset + "\n]\n}");
    };
    QTest::newRow("nothing") << QByteArray() << u"no file of presets"_s;
    QTest::newRow("no JSON") << QByteArray("{\n\n half") << u"line 3"_s;
    QTest::newRow("other JSON") << QByteArray("{\"models\": []}") << u"no file of presets of Clipkiln"_s;
    QTest::newRow("a list") << QByteArray("[1, 2]") << u"no file of presets of Clipkiln"_s;
    QTest::newRow("no list of presets") << QByteArray("{\"clipkilnPresets\": 1}") << u"no file of presets"_s;
    QTest::newRow("of the future") << QByteArray("{\"clipkilnPresets\": 2, \"presets\": []}") << u"newer Clipkiln"_s;
    QTest::newRow("no name") << file("{\"request\": {\"mode\": \"text\", \"prompt\": \"\", \"model\": \"a\"}}")
                             << u"presets[0].name: is missing"_s;
    QTest::newRow("no request") << file("{\"name\": \"a\"}") << u"presets[0].request.mode"_s;
    QTest::newRow("an unknown mode")
        << file("{\"name\": \"a\",\n\"request\": {\n\"prompt\": \"\", \"model\": \"a\",\n\"mode\": \"dance\"}}")
        << u"presets[0].request.mode: text, image"_s;
    QTest::newRow("a wrong type")
        << file("{\"name\": \"a\",\"request\": {\"mode\": \"text\", \"prompt\": \"\", \"model\": \"a\","
                "\n\"duration\": \"six\"}}")
        << u"presets[0].request.duration"_s;
}

void TestPresetFile::unusableFilesAreRefused()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, words);
    write(u"import.json"_s, content);
    Presets presets(path());
    QVERIFY(!presets.put(preset(u"a"_s)));
    const auto result = presets.importFrom(path(u"import.json"_s));
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().kind, ErrorKind::InputUnusable);
    QVERIFY2(result.error().detail.contains(words), qPrintable(result.error().detail));
    QCOMPARE(namesOf(presets), QStringList{u"a"_s});
}

void TestPresetFile::randomBytesNeverCrash()
{
    const QByteArray good = toJson(QList<Preset>{preset(u"a"_s), preset(u"b"_s, Mode::Reference)});
    QVERIFY(presetsFromJson(good).has_value());
    quint32 state = 7;
    const auto next = [&state](qsizetype below) {
        state = state * 1664525U + 1013904223U;
        return static_cast<qsizetype>(state >> 8) % below;
    };
    for (int round = 0; round < 2'000; ++round) {
        QByteArray bytes = good;
        for (qsizetype changes = next(4); changes >= 0; --changes)
            bytes[next(bytes.size())] = static_cast<char>(next(256));
        const auto presets = presetsFromJson(bytes);
        if (!presets)
            QVERIFY(!presets.error().detail.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestPresetFile)
#include "tst_presetfile.moc"
