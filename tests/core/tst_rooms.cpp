// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sourcetree.h"
#include "support/testcase.h"

#include <QTest>
#include <QTextStream>

#include <cstdio>

using namespace clipkiln;
using namespace Qt::StringLiterals;

namespace {

const QString sampleBuildFile = u"# clipkiln_room(nothing KNOWS Clipkiln::Everything)\n"
                                "function(clipkiln_room folder)\n"
                                "endfunction()\n"
                                "clipkiln_room(core SOURCES a.cpp KNOWS Qt6::Core)\n"
                                "clipkiln_room(store\n"
                                "    SOURCES database.cpp\n"
                                "    KNOWS Clipkiln::Core Qt6::Sql) # rows\n"
                                "clipkiln_room(gui/look SOURCES theme.h KNOWS Clipkiln::Core Qt6::Widgets)\n"
                                "clipkiln_room(gui/window\n"
                                "    SOURCES window.cpp window.h ../../../ui/window.ui\n"
                                "    KNOWS Clipkiln::GuiLook Clipkiln::Store Qt6::Widgets)\n"
                                "target_link_libraries(clipkiln_gui_window PUBLIC Qt6::DBus)\n"_s;

/// A tree that keeps every rule.
SourceTree sampleTree()
{
    return {sampleBuildFile,
            {{u"core/job.h"_s, u"#include <QString>\n"_s},
             {u"store/database.h"_s, u"#include \"core/job.h\"\n#include <QSqlDatabase>\n"_s},
             {u"gui/look/theme.h"_s, u"#include \"core/job.h\"\n#include <QWidget>\n"_s},
             {u"gui/window/window.h"_s, u"#include \"store/database.h\"\n#include <QDBusMessage>\n"_s},
             {u"ui/window.ui"_s, u"   <header>gui/look/theme.h</header>\n"_s}}};
}

} // namespace

/// The build file is the architecture diagram: this holds the sources to it.
class TestRooms : public clipkiln::test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theBuildFileIsRead();
    void includesAreJudged_data();
    void includesAreJudged();
    void aBrokenRuleIsFound_data();
    void aBrokenRuleIsFound();
    void theSourcesKeepTheRules();

private:
    const SourceTree m_tree = readSourceTree(QStringLiteral(CLIPKILN_TEST_DATA "/../.."));
};

void TestRooms::theBuildFileIsRead()
{
    const Rooms rooms = roomsOf(sampleBuildFile);
    QCOMPARE(rooms.keys(), (QStringList{u"core"_s, u"gui/look"_s, u"gui/window"_s, u"store"_s}));
    QCOMPARE(rooms[u"store"_s].knows, (QStringList{u"Clipkiln::Core"_s, u"Qt6::Sql"_s}));
    QCOMPARE(rooms[u"gui/window"_s].target, u"Clipkiln::GuiWindow"_s);
    QCOMPARE(rooms[u"gui/window"_s].forms, QStringList{u"ui/window.ui"_s});
    QVERIFY(rooms[u"gui/window"_s].knows.contains(u"Qt6::DBus"_s));
}

