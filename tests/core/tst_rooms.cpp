// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QHash>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace {

/// What each room may know by the build file: folder of the room -> its KNOWS list.
using Rooms = QHash<QString, QStringList>;

const QString sourceFolder = QDir::cleanPath(QStringLiteral(CLIPKILN_TEST_DATA "/../../src"));

QString textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

Rooms roomsOf(QString buildFile)
{
    static const QRegularExpression comment(u"#[^\n]*"_s);
    static const QRegularExpression call(u"\\bclipkiln_room\\(\\s*([A-Z]\\w*)([^)]*)\\)"_s);
    static const QRegularExpression space(u"\\s+"_s);
    buildFile.remove(comment);
    Rooms rooms;
    auto calls = call.globalMatch(buildFile);
    while (calls.hasNext()) {
        const QRegularExpressionMatch match = calls.next();
        const QStringList words = match.captured(2).split(space, Qt::SkipEmptyParts);
        const qsizetype knows = words.indexOf(u"KNOWS"_s);
        rooms.insert(match.captured(1).toLower(), knows < 0 ? QStringList() : words.mid(knows + 1));
    }
    // What exists on one system only is linked beside the list.
    static const QRegularExpression link(u"\\btarget_link_libraries\\(\\s*clipkiln_(\\w+)\\s+PRIVATE\\s+(Qt6::\\w+)"_s);
    auto links = link.globalMatch(buildFile);
    while (links.hasNext()) {
        const QRegularExpressionMatch match = links.next();
        if (const auto room = rooms.find(match.captured(1)); room != rooms.end())
            room->append(match.captured(2));
    }
    return rooms;
}

/// The Qt modules a list names, with those that they bring along.
QStringList qtModulesOf(const QStringList& knows)
{
    static const QHash<QString, QStringList> bring = {
        {u"Widgets"_s, {u"Gui"_s}},
        {u"Svg"_s, {u"Gui"_s}},
        {u"Multimedia"_s, {u"Gui"_s, u"Network"_s}},
    };
    QStringList modules = {u"Core"_s};
    for (const QString& name : knows) {
        if (name.startsWith("Qt6::"_L1)) {
            modules.append(name.mid(5));
            modules.append(bring.value(name.mid(5)));
        }
    }
    return modules;
}

/// The Qt module that has a header, "Gui" for QImage; empty when none has it.
QString qtModuleOf(const QString& header)
{
    static const QString headers = QLibraryInfo::path(QLibraryInfo::HeadersPath);
    for (const QString& module : QDir(headers).entryList({u"Qt*"_s}, QDir::Dirs)) {
        if (QFile::exists(u"%1/%2/%3"_s.arg(headers, module, header)))
            return module.mid(2);
    }
    return {};
}

bool namesAny(const QStringList& knows, const QString& part)
{
    return !knows.filter(part, Qt::CaseInsensitive).isEmpty();
}

/// Why a room must not include a header in angle brackets; empty when it may.
QString angledTrespass(const QString& header, const QStringList& knows)
{
    static const QRegularExpression ffmpeg(u"^lib(av|sw)\\w+/"_s);
    if (ffmpeg.match(header).hasMatch())
        return namesAny(knows, u"FFMPEG"_s) ? QString() : u"FFmpeg"_s;
    if (header == "httplib.h"_L1)
        return namesAny(knows, u"HTTPLIB"_s) ? QString() : u"cpp-httplib"_s;
    if (header.contains("keychain"_L1))
        return namesAny(knows, u"keychain"_s) ? QString() : u"QtKeychain"_s;
    const QString module = qtModuleOf(header);
    return module.isEmpty() || qtModulesOf(knows).contains(module) ? QString() : u"Qt6::"_s + module;
}

/// Why a room must not include a header in quotes; empty when it may.
QString quotedTrespass(const QString& header, const QString& room, const Rooms& rooms)
{
    static const QRegularExpression generated(u"^ui_\\w+\\.h$|\\.(moc|cpp)$"_s);
    if (generated.match(header).hasMatch())
        return {};
    if (!header.contains(u'/'))
        return u"a path from src/"_s;
    const QString other = header.section(u'/', 0, 0);
    if (other == room)
        return {};
    if (!namesAny(rooms.value(room).filter(u"Clipkiln::"_s), u"::"_s + other))
        return u"the room "_s + other;
    return {};
}

/// The includes of a file of a room that reach past the room's list, each as a sentence.
QStringList trespasses(const QString& text, const QString& room, const Rooms& rooms)
{
    static const QRegularExpression include(u"^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"_s,
                                            QRegularExpression::MultilineOption);
    QStringList found;
    auto includes = include.globalMatch(text);
    while (includes.hasNext()) {
        const QRegularExpressionMatch match = includes.next();
        const QString header = match.captured(2);
        const QString needed = match.captured(1) == "<"_L1 ? angledTrespass(header, rooms.value(room))
                                                           : quotedTrespass(header, room, rooms);
        if (!needed.isEmpty())
            found.append(u"%1 needs %2"_s.arg(header, needed));
    }
    return found;
}

