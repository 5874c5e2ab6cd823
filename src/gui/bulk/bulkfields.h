// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inputs/bulkrow.h"

#include <QWidget>

#include <functional>

QT_BEGIN_NAMESPACE
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
QT_END_NAMESPACE

namespace clipkiln {

/// What several rows of the table of many jobs have in common, to be changed for all of them at once; where they
/// differ a field says nothing.
class BulkFields final : public QWidget
{
    Q_OBJECT

public:
    /// The prompt of the form is offered for all rows.
    BulkFields(const ModelTable& models, const QString& formPrompt, QWidget* parent = nullptr);

    /// The rows to change, and what to call them.
    void setRows(const QList<BulkRow>& rows, const QString& title);

Q_SIGNALS:
    void edited(clipkiln::BulkColumn column, const std::function<void(clipkiln::BulkRow&)>& change);

private:
    void addField(const QString& title, QWidget* field, int stretch = 0);
    void changeModel(const QString& id);
    void showChoice(QComboBox& combo, const QStringList& offered, const std::optional<QString>& common);

    const ModelTable& m_models;
    QLabel* m_title;
    QHBoxLayout* m_fields;
    QLineEdit* m_prompt;
    QPushButton* m_useFormPrompt;
    QComboBox* m_model;
    QSpinBox* m_length;
    QComboBox* m_ratio;
    QComboBox* m_resolution;
    QSpinBox* m_takes;
    QComboBox* m_sound;
};

} // namespace clipkiln
