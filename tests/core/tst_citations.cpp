// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testcase.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

const QString projectFolder = QDir::cleanPath(QStringLiteral(CLIPKILN_TEST_DATA "/../.."));

QString textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What the expression's first group matches in a text, all of it.
QStringList capturesIn(const QString& text, const QRegularExpression& expression)
{
    QStringList found;
    auto matches = expression.globalMatch(text);
    while (matches.hasNext())
        found.append(matches.next().captured(1));
    return found;
}

/// The numbers that a citation may name.
struct Headings
{
    QSet<QString> sections; ///< of CONTRACT.md: "6", "6.4"
    QSet<QString> qtFacts;  ///< of src/README.md
};

Headings headingsOf(const QString& contract, const QString& readme)
{
    static const QRegularExpression section(u"^#{2,3} (\\d+(?:\\.\\d+)?)\\.? "_s, QRegularExpression::MultilineOption);
    static const QRegularExpression fact(u"^### Qt fact (\\d+):"_s, QRegularExpression::MultilineOption);
    const QStringList sections = capturesIn(contract, section);
    const QStringList facts = capturesIn(readme, fact);
    return {{sections.begin(), sections.end()}, {facts.begin(), facts.end()}};
}

/// Everything in a source that cites what is not there, each as the words in question.
QStringList wrongCitations(QString text, const Headings& headings)
{
    static const QRegularExpression lineBreak(u"\\n\\s*(?://[/!]?<?)?\\s*"_s);
    static const QRegularExpression number(u"(\\d+(?:\\.\\d+)?)"_s);
    static const QRegularExpression section(
        u"CONTRACT\\.md (\\d+(?:\\.\\d+)?(?:(?:, | and |, and )\\d+(?:\\.\\d+)?)*)"_s);
    static const QRegularExpression fact(u"src/README\\.md, Qt facts? (\\d+(?:(?:, | and |, and )\\d+)*)"_s);
    static const QRegularExpression vague(
        u"(contract(?:\\.md| \\d|s? sections?)[^ ]*|(?:qt-facts|Qt facts? \\d)[^ ]*)"_s,
        QRegularExpression::CaseInsensitiveOption);
    text.replace(lineBreak, u" "_s); // a citation may run over two lines of a comment
    QStringList wrong;
    const auto check = [&](const QRegularExpression& citation, const QSet<QString>& known) {
        const QStringList lists = capturesIn(text, citation);
        for (const QString& list : lists) {
            const QStringList numbers = capturesIn(list, number);
            for (const QString& cited : numbers) {
                if (!known.contains(cited))
                    wrong.append(cited);
            }
        }
        text.remove(citation);
    };
    check(section, headings.sections);
    check(fact, headings.qtFacts);
    return wrong + capturesIn(text, vague);
}

} // namespace

/// Comments cite src/api/CONTRACT.md and src/README.md by number; here each citation is looked up.
class TestCitations : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void citationsAreJudged_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("wrong");
        const QStringList none;
        QTest::newRow("none") << u"int a; // contracted muscles"_s << none;
        QTest::newRow("a section") << u"// (CONTRACT.md 6.4)."_s << none;
        QTest::newRow("several sections") << u"// CONTRACT.md 6, 6.4 and 7"_s << u"7"_s.split(u' ');
        QTest::newRow("no such section") << u"// (CONTRACT.md 6.5)"_s << u"6.5"_s.split(u' ');
        QTest::newRow("over two lines") << u"/// text (CONTRACT.md\n    /// 6.5)"_s << u"6.5"_s.split(u' ');
        QTest::newRow("no section at all") << u"// see CONTRACT.md"_s << u"CONTRACT.md"_s.split(u' ');
        QTest::newRow("not by name of the file") << u"// contract 6.4"_s << u"contract 6.4"_s.split(u'|');
        QTest::newRow("a fact") << u"// src/README.md, Qt fact 1"_s << none;
        QTest::newRow("facts") << u"// src/README.md, Qt facts 1\n// and 3"_s << u"3"_s.split(u' ');
        QTest::newRow("a fact without its file") << u"// Qt fact 1"_s << u"Qt fact 1"_s.split(u'|');
        QTest::newRow("another file") << u"// qt-facts 1"_s << u"qt-facts"_s.split(u' ');
    }

    void citationsAreJudged()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, wrong);
        const Headings headings = headingsOf(u"## 6. A poll\n### 6.4 Moderation\n"_s, u"### Qt fact 1: posts\n"_s);
        QCOMPARE(wrongCitations(text, headings), wrong);
    }

    void everyCitationExists()
    {
        const Headings headings =
            headingsOf(textOf(projectFolder + u"/src/api/CONTRACT.md"_s), textOf(projectFolder + u"/src/README.md"_s));
        QVERIFY(headings.sections.contains(u"1"_s));
        QVERIFY(headings.qtFacts.contains(u"1"_s));
        QStringList found;
        for (const QString& folder : {u"/src"_s, u"/tests"_s}) {
            QDirIterator sources(projectFolder + folder, {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                                 QDirIterator::Subdirectories);
            while (sources.hasNext()) {
                const QString path = sources.next();
                if (sources.fileName() == "tst_citations.cpp"_L1)
                    continue;
                const QStringList wrong = wrongCitations(textOf(path), headings);
                if (!wrong.isEmpty())
                    found.append(u"%1: %2"_s.arg(path, wrong.join(u"; "_s)));
            }
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }
};

QTEST_GUILESS_MAIN(TestCitations)

#include "tst_citations.moc"
