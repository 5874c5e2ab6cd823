// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/theme.h"
#include "gui/spending/spendbars.h"
#include "gui/spending/spenddialog.h"
#include "support/answereddialogs.h"
#include "support/find.h"
#include "support/testcase.h"

#include <QFile>
#include <QLabel>
#include <QPushButton>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace clipkiln;

/// What was spent, as a person reads it.
class TestSpendDialog : public clipkiln::test::TestCase
{
    Q_OBJECT

private:
    const QDate m_today = QDate(2026, 11, 8);
    Theme m_theme;
    test::AnsweredDialogs m_dialogs;

    SpendReport report() const
    {
        const QString model = u"grok-imagine-video"_s;
        return {{{m_today, model, Mode::Image, Money{4'220'000'000}, 1},
                 {m_today.addDays(-6), model, Mode::Image, Money{4'220'000'000}, 1},
                 {m_today.addDays(-7), model, Mode::Text, Money{10'000'000'000}, 2},
                 {m_today.addDays(-8), model, Mode::Text, Money{20'000'000'000}, 5},
                 {m_today.addDays(-30), model, Mode::Edit, Money{70'000'000'000}, 7}},
                {{{}, Money{5'000'000'000}}}};
    }
    static QString text(SpendDialog& dialog, const char* label) { return test::find<QLabel>(dialog, label)->text(); }

private Q_SLOTS:
    void theSpansAddUp()
    {
        SpendDialog dialog(m_theme, m_dialogs);
        dialog.setReport(report(), m_today);
        QCOMPARE(text(dialog, "spentTodayFigure"), u"$0.422"_s);
        QCOMPARE(text(dialog, "spentWeekFigure"), u"$0.844"_s);
        QCOMPARE(text(dialog, "spentMonthFigure"), u"$1.844"_s);
        QVERIFY(text(dialog, "inFlightLabel").contains(u"about $0.50"_s));
        dialog.setReport({}, m_today);
        QCOMPARE(text(dialog, "spentMonthFigure"), u"$0.00"_s);
        QVERIFY(!text(dialog, "inFlightLabel").contains(u"about"_s));
    }

    void thirtyDaysAreSharedByModelAndMode()
    {
        SpendDialog dialog(m_theme, m_dialogs);
        dialog.setReport(report(), m_today);
        QStringList shown;
        for (const QLabel* label : test::find<QWidget>(dialog, "spendShares")->findChildren<QLabel*>())
            shown << label->text();
        const QString model = u"grok-imagine-video"_s;
        QCOMPARE(shown.count(model), 2); // the edit is too long ago
        QVERIFY(shown.contains(u"$0.844"_s));
        QVERIFY(shown.contains(u"$3.00"_s));
    }

    void aDayIsAsHighAsItsShare()
    {
        SpendBars bars(m_theme);
        bars.resize(300, 120);
        bars.setDays({Money{10}, Money{0}, Money{5}}, m_today);
        const QImage image = bars.grab().toImage();
        const auto inked = [&](int x) {
            int count = 0;
            for (int y = 0; y < image.height(); ++y)
                count += image.pixelColor(x, y) != image.pixelColor(150, image.height() / 2) ? 1 : 0;
            return count;
        };
        const int empty = inked(150);
        QVERIFY(inked(50) > inked(250));
        QVERIFY(inked(250) > empty + 10);
        QVERIFY(bars.accessibleDescription().contains(formatUsd(Money{10})));
    }

    void theTableIsExported()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"spend.csv"_s);
        m_dialogs.answers.saveFile = [&path](const QString&) { return path; };
        SpendDialog dialog(m_theme, m_dialogs);
        dialog.setReport(report(), m_today);
        test::find<QPushButton>(dialog, "exportButton")->click();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), toCsv(report()));
        QVERIFY(text(dialog, "exportResultLabel").contains(u"spend.csv"_s));
    }

    void aTableThatCannotBeWrittenIsTold()
    {
        const QTemporaryDir folder;
        m_dialogs.answers.saveFile = [&](const QString&) { return folder.filePath(u"no/such/a.csv"_s); };
        SpendDialog dialog(m_theme, m_dialogs);
        test::find<QPushButton>(dialog, "exportButton")->click();
        QVERIFY(!text(dialog, "exportResultLabel").isEmpty());
        QVERIFY(!text(dialog, "exportResultLabel").contains(u"Saved"_s));
    }
};

QTEST_MAIN(TestSpendDialog)
#include "tst_spenddialog.moc"
