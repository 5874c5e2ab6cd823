// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/submitcontroller.h"
#include "support/testcase.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace clipkiln;

/// Sending, without a form: what is submitted, and what is said instead.
class TestSubmitController : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    /// A draft that can be sent, with all that the controller says about it.
    struct Sending
    {
        Sending()
        {
            controller.setClock([this] { return now; });
            draft.model = *table.find(table.defaultModel());
            draft.request = defaultRequest(Mode::Text, draft.model);
            draft.request.prompt = u"A boat"_s;
        }
        void edit(const QString& prompt)
        {
            draft.request.prompt = prompt;
            controller.noteEdit();
        }
        void end(bool isTaken)
        {
            Job job;
            job.request = draft.request;
            controller.endSubmit({job}, isTaken);
        }
        [[nodiscard]] GenerationRequest sentRequest() const
        {
            return submitted.last().first().value<GenerationRequest>();
        }

        ModelTable table = ModelTable::builtIn();
        Draft draft;
        std::chrono::milliseconds now = 1h;
        SubmitController controller{[this] { return draft; }};
        QSignalSpy submitted{&controller, &SubmitController::submitted};
        QSignalSpy waiting{&controller, &SubmitController::waitingChanged};
        QSignalSpy problems{&controller, &SubmitController::problemFound};
        QSignalSpy uncut{&controller, &SubmitController::uncutTrimFound};
        QSignalSpy asked{&controller, &SubmitController::repeatAsked};
        QSignalSpy withdrawn{&controller, &SubmitController::repeatWithdrawn};
        QSignalSpy accepted{&controller, &SubmitController::accepted};
    };

private Q_SLOTS:
    void aCompleteDraftIsSubmittedWithItsPrice()
    {
        Sending sending;
        sending.draft.takes = 3;
        sending.controller.submit();
        QCOMPARE(sending.submitted.size(), 1);
        QCOMPARE(sending.sentRequest(), sending.draft.request);
        const auto price = estimate(sending.draft.request, sending.draft.model);
        QCOMPARE(sending.submitted.last().at(1).value<std::optional<Money>>(), std::optional(price->total));
        QCOMPARE(sending.submitted.last().at(2).toInt(), 3);
    }

    void anUnknownPriceIsNone()
    {
        Sending sending;
        sending.draft.model.perSecond.clear();
        sending.controller.submit();
        QCOMPARE(sending.submitted.last().at(1).value<std::optional<Money>>(), std::optional<Money>());
    }

    void theFirstProblemIsReported()
    {
        Sending sending;
        sending.draft.request.prompt.clear();
        sending.controller.submit();
        QCOMPARE(sending.submitted.size(), 0);
        QCOMPARE(sending.problems.size(), 1);
        QCOMPARE(sending.problems.first().first().value<Problem>().field, Problem::Field::Prompt);
    }

    void aTrimThatIsNotCutIsNotSent()
    {
        Sending sending;
        sending.draft.isTrimming = true;
        sending.controller.submit();
        QCOMPARE(sending.uncut.size(), 1);
        QCOMPARE(sending.submitted.size(), 0);
    }

    void itWaitsForAnInput()
    {
        Sending sending;
        sending.draft.isLoading = true;
        sending.draft.request.prompt.clear(); // what is wrong is looked at when all is there
        sending.controller.submit();
        sending.controller.submit();
        QVERIFY(sending.controller.isWaiting());
        QCOMPARE(sending.waiting.size(), 1);
        QCOMPARE(sending.problems.size(), 0);
        sending.draft.request.prompt = u"A boat"_s;
        sending.draft.isLoading = false;
        sending.controller.submit();
        QVERIFY(!sending.controller.isWaiting());
        QCOMPARE(sending.waiting.size(), 2);
        QCOMPARE(sending.submitted.size(), 1);
    }

    void waitingEnds_data()
    {
        QTest::addColumn<bool>("byEdit");
        QTest::newRow("by an edit") << true;
        QTest::newRow("by Cancel") << false;
    }
    void waitingEnds()
    {
        QFETCH(bool, byEdit);
        Sending sending;
        sending.draft.isLoading = true;
        sending.controller.submit();
        if (byEdit)
            sending.edit(u"Two boats"_s);
        else
            sending.controller.stopWaiting();
        QVERIFY(!sending.controller.isWaiting());
        QCOMPARE(sending.waiting.last().first().toBool(), false);
        QCOMPARE(sending.submitted.size(), 0);
    }

    void theSameAgain_data()
    {
        QTest::addColumn<std::chrono::milliseconds>("later");
        QTest::addColumn<int>("submits");
        QTest::addColumn<int>("questions");
        QTest::newRow("within a double click it is ignored") << 100ms << 1 << 0;
        QTest::newRow("within two seconds it asks") << 1900ms << 1 << 1;
        QTest::newRow("later it is submitted") << 2000ms << 2 << 0;
    }
    void theSameAgain()
    {
        QFETCH(std::chrono::milliseconds, later);
        Sending sending;
        sending.controller.submit();
        sending.now += later;
        sending.controller.submit();
        QTEST(static_cast<int>(sending.submitted.size()), "submits");
        QTEST(static_cast<int>(sending.asked.size()), "questions");
    }

    void theAnswerSendsWhatWasAskedAboutOnce()
    {
        Sending sending;
        sending.controller.submit();
        sending.now += 1s;
        sending.controller.submit();
        sending.controller.repeat();
        sending.controller.repeat();
        QCOMPARE(sending.submitted.size(), 2);
        QCOMPARE(sending.sentRequest().prompt, u"A boat"_s);
        QCOMPARE(sending.withdrawn.size(), 0);
    }

    void anEditWithdrawsTheQuestion()
    {
        Sending sending;
        sending.controller.submit();
        sending.now += 1s;
        sending.controller.submit();
        sending.edit(u"Two boats"_s);
        QCOMPARE(sending.withdrawn.size(), 1);
        sending.controller.repeat();
        QCOMPARE(sending.submitted.size(), 1);
        sending.controller.submit(); // another request: no question
        QCOMPARE(sending.submitted.size(), 2);
        QCOMPARE(sending.asked.size(), 1);
    }

    void whatWasNotTakenMayBeSentAgainAtOnce()
    {
        Sending sending;
        sending.controller.submit();
        sending.end(false);
        QCOMPARE(sending.accepted.size(), 0);
        sending.now += 1s;
        sending.controller.submit();
        QCOMPARE(sending.submitted.size(), 2);
        sending.end(true);
        QCOMPARE(sending.accepted.last().first().value<GenerationRequest>(), sending.draft.request);
    }

    /// The form forgets the upload address with the submit; what is left is the
    /// same request.
    void theUploadAddressMakesNoOtherRequest()
    {
        Sending sending;
        sending.draft.request.uploadUrl = QUrl(u"https://example.org/put"_s);
        sending.controller.submit();
        sending.draft.request.uploadUrl.reset();
        sending.controller.noteEdit();
        sending.now += 1s;
        sending.controller.submit();
        QCOMPARE(sending.asked.size(), 1);
    }
};

QTEST_MAIN(TestSubmitController)
#include "tst_submitcontroller.moc"
