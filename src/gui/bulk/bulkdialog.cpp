// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/bulk/bulkdialog.h"

#include "core/format.h"
#include "gui/bulk/bulkfields.h"
#include "gui/bulk/bulkmodel.h"
#include "gui/bulk/bulkview.h"
#include "gui/look/theme.h"
#include "gui/widgets/dialogs.h"
#include "gui/widgets/notice.h"
#include "inputs/droppedcontent.h"

#include <QDragEnterEvent>
#include <QFutureWatcher>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMimeData>
#include <QPushButton>
#include <QShortcut>
#include <QtConcurrentRun>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr QSize firstSize(960, 640);

QFrame* separator()
{
    auto* line = new QFrame;
    setRole(line, "separator");
    return line;
}

QLabel* label(const char* role, const QString& name)
{
    auto* made = new QLabel;
    setRole(made, role);
    made->setObjectName(name);
    made->setWordWrap(true);
    return made;
}

QString jobsText(int jobs)
{
    return jobs == 1 ? BulkDialog::tr("1 job") : BulkDialog::tr("%1 jobs").arg(jobs);
}

/// "4, 7, 9"; of many only the first.
QString rowsText(const QList<int>& rows)
{
    constexpr qsizetype most = 8;
    QStringList texts;
    for (const int row : rows.first(std::min(rows.size(), most)))
        texts.append(QLocale().toString(row));
    return texts.join(u", "_s) + (rows.size() > most ? u"…"_s : QString());
}

} // namespace

BulkDialog::BulkDialog(const Parts& parts, FormSettings form, QWidget* parent)
    : QDialog(parent)
    , m_parts(parts)
    , m_form(std::move(form))
    , m_model(new BulkModel(parts.models, parts.pool, this))
    , m_view(new BulkView(parts.theme, parts.thumbnails, *m_model))
    , m_fields(new BulkFields(parts.models, m_form(Mode::Text).prompt))
    , m_notices(new NoticeArea(parts.theme))
    , m_count(label("value", u"bulkCountLabel"_s))
    , m_total(label("price", u"bulkTotalLabel"_s))
    , m_priceParts(label("hint", u"bulkPartsLabel"_s))
    , m_warnings(label("warn", u"bulkWarningsLabel"_s))
    , m_generate(new QPushButton)
{
    setObjectName(u"bulkDialog"_s);
    setWindowTitle(tr("Several at once"));
    setAcceptDrops(true);
    resize(firstSize);
    makeLayout();
    connect(m_view, &BulkView::rowsSelected, this, &BulkDialog::showRows);
    connect(m_model, &BulkModel::rowsChanged, this, &BulkDialog::showRows);
    connect(m_model, &BulkModel::totalChanged, this, &BulkDialog::showTotal);
    connect(m_fields, &BulkFields::edited, this,
            [this](BulkColumn column, const auto& change) { m_model->edit(rowsToEdit(), column, change); });
    connect(m_generate, &QPushButton::clicked, this, &BulkDialog::submit);
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* shortcut = new QShortcut(Qt::CTRL | key, this);
        shortcut->setAutoRepeat(false); // a held key submits once
        connect(shortcut, &QShortcut::activated, m_generate, [this] { m_generate->click(); });
    }
    if (m_form(Mode::Text).uploadUrl || m_form(Mode::Image).uploadUrl)
        m_notices->post(Notice::Kind::Warn, tr("The form puts its result at an address. That is for one clip, so it "
                                               "was left out here."));
    showRows();
    showTotal();
}