void TestRooms::includesAreJudged_data()
{
    QTest::addColumn<QString>("room");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("needed"); // empty: allowed
    QTest::newRow("its own header") << u"store"_s << u"#include \"store/database.h\""_s << QString();
    QTest::newRow("a room it knows") << u"store"_s << u"#include \"core/job.h\""_s << QString();
    QTest::newRow("a room it does not know")
        << u"store"_s << u"#include \"gui/window/window.h\""_s << u"Clipkiln::GuiWindow"_s;
    QTest::newRow("a room beside it under one roof")
        << u"gui/look"_s << u"#include \"gui/window/window.h\""_s << u"Clipkiln::GuiWindow"_s;
    QTest::newRow("the room it lies in") << u"gui/window"_s << u"#include \"gui/window.h\""_s << u"Clipkiln::Gui"_s;
    QTest::newRow("a room that a room it knows knows")
        << u"gui/window"_s << u"#include \"core/job.h\""_s << u"Clipkiln::Core"_s;
    QTest::newRow("upwards") << u"core"_s << u"  #  include \"store/database.h\""_s << u"Clipkiln::Store"_s;
    QTest::newRow("a neighbour without its room")
        << u"store"_s << u"#include \"database.h\""_s << u"a path from src/"_s;
    QTest::newRow("a form that is made at build time") << u"gui/window"_s << u"#include \"ui_window.h\""_s << QString();
    QTest::newRow("moc") << u"gui/window"_s << u"#include \"window.moc\""_s << QString();
    QTest::newRow("a form's widget") << u"gui/window"_s << u"   <header>gui/look/theme.h</header>"_s << QString();
    QTest::newRow("a form's widget of a room it does not know")
        << u"gui/look"_s << u"   <header>store/database.h</header>"_s << u"Clipkiln::Store"_s;
    QTest::newRow("a standard header") << u"core"_s << u"#include <vector>"_s << QString();
    QTest::newRow("QtCore for everybody") << u"gui/look"_s << u"#include <QString>"_s << QString();
    QTest::newRow("a Qt module it knows") << u"store"_s << u"#include <QSqlQuery>"_s << QString();
    QTest::newRow("a Qt module that comes along") << u"gui/look"_s << u"#include <QImage>"_s << QString();
    QTest::newRow("a Qt module of one system") << u"gui/window"_s << u"#include <QDBusMessage>"_s << QString();
    QTest::newRow("a Qt module it does not know") << u"core"_s << u"#include <QImage>"_s << u"Qt6::Gui"_s;
    QTest::newRow("FFmpeg") << u"gui/look"_s << u"#include <libavformat/avformat.h>"_s << u"PkgConfig::FFMPEG"_s;
    QTest::newRow("the http library") << u"gui/look"_s << u"#include <httplib.h>"_s << u"PkgConfig::HTTPLIB"_s;
    QTest::newRow("the keychain") << u"gui/look"_s << u"#include <qt6keychain/keychain.h>"_s
                                  << u"Qt6Keychain::Qt6Keychain"_s;
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

void TestRooms::aBrokenRuleIsFound_data()
{
    QTest::addColumn<SourceTree>("tree");
    QTest::addColumn<QStringList>("expected");
    const auto with = [](std::initializer_list<std::pair<QString, QString>> files) {
        SourceTree tree = sampleTree();
        for (const auto& [path, text] : files)
            tree.files.insert(path, text);
        return tree;
    };
    QTest::newRow("none") << sampleTree() << QStringList();
    QTest::newRow("a folder that is no room")
        << with({{u"gui/queue/list.h"_s, {}}})
        << QStringList{u"gui/queue/list.h lies in a folder without a clipkiln_room()"_s};
    QTest::newRow("a source above the rooms")
        << with({{u"gui/window.h"_s, {}}}) << QStringList{u"gui/window.h lies in a folder without a clipkiln_room()"_s};
    QTest::newRow("a form of nobody") << with({{u"ui/queue.ui"_s, {}}})
                                      << QStringList{u"ui/queue.ui is listed by no room"_s};
    QTest::newRow("an include past the list")
        << with({{u"store/rows.cpp"_s, u"#include \"gui/look/theme.h\"\n"_s}})
        << QStringList{u"store/rows.cpp: gui/look/theme.h needs Clipkiln::GuiLook"_s};
    QTest::newRow("a form's widget past the list")
        << with({{u"ui/window.ui"_s, u"<header>gui/look/theme.h</header>\n<header>core/job.h</header>\n"_s}})
        << QStringList{u"ui/window.ui: core/job.h needs Clipkiln::Core"_s};
    QTest::newRow("a room named and not used")
        << with({{u"ui/window.ui"_s, {}}})
        << QStringList{u"gui/window names Clipkiln::GuiLook and includes nothing of it"_s};
    QTest::newRow("a library named and not used") << with({{u"store/database.h"_s, u"#include \"core/job.h\"\n"_s}})
                                                  << QStringList{u"store names Qt6::Sql and includes nothing of it"_s};
    QTest::newRow("two files in a circle")
        << with({{u"core/a.h"_s, u"#include \"core/b.h\"\n"_s}, {u"core/b.h"_s, u"#include \"core/a.h\"\n"_s}})
        << QStringList{u"a circle: core/a.h -> core/b.h -> core/a.h"_s};
    SourceTree circle = with({{u"core/text.h"_s, u"#include \"store/rows.h\"\n"_s}, {u"store/rows.h"_s, {}}});
    circle.buildFile.replace(u"KNOWS Qt6::Core)"_s, u"KNOWS Clipkiln::Store Qt6::Core)"_s);
    QTest::newRow("two rooms in a circle") << circle << QStringList{u"a circle: core -> store -> core"_s};
    SourceTree crowd = sampleTree();
    for (int i = 1; i <= 25; ++i) {
        crowd.files.insert(u"store/rows%1.h"_s.arg(i), {});
        crowd.files.insert(u"store/rows%1.cpp"_s.arg(i), {});
    }
    QTest::newRow("a folder of too many units") << crowd << QStringList{u"store has 26 units, more than 25"_s};
    QTest::newRow("a file of too many lines") << with({{u"core/job.cpp"_s, QString(601, u'\n')}})
                                              << QStringList{u"core/job.cpp has 601 lines, more than 600"_s};
}

void TestRooms::aBrokenRuleIsFound()
{
    QFETCH(SourceTree, tree);
    QFETCH(QStringList, expected);
    QCOMPARE(violations(tree), expected);
}

void TestRooms::theSourcesKeepTheRules()
{
    QVERIFY(m_tree.files.contains(u"core/job.h"_s));
    QVERIFY(m_tree.files.contains(u"ui/createpanel.ui"_s));
    QVERIFY(roomGraph(m_tree)[u"app"_s].contains(u"core"_s));
    QTextStream(stdout) << describe(m_tree) << Qt::endl;
    const QStringList found = violations(m_tree);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

QTEST_GUILESS_MAIN(TestRooms)
#include "tst_rooms.moc"
