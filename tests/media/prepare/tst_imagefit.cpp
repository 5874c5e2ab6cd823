// SPDX-License-Identifier: GPL-3.0-or-later
#include "media/prepare/prepare.h"
#include "media/prepare/testpictures.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln;
using namespace clipkiln::test;
using namespace Qt::StringLiterals;

/// A picture of another ratio is cut or gets bars, and is never stretched.
class TestImageFit : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    PictureFiles m_files;
    QString m_out;

    QString put(const QByteArray& bytes, const QString& name = u"photo.jpg"_s) { return m_files.put(bytes, name); }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_out = m_files.newOutput();
        QVERIFY(!m_out.isEmpty());
    }

    void fittingCutsOrAddsAndNeverStretches_data()
    {
        QTest::addColumn<ImageFit>("fit");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<QList<QPoint>>("places");
        QTest::addColumn<QList<QColor>>("colours");

        using How = ImageFit::How;
        const QColor grey(90, 90, 90);
        // The picture: 160 x 96, corners red, green, blue, white.
        QTest::newRow("kept") << ImageFit{How::Keep, {1, 1}, {0.5, 0.5}, {}} << QSize(160, 96)
                              << QList<QPoint>{{5, 5}, {154, 90}} << QList<QColor>{Qt::red, Qt::white};
        QTest::newRow("cropped from its middle")
            << ImageFit{How::Crop, {1, 1}, {0.5, 0.5}, {}} << QSize(96, 96) << QList<QPoint>{{42, 5}, {54, 5}}
            << QList<QColor>{Qt::red, Qt::green};
        QTest::newRow("cropped at its left edge")
            << ImageFit{How::Crop, {1, 1}, {0, 0.5}, {}} << QSize(96, 96) << QList<QPoint>{{74, 5}, {86, 5}}
            << QList<QColor>{Qt::red, Qt::green};
        QTest::newRow("cropped beyond its right edge: at the edge")
            << ImageFit{How::Crop, {1, 1}, {5, 5}, {}} << QSize(96, 96) << QList<QPoint>{{10, 90}, {22, 90}}
            << QList<QColor>{Qt::blue, Qt::white};
        QTest::newRow("cropped to a wide one, at the bottom")
            << ImageFit{How::Crop, {4, 1}, {0.5, 1}, {}} << QSize(160, 40) << QList<QPoint>{{5, 5}, {154, 30}}
            << QList<QColor>{Qt::blue, Qt::white};
        QTest::newRow("bars above and below")
            << ImageFit{How::Pad, {1, 1}, {0.5, 0.5}, grey} << QSize(160, 160)
            << QList<QPoint>{{5, 5}, {5, 154}, {5, 40}, {154, 120}} << QList<QColor>{grey, grey, Qt::red, Qt::white};
        QTest::newRow("bars left and right")
            << ImageFit{How::Pad, {5, 1}, {0.5, 0.5}, grey} << QSize(480, 96)
            << QList<QPoint>{{5, 5}, {474, 90}, {168, 5}, {312, 90}} << QList<QColor>{grey, grey, Qt::red, Qt::white};
        QTest::newRow("the ratio it has") << ImageFit{How::Crop, {5, 3}, {0, 0}, {}} << QSize(160, 96)
                                          << QList<QPoint>{{5, 5}} << QList<QColor>{Qt::red};
    }
    void fittingCutsOrAddsAndNeverStretches()
    {
        QFETCH(ImageFit, fit);
        QFETCH(QSize, size);
        QFETCH(QList<QPoint>, places);
        QFETCH(QList<QColor>, colours);
        const auto prepared = prepareImage(put(encoded(corners({160, 96}), "png")), {fit, false}, m_out);
        QVERIFY(prepared.has_value());
        QCOMPARE(prepared->file.size, size);
        const QImage result = decoded(readFile(prepared->file.path));
        QCOMPARE(result.size(), size);
        for (qsizetype i = 0; i < places.size(); ++i)
            QVERIFY2(isNear(result.pixelColor(places[i]), colours[i]),
                     qPrintable(result.pixelColor(places[i]).name() + u" is not "_s + colours[i].name()));
    }

    void aTurnedPictureIsFittedAsItIsSeen()
    {
        const auto prepared = prepareImage(put(withExif(encoded(corners({160, 96}), "jpeg"), exifTiff(6))),
                                           {{ImageFit::How::Crop, {1, 1}, {0.5, 0}, {}}, false}, m_out);
        QVERIFY(prepared.has_value());
        const QImage result = decoded(readFile(prepared->file.path));
        QCOMPARE(result.size(), QSize(96, 96));
        QVERIFY(isNear(colourIn(result, TopRight), Qt::red));
        QVERIFY(isNear(colourIn(result, TopLeft), Qt::blue));
        QVERIFY(isNear(result.pixelColor(90, 74), Qt::red));
        QVERIFY(isNear(result.pixelColor(90, 86), Qt::green));
    }

    void blurredBarsHaveThePicturesColours()
    {
        const auto prepared = prepareImage(put(encoded(corners({400, 200}), "jpeg")),
                                           {{ImageFit::How::Pad, {1, 2}, {0.5, 0.5}, {}}, false}, m_out);
        QVERIFY(prepared.has_value());
        const QImage result = decoded(readFile(prepared->file.path));
        QCOMPARE(result.size(), QSize(400, 800));
        const QColor top = result.pixelColor(10, 10);
        QVERIFY(top.red() > 150 && top.blue() < 100);
        QVERIFY(isNear(result.pixelColor(10, 310), Qt::red));
        // Nothing of an edge is left in the bars.
        for (int x = 1; x < 400; ++x)
            QVERIFY(qAbs(result.pixelColor(x, 100).green() - result.pixelColor(x - 1, 100).green()) < 12);
    }

    void aSliverIsNotPaddedWithoutBound()
    {
        const auto prepared =
            prepareImage(put(encoded(corners({12000, 100}), "png")),
                         {{ImageFit::How::Pad, {9, 16}, {0.5, 0.5}, QColor(Qt::black)}, false}, m_out);
        QVERIFY(prepared.has_value());
        QVERIFY(qint64(prepared->file.size.width()) * prepared->file.size.height() < 30'000'000);
    }
};

QTEST_GUILESS_MAIN(TestImageFit)

#include "tst_imagefit.moc"
