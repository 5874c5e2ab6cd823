// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settings/serviceaccess.h"
#include "support/openwindow.h"
#include "support/testcase.h"

#include <QLabel>

using namespace Qt::StringLiterals;
using namespace clipkiln;
using clipkiln::test::OpenWindow;
using clipkiln::test::patience;

/// Nothing is spent above a limit behind a person's back.
class TestWindowMoney : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    /// A window on a service that costs, with a limit below the price of one clip.
    static void limit(OpenWindow& open, bool refuses)
    {
        open.settings.setSpendLimits({Money{1}, {}, refuses});
        bool saved = false;
        open.access().saveKey(Secret("xai-never-to-be-seen"), [&](const std::optional<Error>&) { saved = true; });
        QTRY_VERIFY(saved);
        open.answers.ask = [](const Dialogs::Question&) { return true; };
        open.access().useService(&open.window());
        open.answers.ask = {};
        open.asked.clear();
    }

private Q_SLOTS:
    void aLimitAsksWithItsFigures()
    {
        OpenWindow open;
        limit(open, false);
        open.generate(u"A paper boat"_s);
        QTRY_COMPARE(open.asked.size(), 1);
        QVERIFY(open.asked.first().text.contains(u"daily limit"_s));
        QCOMPARE(open.posts(), 0);
        QCOMPARE(open.rows(), 0);

        open.answers.ask = [](const Dialogs::Question&) { return true; };
        open.generate(u"Another paper boat"_s);
        QTRY_COMPARE(open.asked.size(), 2);
        QTRY_COMPARE(open.rows(), 1);
        QVERIFY(open.reaches(0, State::Done));
        QCOMPARE(open.posts(), 1);
        // What it cost is today's, also when its row is gone.
        const QString cost = formatUsd(open.job(0).cost.value_or(Money{}));
        const auto* today = open.find<QLabel>("spentTodayLabel");
        QTRY_COMPARE(today->text(), cost);
        QVERIFY(open.chooseInRow(0, u"Remove from list"_s));
        QTRY_COMPARE(open.rows(), 0);
        QCOMPARE(today->text(), cost);
    }

    void aLimitRefusesWhenItIsToldTo()
    {
        OpenWindow open;
        limit(open, true);
        open.generate(u"A paper boat"_s);
        QTRY_VERIFY(open.showsNotice(u"daily limit"_s));
        QCOMPARE(open.asked.size(), 0);
        QCOMPARE(open.posts(), 0);
        QCOMPARE(open.rows(), 0);
    }
};

QTEST_MAIN(TestWindowMoney)
#include "tst_windowmoney.moc"
