// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/plaintext.h"
#include "support/testcase.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// Text from outside as it is shown, logged and printed.
class TestPlainText : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void whatCouldDeceiveIsLeftOut_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("clean");
        QTest::newRow("a colour of the terminal") << u"\u001b[31mred\u001b[0m"_s << u"[31mred[0m"_s;
        QTest::newRow("a title of the terminal") << u"\u001b]0;owned\u0007boat"_s << u"]0;ownedboat"_s;
        QTest::newRow("a colour by one C1 character") << u"\u009b31mred"_s << u"31mred"_s;
        QTest::newRow("a bell and a backspace") << u"a\u0007\u0008b"_s << u"ab"_s;
        QTest::newRow("a null and a delete") << QString(u"a"_s + QChar(0) + u"\u007fb"_s) << u"ab"_s;
        QTest::newRow("an override") << u"clip\u202egpj.exe"_s << u"clipgpj.exe"_s;
        QTest::newRow("embeddings and their end") << u"\u202aa\u202bb\u202cc\u202d"_s << u"abc"_s;
        QTest::newRow("isolates") << u"\u2066a\u2067b\u2068c\u2069"_s << u"abc"_s;
        QTest::newRow("a line that would look like ours")
            << u"refused\r\nclipkiln: Done"_s << u"refused clipkiln: Done"_s;
        QTest::newRow("a line that would hide what stands before") << u"refused\rDone   "_s << u"refused Done   "_s;
        QTest::newRow("every other line break") << u"a\nb\u2028c\u2029d\u0085e"_s << u"a b c d e"_s;
        QTest::newRow("a tab") << u"a\tb"_s << u"a b"_s;
    }
    void whatCouldDeceiveIsLeftOut()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, clean);
        QCOMPARE(cleanLine(text), clean);
    }

    void writingStaysAsItIs_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << QString();
        QTest::newRow("a family, by joiners") << u"👨‍👩‍👧 at the sea"_s;
        QTest::newRow("Persian, by a non-joiner") << u"می‌خواهم"_s;
        QTest::newRow("a flag, by tags") << u"🏴󠁧󠁢󠁥󠁮󠁧󠁿"_s;
        QTest::newRow("Hebrew with a mark of direction") << u"שלום\u200f!"_s;
        QTest::newRow("accents apart") << u"cafe\u0301"_s;
        QTest::newRow("no-break spaces") << u"6\u00a0s, 7\u202f€"_s;
        QTest::newRow("half a pair") << QString(QChar(0xd83d));
    }
    void writingStaysAsItIs()
    {
        QFETCH(const QString, text);
        QCOMPARE(cleanLine(text), text);
        QCOMPARE(cleanText(text), text);
    }

    void linesStayWhereThereAreLines()
    {
        QCOMPARE(cleanText(u"one\ntwo\r\nthree\rfour\u2028five\tsix\u001b[2J"_s),
                 u"one\ntwo\nthree\nfour\nfive\tsix[2J"_s);
    }

    void markupIsShownAsItIsWritten()
    {
        QCOMPARE(cleanHtml(u"<b>a</b>\n&\u202eb"_s), u"<p>&lt;b&gt;a&lt;/b&gt;<br>&amp;b</p>"_s);
        QCOMPARE(cleanToolTip(u"<img src=\"file:///a\">"_s), cleanHtml(u"<img src=\"file:///a\">"_s));
        QCOMPARE(cleanToolTip(u"a & b\nc\u0007"_s), u"a & b\nc"_s);
    }

    void jsonKeepsItsValues()
    {
        const QJsonObject object{{u"prompt"_s, u"a\u001b\u009b31m\u202eb\u2028👨‍👩‍👧\n"_s}};
        const QByteArray json = cleanJson(QJsonDocument(object).toJson(QJsonDocument::Compact));
        QCOMPARE(cleanLine(QString::fromUtf8(json)), QString::fromUtf8(json));
        QCOMPARE(QJsonDocument::fromJson(json).object(), object);
    }
};

QTEST_GUILESS_MAIN(TestPlainText)
#include "tst_plaintext.moc"
