// SPDX-License-Identifier: GPL-3.0-or-later
// A plugin that any Qt program takes in by QT_QPA_GENERIC_PLUGINS=firstpaint, so that the programs measured need no
// code for it. It prints the moment at which the first window was painted and lets the program quit.
#include <QGenericPlugin>
#include <QGuiApplication>
#include <QWindow>

#include <chrono>
#include <cstdio>

namespace {

class Watcher final : public QObject
{
public:
    Watcher() { qApp->installEventFilter(this); }

    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() != QEvent::Paint || !watched->isWindowType())
            return false;
        qApp->removeEventFilter(this);
        watched->event(event); // paints the window and all that is in it
        // The steady clock counts the same in every process of a machine.
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        const QSize size = static_cast<QWindow*>(watched)->size();
        std::fprintf(stderr, "\nfirst paint %lld %dx%d\n",
                     static_cast<long long>(std::chrono::nanoseconds(now).count()), size.width(), size.height());
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        return true;
    }
};

} // namespace

class FirstPaint final : public QGenericPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "firstpaint.json")

public:
    QObject* create(const QString&, const QString&) override { return new Watcher; }
};

#include "firstpaint.moc"
