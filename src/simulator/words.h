// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

class QPainter;

namespace clipkiln::simulator {

/// A picture that stands for one on a remote host, with the host's name.
QImage cardNaming(const QString& host);

/// What is written over every frame: the prompt at the lower edge, and the mark that the clip is simulated.
class Caption
{
public:
    /// covers: hides the prompt that a video of ours already has there.
    Caption(const QString& prompt, QSize frame, bool covers);
    void paint(QPainter& painter, bool withPrompt) const;

private:
    QImage m_prompt;
    QPoint m_promptAt;
    QImage m_mark;
    QPoint m_markAt;
};

} // namespace clipkiln::simulator
