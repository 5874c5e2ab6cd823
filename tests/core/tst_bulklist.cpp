// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulklist.h"
#include "core/validate.h"
#include "support/testcase.h"

#include <QFile>
#include <QRandomGenerator>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

#if defined(Q_OS_LINUX) && !defined(__SANITIZE_ADDRESS__) // which keeps what is freed
#include <sys/resource.h>
#endif

using namespace clipkiln;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

LocalFile aPhoto()
{
    return {u"/photos/a.jpg"_s, u"a.jpg"_s, u"image/jpeg"_s, {}, 1000, QSize(400, 300), 0};
}

} // namespace

class TestBulkList : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreRead_data();
    void linesAreRead();
    void everyColumnIsRead();
    void headersAreRead_data();
    void headersAreRead();
    void aBadValueMarksItsLineAlone_data();
    void aBadValueMarksItsLineAlone();
    void filesAreRead_data();
    void filesAreRead();
    void whatIsNoListIsRefused_data();
    void whatIsNoListIsRefused();
    void imagesLieBesideTheFile();
    void randomBytesNeverCrash();
    void whatALineDoesNotSayComesFromTheForm();
    void whatTheModelDoesNotTakeIsNotInherited();
    void aWrongValueOfTheLineIsKeptToBeSeen();

private:
    [[nodiscard]] QString write(const QString& name, const QByteArray& bytes);

    QTemporaryDir m_folder;
    ModelTable m_models = ModelTable::builtIn();
};

QString TestBulkList::write(const QString& name, const QByteArray& bytes)
{
    QFile file(m_folder.filePath(name));
    file.remove(); // some file systems write out at once what takes the place of something
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("no list could be written");
    return file.fileName();
}

void TestBulkList::linesAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("prompts");
    QTest::newRow("a prompt a line") << u"one\ntwo"_s << QStringList{u"one"_s, u"two"_s};
    QTest::newRow("line ends of Windows") << u"one\r\ntwo\r\n"_s << QStringList{u"one"_s, u"two"_s};
    QTest::newRow("empty lines and edges are nothing")
        << u"\n  one  \n\n\t\ntwo\n"_s << QStringList{u"one"_s, u"two"_s};
    QTest::newRow("commas and quotes are part of a prompt")
        << u"a \"red\" door, open"_s << QStringList{u"a \"red\" door, open"_s};
    QTest::newRow("comments are left out") << u"# mine\none\n #two"_s << QStringList{u"one"_s};
}

void TestBulkList::linesAreRead()
{
    QFETCH(QString, text);
    QFETCH(QStringList, prompts);
    const auto list = bulkListFromLines(text);
    QVERIFY(list);
    QStringList read;
    for (const BulkLine& line : list->lines)
        read.append(line.prompt);
    QCOMPARE(read, prompts);
    QCOMPARE(list->notices.isEmpty(), !text.contains(u'#')); // what is left out is said
}

void TestBulkList::everyColumnIsRead()
{
    const auto list = bulkListFromTable(
        u"Prompt,MODEL,mode,Duration,Aspect ratio,resolution,Takes,Image,sound\n"
        "\"A boat, slowly\",grok-imagine-video-1.5,Image,8 s,9:16,720P,3,https://example.com/a.jpg,off\n"_s);
    QVERIFY(list);
    QCOMPARE(list->notices, {});
    QCOMPARE(list->lines.size(), 1);
    const BulkLine expected{2,
                            u"A boat, slowly"_s,
                            u"grok-imagine-video-1.5"_s,
                            Mode::Image,
                            8s,
                            u"9:16"_s,
                            u"720p"_s,
                            3,
                            u"https://example.com/a.jpg"_s,
                            false,
                            {}};
    QCOMPARE(list->lines.first(), expected);
}

