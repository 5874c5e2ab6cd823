// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bulklist.h"
#include "core/job.h"
#include "core/spendlimits.h"

#include <QDialog>

#include <functional>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class BulkFields;
class BulkModel;
struct BulkTotal;
class BulkView;
class Dialogs;
class PreparationPool;
class NoticeArea;
class Theme;
class Thumbnails;
struct DroppedContent;

/// Many images or prompts as a table to look through, with what they come to, before they become as many jobs.
class BulkDialog final : public QDialog
{
    Q_OBJECT

public:
    /// The settings of the form for a mode, with its prompt; rows start from them.
    using FormSettings = std::function<GenerationRequest(Mode)>;

    struct Parts
    {
        Theme& theme;
        Dialogs& dialogs;
        Thumbnails& thumbnails;
        PreparationPool& pool;
        const ModelTable& models;
    };

    BulkDialog(const Parts& parts, FormSettings form, QWidget* parent = nullptr);

    /// Who would be paid, and what may be spent.
    void setMoney(const Origin& origin, const SpendLimits& limits, const SpendReport& spent);

    void addImages(const QStringList& paths);
    void addPrompts(const QString& lines);
    /// Reads the file on another thread, then adds its rows or says why not.
    void openList(const QString& path);
    /// Images, lists or a text of several lines.
    void add(const DroppedContent& dropped);

    /// These are the jobs that submitted() has become: the dialog stays open until endSubmit() is called with them.
    void awaitEnd(const QList<JobId>& jobs);
    /// What became of a submit, of this dialog or not. Taken in, it is over; else all stays as it was.
    void endSubmit(const QList<Job>& jobs, bool isTaken);

    void reject() override; ///< asks when rows were edited

Q_SIGNALS:
    /// The chosen rows, each with all its takes.
    void submitted(const QList<clipkiln::NewJob>& jobs);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void makeLayout();
    void addList(const BulkList& list);
    [[nodiscard]] qsizetype room() const;
    void notifyLeftOut(qsizetype count);
    [[nodiscard]] QList<int> rowsToEdit() const;
    void showRows();
    void showTotal();
    void showWarnings(const BulkTotal& total);
    void submit();

    const Parts m_parts;
    FormSettings m_form;
    Origin m_origin;
    SpendLimits m_limits;
    SpendReport m_spent;
    JobId m_awaited; ///< the first job of a submit whose end is still to come; empty: none

    BulkModel* m_model;
    BulkView* m_view;
    BulkFields* m_fields;
    NoticeArea* m_notices;
    QLabel* m_count;
    QLabel* m_total;
    QLabel* m_priceParts;
    QLabel* m_warnings;
    QPushButton* m_generate;
};

} // namespace clipkiln
