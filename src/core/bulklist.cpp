// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bulklist.h"

#include "core/csv.h"
#include "core/enumnames.h"
#include "core/files.h"
#include "core/origin.h"
#include "core/text.h"

#include <QDir>
#include <QFileInfo>
#include <QStringDecoder>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr EnumNames<BulkColumn, 9> columns{{"prompt"_L1, "model"_L1, "mode"_L1, "duration"_L1, "aspect_ratio"_L1,
                                            "resolution"_L1, "takes"_L1, "image"_L1, "sound"_L1}};
constexpr QLatin1StringView asImage = "image"_L1;

Error refused(const QString& sentence)
{
    return {ErrorKind::InvalidRequest, sentence};
}

/// "Aspect ratio" is aspect_ratio.
QString plainName(const QString& name)
{
    return name.trimmed().toLower().replace(u' ', u'_').replace(u'-', u'_');
}

QString quoted(const QString& text)
{
    constexpr int enough = 40;
    return u'"' + (text.size() > enough ? text.left(enough) + u'…' : text) + u'"';
}

/// The first of the possible separators in the text's first line; a comma when there is none.
QChar separatorOf(QStringView text)
{
    for (const QChar c : text) {
        if (c == u',' || c == u';' || c == u'\t')
            return c;
        if (c == u'\r' || c == u'\n')
            break;
    }
    return u',';
}

/// Puts the cells of one record into a line.
class LineReader
{
public:
    explicit LineReader(int line) { m_line.line = line; }

    void read(BulkColumn column, const QString& cell)
    {
        if (cell.isEmpty())
            return;
        switch (column) {
        case BulkColumn::Prompt:
            m_line.prompt = cell;
            break;
        case BulkColumn::Model:
            m_line.model = cell;
            break;
        case BulkColumn::Mode:
            takeMode(cell);
            break;
        case BulkColumn::Duration:
            takeDuration(cell);
            break;
        case BulkColumn::AspectRatio:
            m_line.aspectRatio = cell.toLower();
            break;
        case BulkColumn::Resolution:
            m_line.resolution = cell.toLower();
            break;
        case BulkColumn::Takes:
            takeTakes(cell);
            break;
        case BulkColumn::Image:
            m_line.image = cell;
            break;
        case BulkColumn::Sound:
            takeSound(cell);
            break;
        }
    }

    void note(BulkColumn column, const QString& sentence)
    {
        m_line.problems.append(
            {column, Text::tr("Line %1, %2: %3").arg(QString::number(m_line.line), columns.toName(column), sentence)});
    }

    [[nodiscard]] BulkLine line()
    {
        if (m_line.mode == Mode::Text && !m_line.image.isEmpty())
            note(BulkColumn::Mode, Text::tr("the mode is text, but there is an image."));
        return m_line;
    }

private:
    void takeMode(const QString& cell)
    {
        const auto mode = modeFromName(cell.toLower());
        if (mode == Mode::Text || mode == Mode::Image)
            m_line.mode = mode;
        else
            note(BulkColumn::Mode, Text::tr("%1 cannot be in a list. Write text or image.").arg(quoted(cell)));
    }

    void takeDuration(QString cell)
    {
        const QString written = cell;
        if (cell.endsWith(u's', Qt::CaseInsensitive))
            cell.chop(1);
        bool isNumber = false;
        const int seconds = cell.trimmed().toInt(&isNumber);
        if (isNumber)
            m_line.duration = std::chrono::seconds(seconds);
        else
            note(BulkColumn::Duration, Text::tr("%1 is not a whole number of seconds.").arg(quoted(written)));
    }

    void takeTakes(const QString& cell)
    {
        bool isNumber = false;
        const int takes = cell.toInt(&isNumber);
        if (isNumber && takes >= 1 && takes <= mostTakes)
            m_line.takes = takes;
        else
            note(BulkColumn::Takes, Text::tr("%1 is not a number from 1 to %2.").arg(quoted(cell)).arg(mostTakes));
    }

