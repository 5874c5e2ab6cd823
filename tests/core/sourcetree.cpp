// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sourcetree.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QLibraryInfo>
#include <QRegularExpression>
#include <QSet>
#include <QTextStream>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr qsizetype mostUnits = 25; ///< per folder; a unit is a .cpp with its .h, or one of them alone
constexpr qsizetype mostLines = 600;
const QStringList wideRooms = {u"core"_s, u"simulator"_s}; // many small values, many small parts

struct Include
{
    QString header;
    bool angled;
};

using Graph = QMap<QString, QStringList>;

QString textOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString folderOf(const QString& path)
{
    return path.section(u'/', 0, -2);
}

bool isForm(const QString& path)
{
    return path.endsWith(".ui"_L1);
}

/// "Clipkiln::GuiInputs" for gui/inputs, as clipkiln_room() names it.
QString targetOf(const QString& folder)
{
    QString target = u"Clipkiln::"_s;
    for (const QString& part : folder.split(u'/'))
        target += part.left(1).toUpper() + part.mid(1);
    return target;
}

/// What a source includes, and what the code made from a form includes.
QList<Include> includesOf(const QString& text)
{
    static const QRegularExpression include(
        u"^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]|^\\s*<header( location=\"global\")?>([^<]+)</header>"_s,
        QRegularExpression::MultilineOption);
    QList<Include> found;
    auto matches = include.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (match.hasCaptured(4))
            found.append({match.captured(4), match.hasCaptured(3)});
        else
            found.append({match.captured(2), match.captured(1) == "<"_L1});
    }
    return found;
}

/// The Qt module of each header that is installed, "Gui" of QImage. Where a header has moved, both modules have it: the
/// new one comes first in the alphabet (QtGui/QAction, QtWidgets/QAction).
QHash<QString, QString> qtHeaders()
{
    QStringList folders;
    for (const auto path : {QLibraryInfo::HeadersPath, QLibraryInfo::LibrariesPath}) { // macOS: QtGui.framework
        const QDir folder(QLibraryInfo::path(path));
        for (const QString& module : folder.entryList({u"Qt*"_s}, QDir::Dirs))
            folders.append(folder.filePath(module));
    }
    static const QRegularExpression module(u"/Qt(\\w+)(\\.framework)?$"_s);
    QHash<QString, QString> modules;
    for (const QString& folder : folders) {
        const QRegularExpressionMatch match = module.match(folder);
        const QString headers = match.hasCaptured(2) ? folder + u"/Headers"_s : folder;
        for (const QString& header : QDir(headers).entryList(QDir::Files)) {
            if (!modules.contains(header))
                modules.insert(header, match.captured(1));
        }
    }
    return modules;
}

/// The entry of a KNOWS list that a header in angle brackets needs; empty for the standard library.
QString libraryOf(const QString& header)
{
    static const QRegularExpression ffmpeg(u"^lib(av|sw)\\w+/"_s);
    static const QHash<QString, QString> modules = qtHeaders();
    if (ffmpeg.match(header).hasMatch())
        return u"PkgConfig::FFMPEG"_s;
    if (header == "httplib.h"_L1)
        return u"PkgConfig::HTTPLIB"_s;
    if (header.contains("keychain"_L1))
        return u"Qt6Keychain::Qt6Keychain"_s;
    const QString module = modules.value(header);
    return module.isEmpty() ? QString() : u"Qt6::"_s + module;
}

/// The entry of a KNOWS list that an include needs; empty when it needs none.
QString neededBy(const Include& include, const QString& folder)
{
    static const QRegularExpression generated(u"^ui_\\w+\\.h$|\\.(moc|cpp)$"_s);
    if (include.angled)
        return libraryOf(include.header);
    if (generated.match(include.header).hasMatch() || folderOf(include.header) == folder)
        return {};
    return include.header.contains(u'/') ? targetOf(folderOf(include.header)) : u"a path from src/"_s;
}

/// What a list allows: its entries, and the Qt modules that come along with them.
QSet<QString> allowedBy(const QStringList& knows)
{
    static const QHash<QString, QStringList> bring = {
        {u"Qt6::Widgets"_s, {u"Qt6::Gui"_s}},
        {u"Qt6::Svg"_s, {u"Qt6::Gui"_s}},
        {u"Qt6::Multimedia"_s, {u"Qt6::Gui"_s, u"Qt6::Network"_s}},
    };
    QSet<QString> allowed = {u"Qt6::Core"_s};
    for (const QString& name : knows) {
        allowed.insert(name);
        for (const QString& module : bring.value(name))
            allowed.insert(module);
    }
    return allowed;
}

/// The room that each form belongs to.
QMap<QString, QString> roomsOfForms(const Rooms& rooms)
{
    QMap<QString, QString> result;
    for (auto room = rooms.begin(); room != rooms.end(); ++room) {
        for (const QString& form : room->forms)
            result.insert(form, room.key());
    }
    return result;
}

