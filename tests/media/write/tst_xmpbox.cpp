// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clipdetails.h"
#include "media/read/probe.h"
#include "media/read/xmpbox.h"
#include "media/write/xmpbox.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace clipkiln;
using namespace Qt::StringLiterals;
using test::readFile;
using test::writeFile;

namespace {

QByteArray box(const QByteArray& name, const QByteArray& content)
{
    QByteArray header(8, '\0');
    qToBigEndian(static_cast<quint32>(8 + content.size()), header.data());
    return header.replace(4, 4, name) + content;
}

const QByteArray ftyp = box("ftyp", "isom\0\0\2\0");
const QByteArray c2pa = box("uuid", QByteArray::fromHex("d8fec3d61b0e483c92975828877ec481") + "manifest");

QByteArray ours(const QString& prompt = u"A paper boat"_s)
{
    ClipDetails details;
    details.request.prompt = prompt;
    details.request.model = u"m"_s;
    details.origin = Origin::service();
    return toXmp(details);
}

} // namespace

/// The box stands behind bytes that stay as they are, and reading one copes with any file.
class TestXmpBox : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const QString& name) const { return m_folder.filePath(name); }

private Q_SLOTS:
    void theBytesBeforeStayAndTheVideoPlays()
    {
        const QString file = path(u"clip.mp4"_s);
        QVERIFY(test::makeNumberedVideo(file, 24, {u"-c:v"_s, u"libx264"_s}));
        const QByteArray served = readFile(file);
        const auto put = putXmpBehind(served.size(), file, ours());
        QVERIFY(put && *put);
        const QByteArray finished = readFile(file);
        QVERIFY(finished.startsWith(served));
        // The box as the specification has it: its length, "uuid", the UUID of XMP, the packet.
        QByteArray header(4, '\0');
        qToBigEndian(static_cast<quint32>(24 + ours().size()), header.data());
        QCOMPARE(finished.mid(served.size()),
                 header + "uuid" + QByteArray::fromHex("BE7ACFCB97A942E89C71999491E3AFAC") + ours());
        QCOMPARE(readXmp(file), ours());
        QCOMPARE(bytesBeforeDetails(file).value_or(0), served.size());
        QCOMPARE(probeVideo(file)->size, QSize(128, 64));
    }

    void aSecondBoxTakesThePlaceOfTheFirst()
    {
        const QString file = path(u"again.mp4"_s);
        QVERIFY(writeFile(file, ftyp));
        QVERIFY(putXmpBehind(ftyp.size(), file, ours()).value_or(false));
        QVERIFY(putXmpBehind(ftyp.size(), file, ours(u"Another"_s)).value_or(false));
        QCOMPARE(readFile(file), ftyp + xmpBox(ours(u"Another"_s)));
    }

    void someFilesTakeNoBox_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("a manifest vouches for all bytes") << ftyp + c2pa;
        QTest::newRow("its last box reaches to the end") << ftyp + QByteArray("\0\0\0\0mdat1234", 12);
        QTest::newRow("cut") << ftyp + QByteArray("\0\0\1\0mdat1234", 12);
        QTest::newRow("no MP4") << QByteArray("GIF89a and so on");
        QTest::newRow("empty") << QByteArray();
    }
    void someFilesTakeNoBox()
    {
        QFETCH(const QByteArray, content);
        const QString file = path(u"none.mp4"_s);
        QVERIFY(writeFile(file, content));
        const auto put = putXmpBehind(content.size(), file, ours());
        QVERIFY(put && !*put);
        QCOMPARE(readFile(file), content);
        QCOMPARE(readXmp(file), QByteArray());
        QVERIFY(writeFile(sidecarOf(file), ours()));
        QCOMPARE(readXmp(file), ours());
        QVERIFY(QFile::remove(sidecarOf(file)));
    }

    void aHostileFileIsReadInBounds_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("a packet too long for one of ours") << ftyp + xmpBox(QByteArray(mostXmpBytes + 1, ' '));
        QTest::newRow("a million boxes") << ftyp + box("free", {}).repeated(1'000'000) + xmpBox(ours());
        QTest::newRow("a box of 64-bit length beyond the end")
            << ftyp + QByteArray("\0\0\0\1uuid\x7f\xff\xff\xff\xff\xff\xff\xff", 16);
        QTest::newRow("a negative length") << ftyp + QByteArray("\0\0\0\1uuid\xff\xff\xff\xff\xff\xff\xff\xff", 16);
        QTest::newRow("a uuid box without a UUID") << ftyp + box("uuid", "short");
        QTest::newRow("half a header") << ftyp + QByteArray("\0\0\0", 3);
    }
    void aHostileFileIsReadInBounds()
    {
        QFETCH(const QByteArray, content);
        const QString file = path(u"hostile.mp4"_s);
        QVERIFY(writeFile(file, content));
        QCOMPARE(readXmp(file), QByteArray());
        QVERIFY(!bytesBeforeDetails(file));
    }

    void anotherProgramsBoxIsNoneOfOurs()
    {
        const QString file = path(u"foreign.mp4"_s);
        QVERIFY(writeFile(file, ftyp + xmpBox("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")));
        QVERIFY(!bytesBeforeDetails(file));
        const qint64 size = readFile(file).size();
        QVERIFY(putXmpBehind(size, file, ours()).value_or(false));
        QCOMPARE(bytesBeforeDetails(file).value_or(0), size);
    }
};

QTEST_GUILESS_MAIN(TestXmpBox)
#include "tst_xmpbox.moc"