    void takeSound(const QString& cell)
    {
        const QString word = cell.toLower();
        if (QStringList{u"on"_s, u"yes"_s, u"true"_s, u"1"_s}.contains(word))
            m_line.sound = true;
        else if (QStringList{u"off"_s, u"no"_s, u"false"_s, u"0"_s}.contains(word))
            m_line.sound = false;
        else
            note(BulkColumn::Sound, Text::tr("%1 is neither on nor off.").arg(quoted(cell)));
    }

    BulkLine m_line;
};

/// Which column of ours each cell of a record belongs to; nothing: not used.
struct Header
{
    QList<std::optional<BulkColumn>> columns;
    QStringList unused;
};

Header readHeader(const QStringList& cells)
{
    Header header;
    for (const QString& cell : cells) {
        auto column = columns.fromName(plainName(cell));
        if (column && header.columns.contains(column))
            column.reset(); // named twice: the first one counts
        if (!column && !cell.trimmed().isEmpty())
            header.unused.append(quoted(cell.trimmed()));
        header.columns.append(column);
    }
    return header;
}

BulkLine readRecord(const CsvRecord& record, const Header& header)
{
    LineReader reader(record.line);
    for (qsizetype i = 0; i < std::min(record.cells.size(), header.columns.size()); ++i) {
        if (header.columns.at(i))
            reader.read(*header.columns.at(i), record.cells.at(i).trimmed());
    }
    // Usually the prompt has commas and no quotes, so only its beginning was read.
    if (record.cells.size() > header.columns.size())
        reader.note(BulkColumn::Prompt,
                    Text::tr("there are more values than columns. Put quotes around a prompt with commas."));
    return reader.line();
}

/// count: of all prompts, of which those above the limit are not in the list.
Result<BulkList> checked(const BulkList& list, qsizetype count)
{
    if (list.lines.isEmpty())
        return refused(Text::tr("There is no prompt in this list."));
    if (count > mostBulkJobs)
        return refused(Text::tr("This list has %1 prompts. At most %2 are possible at once: split it.")
                           .arg(QString::number(count), QString::number(mostBulkJobs)));
    return list;
}

Result<QString> decoded(const QByteArray& bytes)
{
    // Stateless: a sequence that is cut off by the end of the file is an error, too.
    auto decoder = QStringDecoder(QStringConverter::encodingForData(bytes).value_or(QStringConverter::Utf8),
                                  QStringConverter::Flag::Stateless);
    const QString text = decoder(bytes);
    if (text.contains(QChar::Null))
        return refused(Text::tr("This is not a text file. Choose a list of prompts (.txt, .csv or .tsv)."));
    if (decoder.hasError())
        return refused(Text::tr("The text of this file is not UTF-8. Save it as UTF-8 and open it again."));
    return text;
}

Result<QByteArray> contentOf(const QString& path)
{
    auto bytes = readPlainFile(path, mostBulkBytes);
    return bytes || bytes.error().kind != ErrorKind::InputUnusable ? bytes : refused(bytes.error().detail);
}

bool isTableName(const QString& fileName)
{
    return fileName.endsWith(".csv"_L1, Qt::CaseInsensitive) || fileName.endsWith(".tsv"_L1, Qt::CaseInsensitive);
}

} // namespace

bool isBulkListName(const QString& fileName)
{
    return fileName.endsWith(".txt"_L1, Qt::CaseInsensitive) || isTableName(fileName);
}

Result<BulkList> bulkListFromLines(const QString& text)
{
    BulkList list;
    int comments = 0;
    int number = 0;
    qsizetype prompts = 0;
    QString plain = text;
    plain.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n');
    for (const QStringView each : QStringView(plain).tokenize(u'\n')) {
        ++number;
        const QStringView prompt = each.trimmed();
        if (prompt.startsWith(u'#')) {
            ++comments;
        } else if (!prompt.isEmpty() && ++prompts <= mostBulkJobs) {
            BulkLine line;
            line.line = number;
            line.prompt = prompt.toString();
            list.lines.append(line);
        }
    }
    if (comments > 0)
        list.notices.append(Text::tr("Lines that begin with # were left out as comments: %1.").arg(comments));
    return checked(list, prompts);
}