/// The folder of the room that a file belongs to; empty for a form that no room lists.
QString roomOf(const QString& path, const QMap<QString, QString>& forms)
{
    return isForm(path) ? forms.value(path) : folderOf(path);
}

QStringList strayFiles(const SourceTree& tree, const Rooms& rooms)
{
    const QMap<QString, QString> forms = roomsOfForms(rooms);
    QStringList found;
    for (const QString& path : tree.files.keys()) {
        if (isForm(path) && !forms.contains(path))
            found.append(path + u" is listed by no room"_s);
        else if (!isForm(path) && !rooms.contains(folderOf(path)))
            found.append(path + u" lies in a folder without a clipkiln_room()"_s);
    }
    return found;
}

QStringList trespassesOf(const SourceTree& tree, const Rooms& rooms)
{
    const QMap<QString, QString> forms = roomsOfForms(rooms);
    QStringList found;
    for (auto file = tree.files.begin(); file != tree.files.end(); ++file) {
        for (const QString& sentence : trespasses(file.value(), roomOf(file.key(), forms), rooms))
            found.append(file.key() + u": "_s + sentence);
    }
    return found;
}

QStringList unusedEntries(const SourceTree& tree, const Rooms& rooms)
{
    const QMap<QString, QString> forms = roomsOfForms(rooms);
    QMap<QString, QSet<QString>> used;
    for (auto file = tree.files.begin(); file != tree.files.end(); ++file) {
        const QString folder = roomOf(file.key(), forms);
        for (const Include& include : includesOf(file.value()))
            used[folder].insert(neededBy(include, folder));
        if (isForm(file.key()))
            used[folder].insert(u"Qt6::Widgets"_s);
    }
    QStringList found;
    for (auto room = rooms.begin(); room != rooms.end(); ++room) {
        for (const QString& name : room->knows) {
            if (!used.value(room.key()).contains(name))
                found.append(u"%1 names %2 and includes nothing of it"_s.arg(room.key(), name));
        }
    }
    return found;
}

/// Follows every edge of a graph once, in depth.
class Walk
{
public:
    explicit Walk(const Graph& graph) : m_graph(graph)
    {
        for (const QString& node : graph.keys())
            visit(node);
    }

    /// Each node after all that it leads to.
    [[nodiscard]] const QStringList& order() const { return m_order; }
    [[nodiscard]] const QStringList& circles() const { return m_circles; }

private:
    void visit(const QString& node)
    {
        if (const qsizetype begin = m_path.indexOf(node); begin >= 0) {
            m_circles.append(u"a circle: %1 -> %2"_s.arg(m_path.mid(begin).join(u" -> "_s), node));
            return;
        }
        if (m_done.contains(node))
            return;
        m_path.append(node);
        for (const QString& next : m_graph.value(node))
            visit(next);
        m_path.removeLast();
        m_done.insert(node);
        m_order.append(node);
    }

    const Graph& m_graph;
    QStringList m_path;
    QSet<QString> m_done;
    QStringList m_order;
    QStringList m_circles;
};

Graph graphOfFiles(const SourceTree& tree)
{
    Graph graph;
    for (auto file = tree.files.begin(); file != tree.files.end(); ++file) {
        for (const Include& include : includesOf(file.value())) {
            if (tree.files.contains(include.header))
                graph[file.key()].append(include.header);
        }
    }
    return graph;
}

Graph graphOfRooms(const SourceTree& tree)
{
    const RoomGraph edges = roomGraph(tree);
    Graph graph;
    for (auto room = edges.begin(); room != edges.end(); ++room)
        graph.insert(room.key(), room->keys());
    return graph;
}

QMap<QString, qsizetype> unitsByFolder(const SourceTree& tree)
{
    QMap<QString, QSet<QString>> units;
    for (const QString& path : tree.files.keys()) {
        if (!isForm(path))
            units[folderOf(path)].insert(path.section(u'.', 0, -2));
    }
    QMap<QString, qsizetype> result;
    for (auto folder = units.begin(); folder != units.end(); ++folder)
        result.insert(folder.key(), folder->size());
    return result;
}

QStringList excesses(const SourceTree& tree)
{
    QStringList found;
    const QMap<QString, qsizetype> units = unitsByFolder(tree);
    for (auto folder = units.begin(); folder != units.end(); ++folder) {
        if (folder.value() > mostUnits && !wideRooms.contains(folder.key()))
            found.append(u"%1 has %2 units, more than %3"_s.arg(folder.key()).arg(folder.value()).arg(mostUnits));
    }
    for (auto file = tree.files.begin(); file != tree.files.end(); ++file) {
        if (const qsizetype lines = file->count(u'\n'); lines > mostLines && !isForm(file.key()))
            found.append(u"%1 has %2 lines, more than %3"_s.arg(file.key()).arg(lines).arg(mostLines));
    }
    return found;
}

} // namespace