void TestBulkList::headersAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("notices");
    QTest::newRow("semicolons") << u"takes;prompt\n2;a, b"_s << QStringList{};
    QTest::newRow("tabs") << u"takes\tprompt\n2\ta, b"_s << QStringList{};
    QTest::newRow("columns of others are named") << u"id,takes,prompt,My notes\n7,2,\"a, b\",x"_s
                                                 << QStringList{u"Columns that are not used: \"id\", \"My notes\"."_s};
    QTest::newRow("the first of two counts")
        << u"prompt,takes,Prompt\n\"a, b\",2,c"_s << QStringList{u"Columns that are not used: \"Prompt\"."_s};
    QTest::newRow("rows of separators are nothing") << u"prompt,takes\n,\n\"a, b\",2\n , \n"_s << QStringList{};
    QTest::newRow("a short line says less") << u"takes,prompt,model,image\n2,\"a, b\""_s << QStringList{};
}

void TestBulkList::headersAreRead()
{
    QFETCH(QString, text);
    QFETCH(QStringList, notices);
    const auto list = bulkListFromTable(text);
    QVERIFY(list);
    QCOMPARE(list->notices, notices);
    QCOMPARE(list->lines.size(), 1);
    QCOMPARE(list->lines.first().prompt, u"a, b"_s);
    QCOMPARE(list->lines.first().takes, 2);
    QCOMPARE(list->lines.first().problems, {});
}

void TestBulkList::aBadValueMarksItsLineAlone_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("a word for a length") << u"duration"_s << u"long"_s
                                         << u"Line 3, duration: \"long\" is not a whole number of seconds."_s;
    QTest::newRow("a broken length") << u"duration"_s << u"2.5"_s
                                     << u"Line 3, duration: \"2.5\" is not a whole number of seconds."_s;
    QTest::newRow("no takes") << u"takes"_s << u"0"_s << u"Line 3, takes: \"0\" is not a number from 1 to 8."_s;
    QTest::newRow("too many takes") << u"takes"_s << u"9"_s << u"Line 3, takes: \"9\" is not a number from 1 to 8."_s;
    QTest::newRow("a mode that needs more")
        << u"mode"_s << u"extend"_s << u"Line 3, mode: \"extend\" cannot be in a list. Write text or image."_s;
    QTest::newRow("a sound in between") << u"sound"_s << u"quiet"_s
                                        << u"Line 3, sound: \"quiet\" is neither on nor off."_s;
    QTest::newRow("a value too many") << u"model"_s << u",more"_s
                                      << u"Line 3, prompt: there are more values than columns. Put quotes around a "
                                         "prompt with commas."_s;
}

void TestBulkList::aBadValueMarksItsLineAlone()
{
    QFETCH(QString, column);
    QFETCH(QString, value);
    QFETCH(QString, sentence);
    const auto list = bulkListFromTable(u"prompt,%1\ngood,\nbad,%2\ngood,"_s.arg(column, value));
    QVERIFY(list);
    QCOMPARE(list->lines.size(), 3);
    QCOMPARE(list->lines.at(0).problems, {});
    QCOMPARE(list->lines.at(2).problems, {});
    QCOMPARE(list->lines.at(1).problems.size(), 1);
    QCOMPARE(list->lines.at(1).problems.first().sentence, sentence);
    QCOMPARE(list->lines.at(1).takes, 1);
}

void TestBulkList::filesAreRead_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    const QString prompt = u"Schnee über 東京"_s;
    QStringEncoder utf16(QStringConverter::Utf16LE, QStringConverter::Flag::WriteBom);
    const QByteArray windows = utf16(u"prompt\ttakes\r\n%1\t1\r\n"_s.arg(prompt));
    QTest::newRow("lines") << u"a.txt"_s << prompt.toUtf8();
    QTest::newRow("lines with a mark") << u"a.TXT"_s << "\xef\xbb\xbf" + prompt.toUtf8();
    QTest::newRow("a table with a mark") << u"a.csv"_s << "\xef\xbb\xbfprompt,takes\r\n" + prompt.toUtf8() + ",1\r\n";
    QTest::newRow("a table of a spreadsheet on Windows") << u"a.tsv"_s << windows;
}

