// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

QT_BEGIN_NAMESPACE
class QDBusVariant;
QT_END_NAMESPACE

namespace clipkiln {

/// Whether the desktop asks for dark windows, and word when it changes its mind.
/// Qt reports it from 6.5 on; before, the desktop portal is asked (never waited for), and the palette until it answers.
class SystemTheme final : public QObject
{
    Q_OBJECT

public:
    explicit SystemTheme(QObject* parent = nullptr);

    [[nodiscard]] bool isDark() const { return m_dark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void portalSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void setDark(bool dark);

    bool m_dark = false;
};

} // namespace clipkiln