void BulkDialog::makeLayout()
{
    auto* images = new QPushButton(tr("Add &images…"));
    images->setObjectName(u"addImagesButton"_s);
    connect(images, &QPushButton::clicked, this, [this] { addImages(m_parts.dialogs.openImages(this, {})); });
    auto* list = new QPushButton(tr("Add &list…"));
    list->setObjectName(u"addListButton"_s);
    list->setToolTip(tr("A .txt file with a prompt on each line, or a .csv file with a column named prompt and, "
                        "if wanted, model, mode, duration, aspect_ratio, resolution, takes, image and sound."));
    connect(list, &QPushButton::clicked, this, [this] {
        const QString path = m_parts.dialogs.openFile(this, tr("Choose list of prompts"), {},
                                                      tr("Lists (%1)").arg(u"*.txt *.csv *.tsv"_s));
        if (!path.isEmpty())
            openList(path);
    });
    auto* top = new QHBoxLayout;
    top->setContentsMargins(Theme::gap4, Theme::gap3, Theme::gap4, Theme::gap3);
    top->setSpacing(Theme::gap2);
    top->addWidget(images);
    top->addWidget(list);
    top->addWidget(m_count, 1);
    m_count->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);

    auto* notices = new QHBoxLayout;
    notices->setContentsMargins(Theme::gap4, 0, Theme::gap4, 0);
    notices->addWidget(m_notices);
    m_notices->setContentsMargins(0, 0, 0, Theme::gap3);

    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(u"bulkCancelButton"_s);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_generate->setObjectName(u"bulkGenerateButton"_s);
    setRole(m_generate, "primary");
    // Enter edits a prompt; what costs money takes a click or Ctrl+Enter.
    for (QPushButton* button : {images, list, cancel, m_generate})
        button->setAutoDefault(false);
    auto* sums = new QVBoxLayout;
    sums->setSpacing(2);
    for (QLabel* each : {m_total, m_priceParts, m_warnings})
        sums->addWidget(each);
    auto* bottom = new QHBoxLayout;
    bottom->setContentsMargins(Theme::gap4, Theme::gap3, Theme::gap4, Theme::gap3);
    bottom->setSpacing(Theme::gap2);
    bottom->addLayout(sums, 1);
    bottom->addWidget(cancel, 0, Qt::AlignBottom);
    bottom->addWidget(m_generate, 0, Qt::AlignBottom);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addLayout(notices);
    layout->addWidget(separator());
    layout->addWidget(m_view, 1);
    layout->addWidget(separator());
    layout->addWidget(m_fields);
    layout->addWidget(separator());
    layout->addLayout(bottom);
    m_view->setFocus();
}

void BulkDialog::setMoney(const Origin& origin, const SpendLimits& limits, const SpendReport& spent)
{
    m_origin = origin;
    m_limits = limits;
    m_spent = spent;
    showTotal();
}

void BulkDialog::addImages(const QStringList& paths)
{
    const qsizetype added = std::min(paths.size(), room());
    m_model->addImages(paths.first(added), m_form(Mode::Image));
    notifyLeftOut(paths.size() - added);
}

void BulkDialog::addPrompts(const QString& lines)
{
    const Result<BulkList> list = bulkListFromLines(lines);
    if (list)
        addList(*list);
    else
        m_notices->post(Notice::Kind::Failed, list.error().detail);
}

void BulkDialog::openList(const QString& path)
{
    auto* reading = new QFutureWatcher<Result<BulkList>>(this);
    connect(reading, &QFutureWatcherBase::finished, this, [this, reading] {
        reading->deleteLater();
        const Result<BulkList> list = reading->result();
        if (list)
            return addList(*list);
        // The detail of an unusable list is a whole sentence for a person (core/bulklist.h).
        const bool isOfList = list.error().kind == ErrorKind::InvalidRequest;
        Notice* notice =
            m_notices->post(Notice::Kind::Failed, isOfList ? list.error().detail : explain(list.error()).sentence);
        if (!isOfList)
            notice->setDetail(list.error().detail);
    });
    reading->setFuture(QtConcurrent::run([path] { return readBulkList(path); }));
}

void BulkDialog::add(const DroppedContent& dropped)
{
    if (dropped.kind == DroppedContent::Kind::Images)
        addImages(dropped.files);
    if (dropped.kind == DroppedContent::Kind::Text)
        addPrompts(dropped.text);
    if (dropped.kind == DroppedContent::Kind::Lists) {
        for (const QString& path : dropped.files)
            openList(path);
    }
}

void BulkDialog::addList(const BulkList& list)
{
    for (const QString& notice : list.notices)
        m_notices->post(Notice::Kind::Info, notice);
    const qsizetype added = std::min(list.lines.size(), room());
    m_model->addLines(list.lines.first(added), m_form);
    notifyLeftOut(list.lines.size() - added);
}

qsizetype BulkDialog::room() const
{
    return mostBulkJobs - m_model->rowCount();
}

void BulkDialog::notifyLeftOut(qsizetype count)
{
    if (count > 0)
        m_notices->post(Notice::Kind::Warn, tr("At most %1 rows are possible at once. Left out: %2.")
                                                .arg(QString::number(mostBulkJobs), QString::number(count)));
}

/// The selected ones; all when none is.
QList<int> BulkDialog::rowsToEdit() const
{
    QList<int> rows = m_view->selectedRows();
    if (rows.isEmpty()) {
        rows.resize(m_model->rowCount());
        std::iota(rows.begin(), rows.end(), 0);
    }
    return rows;
}