void TestBulkList::filesAreRead()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QVERIFY(isBulkListName(name));
    const auto list = readBulkList(write(name, bytes));
    QVERIFY(list);
    QCOMPARE(list->lines.size(), 1);
    QCOMPARE(list->lines.first().prompt, u"Schnee über 東京"_s);
}

void TestBulkList::whatIsNoListIsRefused_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("words");
    const QString noPrompt = u"There is no prompt in this list."_s;
    QTest::newRow("nothing") << u"a.txt"_s << QByteArray() << noPrompt;
    QTest::newRow("comments alone") << u"a.txt"_s << QByteArray("# a\n# b") << noPrompt;
    QTest::newRow("a header alone") << u"a.csv"_s << QByteArray("prompt,takes\n") << noPrompt;
    QTest::newRow("an empty table") << u"a.csv"_s << QByteArray() << u"must be \"prompt\""_s;
    QTest::newRow("no column of prompts") << u"a.csv"_s << QByteArray("text,takes\na,1") << u"must be \"prompt\""_s;
    QTest::newRow("an open quote") << u"a.csv"_s << QByteArray("prompt\n\"a\nb") << u"line 2"_s;
    QTest::newRow("a picture") << u"a.txt"_s << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) << u"not a text file"_s;
    QTest::newRow("another encoding") << u"a.txt"_s << QByteArray("caf\xe9") << u"not UTF-8"_s;
    QTest::newRow("too many prompts") << u"a.txt"_s << QByteArray("a\n").repeated(mostBulkJobs + 1)
                                      << u"1001 prompts. At most 1000"_s;
    // Two million: kept before they were counted, they would take a gigabyte.
    QTest::newRow("millions of prompts") << u"a.txt"_s << QByteArray("a\n").repeated(mostBulkBytes / 2)
                                         << u"2097152 prompts. At most 1000"_s;
    QTest::newRow("a table of millions") << u"a.csv"_s << "prompt\n" + QByteArray("a\n").repeated(2'000'000)
                                         << u"2000000 prompts. At most 1000"_s;
    QTest::newRow("too large") << u"a.txt"_s << QByteArray(mostBulkBytes + 1, 'a') << u"larger"_s;
}

void TestBulkList::whatIsNoListIsRefused()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, words);
    const auto list = readBulkList(write(name, bytes));
    QVERIFY(!list);
    QCOMPARE(list.error().kind, ErrorKind::InvalidRequest);
    QVERIFY2(list.error().detail.contains(words), qPrintable(list.error().detail));
    QCOMPARE(readBulkList(m_folder.filePath(u"gone.csv"_s)).error().kind, ErrorKind::Disk);
#if defined(Q_OS_LINUX) && !defined(__SANITIZE_ADDRESS__) // which keeps what is freed
    rusage used{};
    QCOMPARE(getrusage(RUSAGE_SELF, &used), 0);
    QVERIFY2(used.ru_maxrss < 200'000, qPrintable(QString::number(used.ru_maxrss))); // KB
#endif
}

void TestBulkList::imagesLieBesideTheFile()
{
    const auto list = readBulkList(write(u"shots.csv"_s, "prompt,image\n"
                                                         "a,photos/one.jpg\n"
                                                         "b,/abs/two.jpg\n"
                                                         "c,https://example.com/three.jpg\n"
                                                         "d,\n"));
    QVERIFY(list);
    QStringList images;
    for (const BulkLine& line : list->lines)
        images.append(line.image);
    QCOMPARE(images, QStringList({m_folder.filePath(u"photos/one.jpg"_s), u"/abs/two.jpg"_s,
                                  u"https://example.com/three.jpg"_s, QString()}));
}

