// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keytext.h"
#include "support/testcase.h"

#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

/// What a person pastes as a key is either that key or no key, never another one.
class TestKeyText : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aKeyLosesWhatCopyingAdds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("key");
        const QByteArray key("xai-Ab_9.~!");
        QTest::newRow("as it is") << u"xai-Ab_9.~!"_s << key;
        QTest::newRow("blanks and line breaks") << u" \txai-Ab_9.~!\r\n"_s << key;
        QTest::newRow("no-break spaces") << u"\u00A0xai-Ab_9.~!\u202F"_s << key;
        QTest::newRow("zero-width spaces") << u"\u200Bxai-Ab_9.~!\u200B\u2060"_s << key;
        QTest::newRow("a byte order mark") << u"\uFEFFxai-Ab_9.~!"_s << key;
        QTest::newRow("marks of direction, mixed") << u"\u202A \u200Exai-Ab_9.~! \u202C"_s << key;
        QTest::newRow("nothing") << QString() << QByteArray();
        QTest::newRow("nothing that shows") << u" \u200B\u00A0\uFEFF\n"_s << QByteArray();
    }
    void aKeyLosesWhatCopyingAdds()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, key);
        const Result<Secret> read = keyFromText(text);
        QVERIFY(read.has_value());
        QCOMPARE(read->reveal(), key);
    }

    void whatCannotBeAKeyIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("named");
        QTest::newRow("a dash of typography") << u"xai\u2013Ab9"_s << u"\"\u2013\" (U+2013)"_s;
        QTest::newRow("a letter with an accent") << u"xai-\u00C4b9"_s << u"\"\u00C4\" (U+00C4)"_s;
        QTest::newRow("a blank inside") << u"xai-Ab9 xai-Cd8"_s << u"contains U+0020."_s;
        QTest::newRow("a line break inside") << u"xai-Ab9\nX-Evil: 1"_s << u"contains U+000A."_s;
        QTest::newRow("a zero-width space inside") << u"xai-A\u200Bb9"_s << u"contains U+200B."_s;
        QTest::newRow("a character beyond the first plane") << u"xai-\U0001F511"_s << u"\"\U0001F511\" (U+1F511)"_s;
        QTest::newRow("half a character") << u"xai-"_s + QChar(0xD83D) + u"b9"_s << u"(U+D83D)"_s;
    }
    void whatCannotBeAKeyIsRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, named);
        const Result<Secret> read = keyFromText(text);
        QVERIFY(!read.has_value());
        QCOMPARE(read.error().kind, ErrorKind::KeyRefused);
        QVERIFY2(read.error().detail.contains(named), qPrintable(read.error().detail));
        QVERIFY(!read.error().detail.contains(u"xai"_s)); // nothing of the key
        QVERIFY(!read.error().detail.contains(u"b9"_s));
    }
};

QTEST_GUILESS_MAIN(TestKeyText)

#include "tst_keytext.moc"
