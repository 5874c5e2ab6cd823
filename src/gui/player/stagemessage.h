// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// A few calm words on the stage, where a picture cannot be or says too little, and one button.
class StageMessage final : public QWidget
{
    Q_OBJECT

public:
    explicit StageMessage(Theme& theme, QWidget* parent = nullptr);

    /// An empty icon, detail or button text leaves that part out. The detail is shown small, as the system said it.
    void setContent(const QString& icon, const QString& sentence, const QString& detail, const QString& button);

Q_SIGNALS:
    void buttonClicked();

private:
    void refreshIcon();

    Theme& m_theme;
    QString m_iconName;
    QLabel* m_icon;
    QLabel* m_sentence;
    QLabel* m_detail;
    QPushButton* m_button;
};

} // namespace clipkiln