void TestBulkList::randomBytesNeverCrash()
{
    auto random = QRandomGenerator(3);
    const std::array<QByteArray, 12> pieces{"prompt", ",",     ";",    "\t",           "\"",       "\n",
                                            "\r\n",   "takes", "mode", "\xef\xbb\xbf", "\xff\xfe", "duration"};
    const GenerationRequest base = defaultRequest(Mode::Text, *m_models.find(m_models.defaultModel()));
    int lists = 0;
    for (int round = 0; round < 2000; ++round) {
        QByteArray bytes = round % 2 ? "prompt," : "";
        for (int count = random.bounded(60); count > 0; --count) {
            const auto byte = static_cast<char>(random.bounded(256));
            bytes += random.bounded(40) ? pieces.at(random.bounded(quint32{pieces.size()})) : QByteArray(1, byte);
        }
        const auto list = readBulkList(write(round % 4 < 2 ? u"r.csv"_s : u"r.txt"_s, bytes));
        if (!list)
            continue;
        ++lists;
        for (const BulkLine& line : list->lines) {
            QVERIFY(line.line > 0);
            QVERIFY(1 <= line.takes && line.takes <= mostTakes);
            const GenerationRequest request = requestOf(line, {}, base, m_models);
            const Model* known = m_models.find(request.model);
            (void)validate(request, known ? *known : m_models.unknownModel(request.model));
        }
    }
    QVERIFY2(lists > 200, "nothing was tried");
}

void TestBulkList::whatALineDoesNotSayComesFromTheForm()
{
    GenerationRequest form = defaultRequest(Mode::Text, *m_models.find(u"grok-imagine-video"_s));
    form.prompt = u"of the form"_s;
    form.duration = 9s;
    form.aspectRatio = u"1:1"_s;
    form.resolution = u"480p"_s;
    form.generateAudio = false;
    BulkLine line;
    line.prompt = u"of the list"_s;
    line.resolution = u"720p"_s;

    GenerationRequest expected = form;
    expected.prompt = u"of the list"_s;
    expected.resolution = u"720p"_s;
    QCOMPARE(requestOf(line, {}, form, m_models), expected);

    line.image = u"a.jpg"_s;
    line.aspectRatio = u"image"_s;
    expected.aspectRatio.reset();
    expected.inputs = FromImage{aPhoto(), {}, {}};
    QCOMPARE(requestOf(line, aPhoto(), form, m_models), expected);
}

void TestBulkList::whatTheModelDoesNotTakeIsNotInherited()
{
    GenerationRequest form = defaultRequest(Mode::Text, *m_models.find(u"grok-imagine-video-1.5"_s));
    form.resolution = u"1080p"_s;
    form.duration = 12s;
    BulkLine line;
    line.prompt = u"a"_s;
    line.model = u"grok-imagine-video"_s;
    const GenerationRequest request = requestOf(line, {}, form, m_models);
    QCOMPARE(request.resolution, u"720p"_s);
    QCOMPARE(request.duration, 12s);
    QCOMPARE(validate(request, *m_models.find(line.model)), {});

    // From a form that extends a clip nothing is taken over but the model.
    form = defaultRequest(Mode::Extend, *m_models.find(u"grok-imagine-video"_s));
    form.duration = 3s;
    QCOMPARE(requestOf(line, {}, form, m_models).duration, 6s);
    QCOMPARE(validate(requestOf(line, {}, form, m_models), *m_models.find(line.model)), {});
}

void TestBulkList::aWrongValueOfTheLineIsKeptToBeSeen()
{
    const GenerationRequest form = defaultRequest(Mode::Text, *m_models.find(u"grok-imagine-video"_s));
    BulkLine line;
    line.prompt = u"a"_s;
    line.duration = 40s;
    line.aspectRatio = u"7:3"_s;
    line.resolution = u"8k"_s;
    const GenerationRequest request = requestOf(line, {}, form, m_models);
    QCOMPARE(validate(request, *m_models.find(request.model)).size(), 3);
}

QTEST_GUILESS_MAIN(TestBulkList)
#include "tst_bulklist.moc"