Result<BulkList> bulkListFromTable(const QString& text)
{
    BulkList list;
    std::optional<Header> head;
    qsizetype prompts = 0;
    const auto error = readCsv(text, separatorOf(text), [&](const CsvRecord& record) {
        const bool isBlank = std::all_of(record.cells.begin(), record.cells.end(),
                                         [](const QString& cell) { return cell.trimmed().isEmpty(); });
        if (!head)
            head = readHeader(record.cells);
        else if (!isBlank && ++prompts <= mostBulkJobs) // spreadsheets leave rows of separators
            list.lines.append(readRecord(record, *head));
    });
    if (error)
        return *error;
    const Header header = head.value_or(Header());
    if (!header.columns.contains(BulkColumn::Prompt))
        return refused(Text::tr("The first line of a table names its columns, and one of them must be \"prompt\". "
                                "For one prompt a line, use a .txt file."));
    if (!header.unused.isEmpty())
        list.notices.append(Text::tr("Columns that are not used: %1.").arg(header.unused.join(u", "_s)));
    return checked(list, prompts);
}

Result<BulkList> readBulkList(const QString& path)
{
    const Result<QByteArray> bytes = contentOf(path);
    if (!bytes)
        return bytes.error();
    const Result<QString> text = decoded(*bytes);
    if (!text)
        return text.error();
    Result<BulkList> list = isTableName(path) ? bulkListFromTable(*text) : bulkListFromLines(*text);
    if (!list)
        return list;
    const QDir folder = QFileInfo(path).absoluteDir();
    for (BulkLine& line : list->lines) {
        if (!line.image.isEmpty() && !isWebAddress(line.image))
            line.image = QDir::cleanPath(folder.absoluteFilePath(line.image));
    }
    return list;
}

GenerationRequest settingsFor(Mode mode, const Model& model, const GenerationRequest& base)
{
    const ModeLimits limits = model.modes.value(mode);
    GenerationRequest request = defaultRequest(mode, model);
    const auto seconds = base.duration ? base.duration->count() : 0;
    if (limits.minSeconds <= seconds && seconds <= limits.maxSeconds && base.mode() != Mode::Extend)
        request.duration = base.duration;
    if (base.aspectRatio ? limits.aspectRatios.contains(*base.aspectRatio) : mode == Mode::Image && base.mode() == mode)
        request.aspectRatio = base.aspectRatio;
    if (base.resolution && limits.resolutions.contains(*base.resolution))
        request.resolution = base.resolution;
    if (limits.silence)
        request.generateAudio = base.generateAudio;
    request.user = base.user;
    request.storage = base.storage;
    return request;
}

Mode modeOf(const BulkLine& line)
{
    return line.mode.value_or(line.image.isEmpty() ? Mode::Text : Mode::Image);
}

GenerationRequest requestOf(const BulkLine& line, const std::optional<Input>& image, const GenerationRequest& base,
                            const ModelTable& models)
{
    const Mode mode = modeOf(line);
    const QString id = line.model.isEmpty() ? base.model : line.model;
    const Model* known = models.find(id);
    GenerationRequest request = settingsFor(mode, known ? *known : models.unknownModel(id), base);
    request.model = id;
    request.prompt = line.prompt;
    if (line.duration)
        request.duration = line.duration;
    if (line.aspectRatio == asImage)
        request.aspectRatio.reset();
    else if (!line.aspectRatio.isEmpty())
        request.aspectRatio = line.aspectRatio;
    if (!line.resolution.isEmpty())
        request.resolution = line.resolution;
    if (line.sound)
        request.generateAudio = *line.sound ? std::nullopt : std::optional(false);
    if (mode == Mode::Image)
        request.inputs = FromImage{image.value_or(Input()), {}, {}};
    return request;
}

} // namespace clipkiln
