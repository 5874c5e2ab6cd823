// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace clipkiln {

// Text from outside (answers of the service, prompts, names of files, imported lists) as it may be shown, logged and
// printed: without control characters, which move a terminal's cursor and colour it, and without bidirectional
// embeddings, overrides and isolates, which make a text look like another. Letters, emoji and their joiners stay, and
// so do the marks that right-to-left texts need (LRM, RLM). On the wire and in the database a text stays as it is.

/// The text in one line: line breaks and tabs become spaces.
[[nodiscard]] QString cleanLine(const QString& text);

/// The text with its line breaks, each as a line feed, and its tabs.
[[nodiscard]] QString cleanText(const QString& text);

/// The cleaned text as HTML that shows it and nothing else: what looks like markup in it is escaped.
[[nodiscard]] QString cleanHtml(const QString& text);

/// The cleaned text for what takes a text with a tag for markup, like a tool tip: HTML where it has a '<', else plain.
[[nodiscard]] QString cleanToolTip(const QString& text);

/// JSON of one line, with what cleanLine() would leave out escaped (\u009b): the same values, safe on a terminal.
[[nodiscard]] QByteArray cleanJson(const QByteArray& json);

} // namespace clipkiln