const QString sampleBuildFile = u"# clipkiln_room(Nothing KNOWS Clipkiln::Everything)\n"
                                "function(clipkiln_room name)\n"
                                "endfunction()\n"
                                "clipkiln_room(Core SOURCES a.cpp KNOWS Qt6::Core)\n"
                                "clipkiln_room(Store\n"
                                "    SOURCES database.cpp\n"
                                "    KNOWS Clipkiln::Core Qt6::Sql) # rows\n"
                                "clipkiln_room(Gui SOURCES a.cpp KNOWS Clipkiln::Core Clipkiln::Store Qt6::Widgets)\n"
                                "target_link_libraries(clipkiln_gui PRIVATE Qt6::DBus)\n"_s;

} // namespace

/// The build file is the architecture diagram: this holds the sources to it.
class TestRooms : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBuildFileIsRead();
    void includesAreJudged_data();
    void includesAreJudged();
    void everyFolderWithSourcesIsARoom();
    void noRoomReachesPastItsList();
};

void TestRooms::theBuildFileIsRead()
{
    const Rooms rooms = roomsOf(sampleBuildFile);
    QCOMPARE(rooms.size(), 3);
    QCOMPARE(rooms.value(u"store"_s), (QStringList{u"Clipkiln::Core"_s, u"Qt6::Sql"_s}));
}

void TestRooms::includesAreJudged_data()
{
    QTest::addColumn<QString>("room");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("needed"); // empty: allowed
    QTest::newRow("its own header") << u"store"_s << u"#include \"store/database.h\""_s << QString();
    QTest::newRow("a room it knows") << u"store"_s << u"#include \"core/job.h\""_s << QString();
    QTest::newRow("a room it does not know") << u"store"_s << u"#include \"gui/window.h\""_s << u"the room gui"_s;
    QTest::newRow("upwards") << u"core"_s << u"  #  include \"store/database.h\""_s << u"the room store"_s;
    QTest::newRow("a neighbour without its room")
        << u"store"_s << u"#include \"database.h\""_s << u"a path from src/"_s;
    QTest::newRow("a form that is made at build time") << u"gui"_s << u"#include \"ui_window.h\""_s << QString();
    QTest::newRow("moc") << u"gui"_s << u"#include \"window.moc\""_s << QString();
    QTest::newRow("a standard header") << u"core"_s << u"#include <vector>"_s << QString();
    QTest::newRow("QtCore for everybody") << u"gui"_s << u"#include <QString>"_s << QString();
    QTest::newRow("a Qt module it knows") << u"store"_s << u"#include <QSqlQuery>"_s << QString();
    QTest::newRow("a Qt module that comes along") << u"gui"_s << u"#include <QImage>"_s << QString();
    QTest::newRow("a Qt module of one system") << u"gui"_s << u"#include <QDBusMessage>"_s << QString();
    QTest::newRow("a Qt module it does not know") << u"core"_s << u"#include <QImage>"_s << u"Qt6::Gui"_s;
    QTest::newRow("FFmpeg") << u"gui"_s << u"#include <libavformat/avformat.h>"_s << u"FFmpeg"_s;
    QTest::newRow("the http library") << u"gui"_s << u"#include <httplib.h>"_s << u"cpp-httplib"_s;
    QTest::newRow("the keychain") << u"gui"_s << u"#include <qt6keychain/keychain.h>"_s << u"QtKeychain"_s;
}

void TestRooms::includesAreJudged()
{
    QFETCH(QString, room);
    QFETCH(QString, line);
    QFETCH(QString, needed);
    const QStringList found = trespasses(u"// text\n"_s + line + u'\n', room, roomsOf(sampleBuildFile));
    QCOMPARE(found.size(), needed.isEmpty() ? 0 : 1);
    QVERIFY(found.value(0).endsWith(needed));
}

void TestRooms::everyFolderWithSourcesIsARoom()
{
    const Rooms rooms = roomsOf(textOf(sourceFolder + u"/CMakeLists.txt"_s));
    QVERIFY(rooms.contains(u"core"_s));
    for (const QString& folder : QDir(sourceFolder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const bool hasSources = !QDir(sourceFolder + u'/' + folder).entryList({u"*.cpp"_s}).isEmpty();
        QVERIFY2(rooms.contains(folder) || !hasSources, qPrintable(folder + u" has no clipkiln_room()"_s));
    }
}

void TestRooms::noRoomReachesPastItsList()
{
    const Rooms rooms = roomsOf(textOf(sourceFolder + u"/CMakeLists.txt"_s));
    QStringList found;
    int files = 0;
    for (auto room = rooms.begin(); room != rooms.end(); ++room) {
        QDirIterator sources(sourceFolder + u'/' + room.key(), {u"*.h"_s, u"*.cpp"_s}, QDir::Files);
        while (sources.hasNext()) {
            const QString path = sources.next();
            ++files;
            for (const QString& sentence : trespasses(textOf(path), room.key(), rooms))
                found.append(room.key() + u'/' + sources.fileName() + u": "_s + sentence);
        }
    }
    QVERIFY(files > 0);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestRooms)
#include "tst_rooms.moc"
