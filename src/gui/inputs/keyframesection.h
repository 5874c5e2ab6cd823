// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class AddressRow;
class Dialogs;
class PreparationPool;
class KeyframeRuler;
class Theme;

/// The part of the form for keyframes: how many there are, ways to add one without the mouse, and the ruler.
class KeyframeSection final : public QWidget
{
    Q_OBJECT

public:
    KeyframeSection(Theme& theme, Dialogs& dialogs, PreparationPool& pool, QWidget* parent = nullptr);

    [[nodiscard]] KeyframeRuler& ruler() const { return *m_ruler; }
    void setMost(int most);
    /// Of the clip; what does not fit any more is said, not moved.
    void setSeconds(int seconds);

private:
    void addHead();
    void addWarning();
    void follow();

    QLabel* m_title;
    QPushButton* m_address;
    QPushButton* m_add;
    AddressRow* m_addressRow;
    KeyframeRuler* m_ruler;
    QWidget* m_warning;
    QLabel* m_warningText;
};

} // namespace clipkiln
