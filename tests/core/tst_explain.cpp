// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/error.h"
#include "support/testcase.h"

#include <QSet>
#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

QList<ErrorKind> allKinds()
{
    QList<ErrorKind> kinds;
    for (int kind = 0; kind <= static_cast<int>(ErrorKind::Keychain); ++kind)
        kinds.append(static_cast<ErrorKind>(kind));
    return kinds;
}

Explanation explained(ErrorKind kind)
{
    return explain(Error{kind, u"raw words"_s});
}

} // namespace

class TestExplain : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasASentenceOfItsOwn();
    void aButtonIsThereExactlyWhereItCanBePressed();
    void theNextStepFitsTheTrouble_data();
    void theNextStepFitsTheTrouble();
    void rawWordsStayOutOfTheSentence();
    void everyNameComesBack();
    void unknownNamesAreNothing();
};

void TestExplain::everyKindHasASentenceOfItsOwn()
{
    QSet<QString> seen;
    for (const ErrorKind kind : allKinds()) {
        const QString sentence = explained(kind).sentence;
        QVERIFY2(sentence.endsWith(u'.'), qPrintable(toName(kind)));
        QVERIFY2(sentence.size() <= 110, qPrintable(sentence));
        QVERIFY2(!seen.contains(sentence), qPrintable(sentence));
        seen.insert(sentence);
    }
}

void TestExplain::aButtonIsThereExactlyWhereItCanBePressed()
{
    for (const ErrorKind kind : allKinds()) {
        const Explanation explanation = explained(kind);
        const bool silent = explanation.action == ErrorAction::None || explanation.action == ErrorAction::Wait;
        QCOMPARE(explanation.actionText.isEmpty(), silent);
    }
}

void TestExplain::theNextStepFitsTheTrouble_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<ErrorAction>("action");
    QTest::addColumn<QString>("text");
    QTest::newRow("moderated: another prompt") << ErrorKind::Moderated << ErrorAction::EditAndRun << u"Edit and run"_s;
    QTest::newRow("lost: only a person sends again")
        << ErrorKind::SubmitLost << ErrorAction::TryAgain << u"Try again"_s;
    QTest::newRow("link gone: ask once more") << ErrorKind::LinkGone << ErrorAction::WatchAgain << u"Watch again"_s;
    QTest::newRow("at the person's own address: no new job")
        << ErrorKind::AtOwnAddress << ErrorAction::WatchAgain << u"Watch again"_s;
    QTest::newRow("a rate limit passes") << ErrorKind::RateLimited << ErrorAction::Wait << QString();
    QTest::newRow("out of credits is no rate limit")
        << ErrorKind::OutOfCredits << ErrorAction::CheckCredits << u"Check credits"_s;
    QTest::newRow("a refused key") << ErrorKind::KeyRefused << ErrorAction::OpenKeySettings << u"Service and key…"_s;
    QTest::newRow("a full disk") << ErrorKind::DiskFull << ErrorAction::OpenFolderSettings << u"Folders…"_s;
}

void TestExplain::theNextStepFitsTheTrouble()
{
    QFETCH(ErrorKind, kind);
    QFETCH(ErrorAction, action);
    QFETCH(QString, text);
    QCOMPARE(explained(kind).action, action);
    QCOMPARE(explained(kind).actionText, text);
}

void TestExplain::rawWordsStayOutOfTheSentence()
{
    for (const ErrorKind kind : allKinds())
        QVERIFY(!explained(kind).sentence.contains("raw words"_L1));
}

void TestExplain::everyNameComesBack()
{
    QSet<QString> seen;
    for (const ErrorKind kind : allKinds()) {
        const QString name = toName(kind);
        QVERIFY2(!name.isEmpty() && !seen.contains(name), qPrintable(name));
        QCOMPARE(errorKindFromName(name), std::optional(kind));
        seen.insert(name);
    }
    // The two ends and the middle by their words: files and scripts rely on them.
    QCOMPARE(toName(ErrorKind::Offline), u"offline"_s);
    QCOMPARE(toName(ErrorKind::Moderated), u"moderated"_s);
    QCOMPARE(toName(ErrorKind::Keychain), u"keychain"_s);
    QCOMPARE(toName(ErrorAction::None), u"none"_s);
    QCOMPARE(toName(ErrorAction::CheckCredits), u"check_credits"_s);
    QCOMPARE(toName(ErrorAction::Wait), u"wait"_s);
}

void TestExplain::unknownNamesAreNothing()
{
    QVERIFY(!errorKindFromName(u"Offline"_s));
    QVERIFY(!errorKindFromName(QString()));
}

QTEST_GUILESS_MAIN(TestExplain)
#include "tst_explain.moc"
