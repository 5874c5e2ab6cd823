// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/keychainsecrets.h"
#include "settings/memorysecrets.h"
#include "support/testcase.h"

#include <QTest>

#include <memory>

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

const QString name = QString::fromLatin1(serviceKeyName);
const Secret key{"xai-test"};

/// Answers of a store, waited for with QTRY_*.
struct Answers
{
    QList<Secret> read;
    QList<std::optional<Error>> done;
    QList<Error> failed;

    std::function<void(Result<Secret>)> onRead()
    {
        return [this](const Result<Secret>& result) {
            if (result)
                read.append(*result);
            else
                failed.append(result.error());
        };
    }
    std::function<void(std::optional<Error>)> onDone()
    {
        return [this](const std::optional<Error>& error) { done.append(error); };
    }
};

} // namespace

/// The programs of this suite run without a session bus, so the system's keychain is one that cannot be used.
class TestSecretStore : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void memoryKeepsReplacesAndForgets()
    {
        MemorySecrets secrets;
        Answers answers;
        secrets.read(name, answers.onRead());
        QVERIFY2(answers.read.isEmpty(), "an answer comes later, never from within the call");
        QTRY_COMPARE(answers.read.size(), 1);
        QVERIFY(answers.read.last().isEmpty());

        secrets.write(name, Secret("old"), answers.onDone());
        secrets.write(name, key, answers.onDone());
        secrets.read(name, answers.onRead());
        QTRY_COMPARE(answers.read.size(), 2);
        QVERIFY(answers.read.last() == key);
        secrets.remove(name, answers.onDone());
        secrets.read(name, answers.onRead());
        QTRY_COMPARE(answers.read.size(), 3);
        QVERIFY(answers.read.last().isEmpty());
        QCOMPARE(answers.done.size(), 3);
        QVERIFY(!answers.done.contains(std::optional<Error>(Error{ErrorKind::Keychain, {}})));
    }

    void withoutAKeychainAReadSaysSo()
    {
        KeychainSecrets secrets;
        Answers answers;
        secrets.read(name, answers.onRead());
        QVERIFY(answers.failed.isEmpty());
        QTRY_COMPARE(answers.failed.size(), 1);
        QCOMPARE(answers.failed.first().kind, ErrorKind::Keychain);
        QVERIFY(!explain(answers.failed.first()).sentence.isEmpty());
        QVERIFY(answers.read.isEmpty());
    }

    void withoutAKeychainAKeyIsKeptUntilTheEnd()
    {
        KeychainSecrets secrets;
        Answers answers;
        secrets.write(name, key, answers.onDone());
        QTRY_COMPARE(answers.done.size(), 1);
        QVERIFY(answers.done.first().has_value());
        QCOMPARE(answers.done.first()->kind, ErrorKind::Keychain);
        QVERIFY(!answers.done.first()->detail.contains(u"xai-test"_s));

        secrets.read(name, answers.onRead());
        QVERIFY(answers.read.isEmpty());
        QTRY_COMPARE(answers.read.size(), 1);
        QVERIFY(answers.read.first() == key);

        secrets.remove(name, answers.onDone());
        QTRY_COMPARE(answers.done.size(), 2);
        QVERIFY2(!answers.done.last().has_value(), "the only copy is gone");
        secrets.read(name, answers.onRead());
        QTRY_COMPARE(answers.failed.size(), 1);
    }

    void anAnswerComesAlsoWhenTheStoreIsGone()
    {
        Answers answers;
        auto secrets = std::make_unique<KeychainSecrets>();
        secrets->write(name, key, answers.onDone());
        secrets.reset();
        QTRY_COMPARE(answers.done.size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSecretStore)

#include "tst_secretstore.moc"
