// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/job.h"
#include "store/database.h"
#include "store/jobstore.h"
#include "store/promptstore.h"
#include "support/requests.h"
#include "support/testcase.h"

#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// The prompts that were ever submitted.
class TestPromptStore : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aNewProfileHasNone();
    void usesAreCountedAndTheLastIsFirst();
    void takesOfOneSubmitCountOnce();
    void removedJobsCountToo();
    void emptyPromptsAreNone();
    void anUnreadableRequestTakesNothingAway();
    void whatWasForgottenComesBackWhenUsedAgain();
    void forgettingLeavesJobsAlone();
    void tenThousandAreLoaded();

private:
    static QDateTime minute(int number) { return QDateTime({2026, 11, 23}, {8, 0}, Qt::UTC).addSecs(60 * number); }
    void add(const QString& prompt, int atMinute, Mode mode = Mode::Text, const QString& group = {});
    [[nodiscard]] QStringList prompts() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Database> m_database;
    std::unique_ptr<JobStore> m_jobs;
    std::unique_ptr<PromptStore> m_prompts;
    JobId m_last;
};

void TestPromptStore::init()
{
    TestCase::init();
    m_prompts.reset();
    m_jobs.reset();
    m_database.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    auto database = Database::open(m_folder->filePath(u"library.sqlite"_s));
    QVERIFY(database.has_value());
    m_database = *database;
    m_jobs = std::make_unique<JobStore>(m_database);
    m_prompts = std::make_unique<PromptStore>(m_database);
}

void TestPromptStore::add(const QString& prompt, int atMinute, Mode mode, const QString& group)
{
    Job job;
    job.id = m_last = JobId::create();
    job.request = test::request(mode);
    job.request.prompt = prompt;
    job.createdAt = minute(atMinute);
    job.group = GroupId(group);
    QVERIFY(!m_jobs->save(job));
}

QStringList TestPromptStore::prompts() const
{
    QStringList texts;
    const auto loaded = m_prompts->load();
    for (const PastPrompt& past : loaded.value_or(QList<PastPrompt>()))
        texts.append(past.prompt);
    return texts;
}

void TestPromptStore::aNewProfileHasNone()
{
    const auto loaded = m_prompts->load();
    QVERIFY(loaded.has_value());
    QVERIFY(loaded->isEmpty());
}

void TestPromptStore::usesAreCountedAndTheLastIsFirst()
{
    add(u"Gulls"_s, 1, Mode::Text);
    add(u"Boats\nat dawn"_s, 2);
    add(u"Gulls"_s, 4, Mode::Image);
    add(u"Gulls"_s, 3, Mode::Edit);
    const auto loaded = m_prompts->load();
    QVERIFY(loaded.has_value());
    QCOMPARE(*loaded, (QList<PastPrompt>{{u"Gulls"_s, Mode::Image, 3, minute(4)},
                                         {u"Boats\nat dawn"_s, Mode::Text, 1, minute(2)}}));
}

void TestPromptStore::takesOfOneSubmitCountOnce()
{
    for (int take = 0; take < 4; ++take)
        add(u"Gulls"_s, 1, Mode::Text, u"one submit"_s);
    add(u"Gulls"_s, 2);
    QCOMPARE(m_prompts->load()->first().uses, 2);
}

void TestPromptStore::removedJobsCountToo()
{
    add(u"Gulls"_s, 1);
    QVERIFY(!m_jobs->remove(m_last));
    QCOMPARE(prompts(), QStringList{u"Gulls"_s});
}

void TestPromptStore::emptyPromptsAreNone()
{
    add({}, 1);
    add(u"  "_s, 2);
    QVERIFY(prompts().isEmpty());
}

void TestPromptStore::anUnreadableRequestTakesNothingAway()
{
    add(u"Gulls"_s, 1);
    add(u"Boats"_s, 2);
    QVERIFY(m_database->run(u"UPDATE jobs SET request = '{half' WHERE id = ?"_s, {m_last.toString()}).has_value());
    QCOMPARE(prompts(), QStringList{u"Gulls"_s});
}

void TestPromptStore::whatWasForgottenComesBackWhenUsedAgain()
{
    add(u"Gulls"_s, 1);
    add(u"Boats"_s, 2);
    QVERIFY(!m_prompts->forget(u"Gulls"_s));
    QVERIFY(!m_prompts->forget(u"Gulls"_s)); // twice is no trouble
    QCOMPARE(prompts(), QStringList{u"Boats"_s});
    const auto later = static_cast<int>(minute(0).secsTo(QDateTime::currentDateTimeUtc()) / 60) + 10;
    add(u"Gulls"_s, later);
    const auto loaded = m_prompts->load();
    QCOMPARE(loaded->first(), (PastPrompt{u"Gulls"_s, Mode::Text, 1, minute(later)})); // counted anew
}

void TestPromptStore::forgettingLeavesJobsAlone()
{
    add(u"Gulls"_s, 1);
    const auto before = m_jobs->load();
    QVERIFY(!m_prompts->forget(u"Gulls"_s));
    QVERIFY(*m_jobs->load() == *before);
}

void TestPromptStore::tenThousandAreLoaded()
{
    add(u"A long shot of a harbour, gulls far off, soft wind, and more of the same"_s, 1);
    QVERIFY(m_database
                ->run(u"WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 9999) "
                      "INSERT INTO jobs (id, origin, state, phase, request, created_at, output_path, retry_of) "
                      "SELECT id || n, origin, state, phase, "
                      "json_set(request, '$.prompt', json_extract(request, '$.prompt') || n), created_at, "
                      "output_path, retry_of FROM jobs, numbers"_s)
                .has_value());
    QCOMPARE(prompts().size(), 10'000);
}

QTEST_GUILESS_MAIN(TestPromptStore)
#include "tst_promptstore.moc"
