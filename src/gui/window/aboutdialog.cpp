// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/aboutdialog.h"

#include "gui/look/theme.h"

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

struct Library
{
    QLatin1StringView name;
    QLatin1StringView licence;
    QLatin1StringView address;
};

constexpr Library libraries[] = {
    {QLatin1StringView("Qt"), QLatin1StringView("LGPL-3.0"), QLatin1StringView("https://www.qt.io")},
    {QLatin1StringView("FFmpeg"), QLatin1StringView("LGPL-2.1-or-later, in some builds GPL-2.0-or-later"),
     QLatin1StringView("https://ffmpeg.org")},
    {QLatin1StringView("SQLite"), QLatin1StringView("public domain"), QLatin1StringView("https://sqlite.org")},
    {QLatin1StringView("QtKeychain"), QLatin1StringView("BSD-3-Clause"),
     QLatin1StringView("https://github.com/frankosterfeld/qtkeychain")},
    {QLatin1StringView("cpp-httplib"), QLatin1StringView("MIT"),
     QLatin1StringView("https://github.com/yhirose/cpp-httplib")},
};

QString licenceText()
{
    QFile file(u":/clipkiln/LICENSE"_s);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

AboutDialog::AboutDialog(QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("About Clipkiln"));

    auto* icon = new QLabel;
    icon->setPixmap(QIcon(u":/clipkiln/clipkiln.svg"_s).pixmap(QSize(64, 64), devicePixelRatioF()));
    auto* name = new QLabel(u"Clipkiln %1"_s.arg(QCoreApplication::applicationVersion()));
    setRole(name, "heading");
    auto* what = new QLabel(tr("A desktop studio for Grok Imagine video. An independent program, not made by xAI."));
    what->setWordWrap(true);
    setRole(what, "value");

    auto* words = new QVBoxLayout;
    words->addWidget(name);
    words->addWidget(what);
    auto* head = new QHBoxLayout;
    head->setSpacing(Theme::gap4);
    head->addWidget(icon);
    head->addLayout(words, 1);

    auto* standing = new QTextBrowser;
    standing->setOpenExternalLinks(true);
    QString html = tr("Clipkiln stands on these libraries:") + u"<ul>"_s;
    for (const Library& library : libraries)
        html += u"<li><a href=\"%3\">%1</a>, %2</li>"_s.arg(library.name, library.licence, library.address);
    standing->setHtml(html + u"</ul>"_s);

    auto* licence = new QPlainTextEdit(licenceText());
    licence->setReadOnly(true);
    licence->setTabChangesFocus(true);

    auto* tabs = new QTabWidget;
    tabs->addTab(standing, tr("Libraries"));
    tabs->addTab(licence, tr("Licence"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::gap5, Theme::gap5, Theme::gap5, Theme::gap3);
    layout->setSpacing(Theme::gap4);
    layout->addLayout(head);
    layout->addWidget(
        new QLabel(tr("Free software under the GNU General Public License, version 3 or later. No telemetry.")));
    layout->addWidget(tabs);
    layout->addWidget(buttons);
    resize(560, 480);
}

} // namespace clipkiln
