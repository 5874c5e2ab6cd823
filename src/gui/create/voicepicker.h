// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// The voices that speak in a clip: those chosen, each removed by a click, and a menu of the service's own to add one.
class VoicePicker final : public QWidget
{
    Q_OBJECT

public:
    explicit VoicePicker(Theme& theme, QWidget* parent = nullptr);

    /// Voice ids, in the order the prompt names them (<AUDIO_0>, …).
    [[nodiscard]] QStringList voices() const { return m_voices; }
    void setVoices(const QStringList& voices);
    void setMost(int most);

Q_SIGNALS:
    void voicesChanged();

private:
    void add(const QString& voice);
    void refresh();

    Theme& m_theme;
    int m_most = 0;
    QStringList m_voices;
    QHBoxLayout* m_row;
    QList<QPushButton*> m_chosen;
    QPushButton* m_add;
};

} // namespace clipkiln
