// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/preparationpool.h"
#include "inputs/trimframes.h"
#include "settings/settings.h"
#include "support/mediafiles.h"
#include "support/testcase.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// The frames a trim bar shows are decoded in the background, and none that nobody looks at any more.
class TestTrimFrames : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theLastFrameAskedForWins();

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

void TestTrimFrames::theLastFrameAskedForWins()
{
    constexpr int rate = 24; // frames per second
    const QStringList h264{u"-c:v"_s, u"libx264"_s, u"-preset"_s, u"ultrafast"_s, u"-g"_s, u"24"_s};
    QVERIFY(test::makeNumberedVideo(path(u"ten.mp4"_s), 10 * rate, h264));
    QVERIFY(test::makeNumberedVideo(path(u"four.mp4"_s), 4 * rate, h264));
    const Settings settings(path(u"settings.ini"_s));
    PreparationPool pool(path(u"pasted"_s), settings);
    TrimFrames frames(pool);
    QSignalSpy read(&frames, &TrimFrames::frameRead);
    frames.setVideo(path(u"ten.mp4"_s));
    for (int frame = 0; frame < 60; ++frame)
        frames.readFrame(double(frame) / rate);
    QTRY_VERIFY(!read.isEmpty() && test::numberIn(read.last().first().value<QImage>()) == 59);
    QCOMPARE(read.size(), 2); // the first, and of all the others the last

    frames.readFrame(1);
    frames.setVideo(path(u"four.mp4"_s)); // no frame of the other is emitted any more
    frames.readFrame(2);
    QTRY_COMPARE(read.size(), 3);
    QCOMPARE(test::numberIn(read.last().first().value<QImage>()), 48);
}

QTEST_GUILESS_MAIN(TestTrimFrames)
#include "tst_trimframes.moc"