SourceTree readSourceTree(const QString& projectFolder)
{
    const QDir project(projectFolder);
    SourceTree tree{textOf(project.filePath(u"src/CMakeLists.txt"_s)), {}};
    const QDir sources(project.filePath(u"src"_s));
    for (QDirIterator it(sources.path(), {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
         it.hasNext();) {
        const QString path = it.next();
        tree.files.insert(sources.relativeFilePath(path), textOf(path));
    }
    for (QDirIterator it(project.filePath(u"ui"_s), {u"*.ui"_s}, QDir::Files); it.hasNext();) {
        const QString path = it.next();
        tree.files.insert(project.relativeFilePath(path), textOf(path));
    }
    return tree;
}

Rooms roomsOf(QString buildFile)
{
    static const QRegularExpression comment(u"#[^\n]*"_s);
    static const QRegularExpression call(u"\\bclipkiln_room\\(\\s*([a-z][\\w/]*)\\s([^)]*)\\)"_s);
    static const QRegularExpression space(u"\\s+"_s);
    static const QRegularExpression form(u"[\\./]*(ui/\\w+\\.ui)$"_s);
    buildFile.remove(comment);
    Rooms rooms;
    QHash<QString, QString> folders; // by the name of the library
    auto calls = call.globalMatch(buildFile);
    while (calls.hasNext()) {
        const QRegularExpressionMatch match = calls.next();
        const QString folder = match.captured(1);
        const QStringList words = match.captured(2).split(space, Qt::SkipEmptyParts);
        const qsizetype knows = words.indexOf(u"KNOWS"_s);
        if (!words.contains(u"SOURCES"_s))
            continue; // the function's own definition
        Room room{targetOf(folder), {}, knows < 0 ? QStringList() : words.mid(knows + 1)};
        for (const QString& word : words) {
            if (const QRegularExpressionMatch found = form.match(word); found.hasMatch())
                room.forms.append(found.captured(1));
        }
        rooms.insert(folder, room);
        folders.insert(QString(folder).replace(u'/', u'_'), folder);
    }
    // What exists on one system only is linked beside the list.
    static const QRegularExpression link(
        u"\\btarget_link_libraries\\(\\s*clipkiln_(\\w+)\\s+(?:PUBLIC|PRIVATE)\\s+(Qt6::\\w+)"_s);
    auto links = link.globalMatch(buildFile);
    while (links.hasNext()) {
        const QRegularExpressionMatch match = links.next();
        if (const auto folder = folders.constFind(match.captured(1)); folder != folders.cend())
            rooms[*folder].knows.append(match.captured(2));
    }
    return rooms;
}

RoomGraph roomGraph(const SourceTree& tree)
{
    const Rooms rooms = roomsOf(tree.buildFile);
    const QMap<QString, QString> forms = roomsOfForms(rooms);
    RoomGraph graph;
    for (const QString& folder : rooms.keys())
        graph.insert(folder, {});
    for (auto file = tree.files.begin(); file != tree.files.end(); ++file) {
        const QString folder = roomOf(file.key(), forms);
        for (const Include& include : includesOf(file.value())) {
            const QString other = folderOf(include.header);
            if (!include.angled && other != folder && rooms.contains(other))
                ++graph[folder][other];
        }
    }
    return graph;
}

QStringList trespasses(const QString& text, const QString& folder, const Rooms& rooms)
{
    const QSet<QString> allowed = allowedBy(rooms.value(folder).knows);
    QStringList found;
    for (const Include& include : includesOf(text)) {
        const QString needed = neededBy(include, folder);
        if (!needed.isEmpty() && !allowed.contains(needed))
            found.append(u"%1 needs %2"_s.arg(include.header, needed));
    }
    return found;
}

QStringList violations(const SourceTree& tree)
{
    const Rooms rooms = roomsOf(tree.buildFile);
    return strayFiles(tree, rooms) + trespassesOf(tree, rooms) + unusedEntries(tree, rooms) +
           Walk(graphOfFiles(tree)).circles() + Walk(graphOfRooms(tree)).circles() + excesses(tree);
}

QString describe(const SourceTree& tree)
{
    const RoomGraph edges = roomGraph(tree);
    const Graph rooms = graphOfRooms(tree);
    const Graph files = graphOfFiles(tree);
    const QMap<QString, qsizetype> units = unitsByFolder(tree);
    QString text;
    QTextStream out(&text);
    qsizetype ways = 0;
    int includes = 0;
    const Walk walk(rooms);
    for (const QString& room : walk.order()) {
        out << room << ", " << units.value(room) << " units";
        const auto lower = edges.value(room);
        for (auto edge = lower.begin(); edge != lower.end(); ++edge) {
            out << (edge == lower.begin() ? " -> " : ", ") << edge.key() << ' ' << edge.value();
            includes += edge.value();
        }
        ways += lower.size();
        out << '\n';
    }
    out << rooms.size() << " rooms, " << ways << " edges with " << includes << " includes, " << walk.circles().size()
        << " circles of rooms, " << Walk(files).circles().size() << " circles of files";
    return text;
}

} // namespace clipkiln
