// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/spending/spenddialog.h"

#include "core/files.h"
#include "core/format.h"
#include "core/plaintext.h"
#include "gui/look/theme.h"
#include "gui/spending/spendbars.h"
#include "gui/widgets/dialogs.h"

#include <QDialogButtonBox>
#include <QDir>
#include <QGridLayout>
#include <QLabel>
#include <QMap>
#include <QPushButton>
#include <QSaveFile>
#include <QStandardPaths>

#include <utility>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int daysShown = 30;

QLabel* makeLabel(const QString& text, const char* role)
{
    auto* label = new QLabel(cleanLine(text));
    label->setTextFormat(Qt::PlainText);
    setRole(label, role);
    return label;
}

/// A sum with its caption above it; gives the label of the sum.
QLabel* addFigure(QGridLayout* layout, int column, const QString& caption, const QString& name)
{
    auto* sum = makeLabel({}, "heading");
    sum->setObjectName(name);
    layout->addWidget(makeLabel(caption, "label"), 0, column);
    layout->addWidget(sum, 1, column);
    return sum;
}

QDate firstOfMonth(const QDate& day)
{
    return {day.year(), day.month(), 1};
}

} // namespace

SpendDialog::SpendDialog(Theme& theme, Dialogs& dialogs, QWidget* parent)
    : QDialog(parent)
    , m_dialogs(dialogs)
    , m_bars(new SpendBars(theme))
    , m_layout(new QGridLayout(this))
    , m_result(makeLabel({}, "hint"))
{
    setObjectName(u"spendDialog"_s);
    setWindowTitle(tr("Spent"));
    m_layout->setContentsMargins(Theme::gap5, Theme::gap4, Theme::gap5, Theme::gap4);
    m_layout->setHorizontalSpacing(Theme::gap5);
    m_layout->setVerticalSpacing(Theme::gap2);
    m_today = addFigure(m_layout, 0, tr("Today"), u"spentTodayFigure"_s);
    m_week = addFigure(m_layout, 1, tr("Seven days"), u"spentWeekFigure"_s);
    m_month = addFigure(m_layout, 2, tr("This month"), u"spentMonthFigure"_s);
    m_inFlight = makeLabel({}, "hint");
    m_inFlight->setObjectName(u"inFlightLabel"_s);
    m_inFlight->setWordWrap(true);
    m_layout->addWidget(m_inFlight, 2, 0, 1, 3);
    m_layout->addWidget(m_bars, 3, 0, 1, 3);

    m_result->setObjectName(u"exportResultLabel"_s);
    m_result->setWordWrap(true);
    m_layout->addWidget(m_result, 5, 0, 1, 3);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton* save = buttons->addButton(tr("&Export as CSV…"), QDialogButtonBox::ActionRole);
    save->setObjectName(u"exportButton"_s);
    connect(save, &QPushButton::clicked, this, &SpendDialog::exportTable);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_layout->addWidget(buttons, 6, 0, 1, 3);
    m_layout->setRowStretch(4, 1);
}

void SpendDialog::setReport(const SpendReport& report, const QDate& today)
{
    m_report = report;
    const QDate month = firstOfMonth(today);
    m_today->setText(formatUsd(report.spent(today, today)));
    m_week->setText(formatUsd(report.spent(today.addDays(-6), today)));
    m_month->setText(formatUsd(report.spent(month, today)));
    const Money inFlight = report.inFlight(month, today);
    m_inFlight->setText(
        inFlight > Money{}
            ? tr("Jobs whose cost is not known yet may add %1. Simulated jobs cost nothing.").arg(formatAbout(inFlight))
            : tr("What real services have charged. Simulated jobs cost nothing."));

    QList<Money> days;
    for (int back = daysShown - 1; back >= 0; --back)
        days.append(report.spent(today.addDays(-back), today.addDays(-back)));
    m_bars->setDays(days, today);
    showShares(today.addDays(1 - daysShown), today);
}

/// By model and mode.
void SpendDialog::showShares(const QDate& first, const QDate& last)
{
    QMap<std::pair<QString, Mode>, SpendReport::Line> shares;
    for (const SpendReport::Line& line : m_report.lines) {
        if (line.day < first || last < line.day)
            continue;
        SpendReport::Line& share = shares[{line.model, line.mode}];
        share.money += line.money;
        share.jobs += line.jobs;
    }

    delete std::exchange(m_shares, new QWidget);
    m_shares->setObjectName(u"spendShares"_s);
    auto* table = new QGridLayout(m_shares);
    table->setContentsMargins(0, 0, 0, 0);
    table->setHorizontalSpacing(Theme::gap4);
    table->setVerticalSpacing(Theme::gap1);
    table->setColumnStretch(0, 1);
    int row = 0;
    for (auto share = shares.cbegin(); share != shares.cend(); ++share, ++row) {
        const auto& [model, mode] = share.key();
        auto* cost = makeLabel(formatUsd(share->money), "strong");
        cost->setAlignment(Qt::AlignTrailing);
        table->addWidget(makeLabel(model, ""), row, 0);
        table->addWidget(makeLabel(displayName(mode), "value"), row, 1);
        table->addWidget(makeLabel(tr("jobs: %1").arg(share->jobs), "value"), row, 2);
        table->addWidget(cost, row, 3);
    }
    m_layout->addWidget(m_shares, 4, 0, 1, 3, Qt::AlignTop);
}

void SpendDialog::exportTable()
{
    const QDir folder(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    const QString path =
        m_dialogs.saveFile(this, tr("Export as CSV"), folder.filePath(u"clipkiln-spend.csv"_s), tr("Table (*.csv)"));
    if (path.isEmpty())
        return;
    // QSaveFile leaves an older table whole when the disk is full.
    QSaveFile file(path);
    const QByteArray table = toCsv(m_report);
    const bool saved = file.open(QIODevice::WriteOnly) && file.write(table) == table.size() && file.commit();
    m_result->setText(saved ? tr("Saved as %1.").arg(cleanLine(QDir::toNativeSeparators(path)))
                            : explain(diskError(path, file.errorString())).sentence);
}

} // namespace clipkiln
