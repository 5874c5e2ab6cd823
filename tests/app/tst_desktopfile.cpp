// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window.h"
#include "support/testcase.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

const QString packagingFolder = QDir::cleanPath(QStringLiteral(CLIPKILN_TEST_DATA "/../../packaging"));

QString packagingText(const QString& name)
{
    QFile file(packagingFolder + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// What the expression's first group matches in the text.
QString valueIn(const QString& text, const QString& expression)
{
    return QRegularExpression(expression, QRegularExpression::MultilineOption).match(text).captured(1);
}

} // namespace

/// The desktop finds icon and name of a window by its application id on Wayland, by its class on X11.
class TestDesktopFile : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void theWindowNamesTheFileThatIsInstalled()
    {
        const QStringList files = QDir(packagingFolder).entryList({u"*.desktop"_s});
        QCOMPARE(files, QStringList{QLatin1StringView(desktopFileId) + u".desktop"_s});
    }

    void theWindowClassIsTheProgram()
    {
        // On X11 Qt takes the application's name for the class of WM_CLASS.
        const QString file = packagingText(QLatin1StringView(desktopFileId) + u".desktop"_s);
        QCOMPARE(valueIn(file, u"^StartupWMClass=(.*)$"_s), u"clipkiln"_s);
        QCOMPARE(valueIn(file, u"^Exec=(.*)$"_s), u"clipkiln"_s);
    }

    void theMetainfoNamesTheSameFile()
    {
        const QString metainfo = packagingText(QLatin1StringView(desktopFileId) + u".metainfo.xml"_s);
        QCOMPARE(valueIn(metainfo, u"<id>(.*)</id>"_s), QLatin1StringView(desktopFileId));
        QCOMPARE(valueIn(metainfo, u"<launchable type=\"desktop-id\">(.*)</launchable>"_s),
                 QLatin1StringView(desktopFileId) + u".desktop"_s);
    }
};

QTEST_GUILESS_MAIN(TestDesktopFile)

#include "tst_desktopfile.moc"
