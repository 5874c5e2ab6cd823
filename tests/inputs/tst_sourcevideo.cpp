// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/sourcevideo.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// The file of a source video is judged by its content before time goes into preparing it.
class TestSourceVideo : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_path = m_folder.filePath(u"gulls.mp4"_s);
        QVERIFY(test::makeNumberedVideo(m_path, 240, {})); // 10 s
    }

    void aLongOneIsFoundOut_data()
    {
        QTest::addColumn<double>("longest");
        QTest::addColumn<bool>("tooLong");
        QTest::newRow("for an edit") << 8.7 << true;
        QTest::newRow("for an extension") << 15.0 << false;
        QTest::newRow("without limit") << 0.0 << false;
    }
    void aLongOneIsFoundOut()
    {
        QFETCH(double, longest);
        QFETCH(bool, tooLong);
        const Result<SourceVideo> source = readSourceVideo(m_path, longest);
        QVERIFY2(source.has_value(), source ? "" : qPrintable(source.error().detail));
        QCOMPARE(source->isTooLong, tooLong);
        QCOMPARE(source->input.file.name, u"gulls.mp4"_s);
        QCOMPARE(source->input.file.mime, u"video/mp4"_s);
        QCOMPARE(source->input.framesPerSecond, 24.0);
        QVERIFY(qAbs(source->input.file.seconds - 10) < 0.05);
    }

    void whatIsNoVideoSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("words");
        const QImage picture(16, 16, QImage::Format_RGB32);
        QTest::newRow("a picture") << test::encoded(picture, "png") << u"This is a picture, not a video."_s;
        QTest::newRow("a picture that is converted elsewhere")
            << test::encoded(picture, "bmp") << u"This is a picture, not a video."_s;
        QTest::newRow("a web page") << QByteArray("<!doctype html><html></html>") << u"a web page, not a video"_s;
        QTest::newRow("an empty file") << QByteArray() << u"This file is empty."_s;
        QTest::newRow("plain text") << QByteArray("harbour at dawn") << u"no video that Clipkiln knows"_s;
        QTest::newRow("a video cut off") << test::readFile(m_path).first(2000) << u"damaged or cut off"_s;
    }
    void whatIsNoVideoSaysWhy()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, words);
        const QString path = m_folder.filePath(u"candidate.mp4"_s);
        QVERIFY(test::writeFile(path, content));
        const Result<SourceVideo> source = readSourceVideo(path, 0);
        QVERIFY(!source.has_value());
        QCOMPARE(source.error().kind, ErrorKind::InputUnusable);
        QVERIFY2(source.error().detail.contains(words), qPrintable(source.error().detail));
    }

    void aMissingFileIsTheDisksTrouble()
    {
        QCOMPARE(readSourceVideo(m_folder.filePath(u"nowhere.mp4"_s), 0).error().kind, ErrorKind::Disk);
    }

private:
    QTemporaryDir m_folder;
    QString m_path;
};

QTEST_GUILESS_MAIN(TestSourceVideo)

#include "tst_sourcevideo.moc"