void BulkDialog::showRows()
{
    QList<BulkRow> rows;
    for (const int row : rowsToEdit())
        rows.append(m_model->rows().at(row));
    const qsizetype selected = m_view->selectedRows().size();
    m_fields->setRows(rows, selected == 0   ? tr("All rows")
                            : selected == 1 ? tr("Selected row")
                                            : tr("%1 selected rows").arg(selected));
}

void BulkDialog::showTotal()
{
    const BulkTotal total = totalOf(m_model->rows());
    const auto price = total.price();
    m_count->setText(tr("%1 of %2 chosen").arg(total.chosen).arg(m_model->rowCount()));

    const QString about = formatAbout(total.known);
    QString sum = total.jobs == 0         ? tr("Nothing is chosen")
                  : price                 ? tr("%1: %2").arg(jobsText(total.jobs), about)
                  : total.parts.isEmpty() ? tr("%1: price unknown").arg(jobsText(total.jobs))
                                          : tr("%1: %2 and what is unknown").arg(jobsText(total.jobs), about);
    if (total.jobs > 0 && m_origin.isSimulated())
        sum += tr(", simulated: nothing is charged");
    m_total->setText(sum);

    QStringList parts{total.partsText(), tr("prices of %1").arg(m_parts.models.pricesOf())};
    parts.removeAll(QString());
    m_priceParts->setText(parts.join(u" · "_s));
    m_priceParts->setVisible(!total.parts.isEmpty());
    showWarnings(total);

    m_generate->setEnabled(m_awaited.isEmpty() && total.jobs > 0 && total.jobs <= mostBulkJobs && total.loading == 0);
    const bool tellsSum = total.jobs > 0 && price && !m_origin.isSimulated();
    m_generate->setText(total.jobs == 0 ? tr("&Generate")
                        : tellsSum      ? tr("&Generate %1 · %2").arg(QString::number(total.jobs), formatAbout(*price))
                                        : tr("&Generate %1").arg(total.jobs));
}

void BulkDialog::showWarnings(const BulkTotal& total)
{
    QStringList warnings;
    if (total.loading > 0)
        warnings.append(tr("Images still to be read: %1.").arg(total.loading));
    if (total.leftOut > 0)
        warnings.append(tr("Rows left out because of a problem: %1.").arg(total.leftOut));
    if (!total.unknownRows.isEmpty())
        warnings.append(tr("Rows of unknown price: %1.").arg(rowsText(total.unknownRows)));
    if (total.jobs > mostBulkJobs)
        warnings.append(tr("At most %1 jobs are possible at once.").arg(mostBulkJobs));
    if (total.jobs > 0 && !m_origin.isSimulated()) {
        if (const auto limit = limitPassed(m_limits, m_spent, total.price(), QDate::currentDate(), total.jobs))
            warnings.append(limit->sentence());
    }
    m_warnings->setText(warnings.join(u' '));
    m_warnings->setVisible(!warnings.isEmpty());
}

void BulkDialog::submit()
{
    QList<NewJob> jobs;
    for (const BulkRow& row : m_model->rows()) {
        if (row.isChosen())
            jobs.append(takesOf(row.request, row.perTake, row.takes));
    }
    Q_EMIT submitted(jobs);
}

void BulkDialog::awaitEnd(const QList<JobId>& jobs)
{
    m_awaited = jobs.value(0);
    showTotal();
}

void BulkDialog::endSubmit(const QList<Job>& jobs, bool isTaken)
{
    if (m_awaited.isEmpty() || jobs.first().id != m_awaited)
        return;
    if (isTaken)
        return accept();
    m_awaited = JobId();
    m_notices->post(Notice::Kind::Warn, tr("Nothing was sent. Everything here is as it was."));
    showTotal();
}

void BulkDialog::reject()
{
    if (!m_awaited.isEmpty())
        return; // it ends in a moment
    const Dialogs::Question question{tr("Leave this table?"),
                                     tr("What was changed in it is not kept, and no clip is made."),
                                     {},
                                     tr("Leave"),
                                     tr("Stay")};
    if (!m_model->isEdited() || m_parts.dialogs.ask(this, question))
        QDialog::reject();
}

void BulkDialog::dragEnterEvent(QDragEnterEvent* event)
{
    const DroppedContent dropped = droppedContentFrom(*event->mimeData());
    if (dropped.kind != DroppedContent::Kind::Images && dropped.kind != DroppedContent::Kind::Lists)
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

void BulkDialog::dropEvent(QDropEvent* event)
{
    add(droppedContentFrom(*event->mimeData()));
    event->setDropAction(Qt::CopyAction);
    event->accept();
}

} // namespace clipkiln
