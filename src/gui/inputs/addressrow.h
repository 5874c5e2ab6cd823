// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QUrl>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QLineEdit;
QT_END_NAMESPACE

namespace clipkiln {

/// Asks for the address of an input on the web.
class AddressRow final : public QWidget
{
    Q_OBJECT

public:
    /// name: what the field is called to a person and, as its object's name, to a test.
    AddressRow(const QString& name, const QString& objectName, QWidget* parent = nullptr);

    /// Empties the field and gives it the focus.
    void begin();

Q_SIGNALS:
    void entered(const QUrl& url);
    /// Esc, or nothing was entered.
    void left();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void finish();

    QLineEdit* m_edit;
};

} // namespace clipkiln
