// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/csv.h"

#include "core/text.h"

namespace clipkiln {

namespace {

/// Goes through the text once, from cell to cell.
class CsvReader
{
public:
    CsvReader(QStringView text, QChar separator) : m_text(text), m_separator(separator) {}

    std::optional<Error> read(const std::function<void(const CsvRecord&)>& onRecord)
    {
        while (!atEnd()) {
            CsvRecord record{m_line, {}};
            do
                record.cells.append(readCell());
            while (skip(m_separator));
            if (m_openQuoteLine > 0)
                return Error{ErrorKind::InvalidRequest,
                             Text::tr("The quote that opens on line %1 is never closed.").arg(m_openQuoteLine)};
            skipLineEnd();
            if (record.cells != QStringList{QString()})
                onRecord(record);
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] bool isNext(QChar c) const { return !atEnd() && m_text.at(m_at) == c; }

    bool skip(QChar c)
    {
        if (!isNext(c))
            return false;
        ++m_at;
        return true;
    }

    /// CR, LF or both.
    bool skipLineEnd()
    {
        const bool carriage = skip(u'\r');
        const bool feed = skip(u'\n');
        if (carriage || feed)
            ++m_line;
        return carriage || feed;
    }

    QString readCell()
    {
        QString cell;
        if (isNext(u'"'))
            cell = readQuoted();
        while (!atEnd() && !isNext(m_separator) && !isNext(u'\r') && !isNext(u'\n'))
            cell.append(m_text.at(m_at++));
        return cell;
    }

    QString readQuoted()
    {
        const int begin = m_line;
        QString cell;
        skip(u'"');
        while (!atEnd()) {
            if (skipLineEnd())
                cell.append(u'\n');
            else if (!skip(u'"'))
                cell.append(m_text.at(m_at++));
            else if (skip(u'"'))
                cell.append(u'"');
            else
                return cell;
        }
        m_openQuoteLine = begin;
        return cell;
    }

    QStringView m_text;
    QChar m_separator;
    qsizetype m_at = 0;
    int m_line = 1;
    int m_openQuoteLine = 0; ///< 0: every quote was closed
};

} // namespace

std::optional<Error> readCsv(QStringView text, QChar separator, const std::function<void(const CsvRecord&)>& onRecord)
{
    return CsvReader(text, separator).read(onRecord);
}

} // namespace clipkiln
