// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/look/systemtheme.h"

#include <QGuiApplication>
#include <QPalette>
#include <QStyleHints>

#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0) && defined(CLIPKILN_DBUS)
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#define CLIPKILN_ASK_PORTAL
#endif

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

bool paletteIsDark()
{
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

#ifdef CLIPKILN_ASK_PORTAL
const QString portalService = u"org.freedesktop.portal.Desktop"_s;
const QString portalPath = u"/org/freedesktop/portal/desktop"_s;
const QString portalInterface = u"org.freedesktop.portal.Settings"_s;
const QString appearance = u"org.freedesktop.appearance"_s;
const QString colorScheme = u"color-scheme"_s;
constexpr uint preferDark = 1; // 0: no preference, 2: light (XDG desktop portal, Settings)

/// The portal's Read() answers with a variant in a variant.
uint schemeOf(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value.toUInt();
}
#endif

} // namespace

SystemTheme::SystemTheme(QObject* parent) : QObject(parent), m_dark(paletteIsDark())
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    const auto* hints = QGuiApplication::styleHints();
    const auto follow = [this](Qt::ColorScheme scheme) {
        if (scheme != Qt::ColorScheme::Unknown)
            setDark(scheme == Qt::ColorScheme::Dark);
    };
    follow(hints->colorScheme());
    connect(hints, &QStyleHints::colorSchemeChanged, this, follow);
#elif defined(CLIPKILN_ASK_PORTAL)
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService, portalPath, portalInterface, u"SettingChanged"_s, this,
                SLOT(portalSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage read = QDBusMessage::createMethodCall(portalService, portalPath, portalInterface, u"Read"_s);
    read << appearance << colorScheme;
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QVariant> reply = *watcher;
        if (!reply.isError())
            portalSettingChanged(appearance, colorScheme, QDBusVariant(reply.value()));
        watcher->deleteLater();
    });
#endif
}

void SystemTheme::portalSettingChanged([[maybe_unused]] const QString& group, [[maybe_unused]] const QString& key,
                                       [[maybe_unused]] const QDBusVariant& value)
{
#ifdef CLIPKILN_ASK_PORTAL
    if (group == appearance && key == colorScheme)
        setDark(schemeOf(value.variant()) == preferDark);
#endif
}

void SystemTheme::setDark(bool dark)
{
    if (m_dark == dark)
        return;
    m_dark = dark;
    Q_EMIT changed();
}

} // namespace clipkiln
