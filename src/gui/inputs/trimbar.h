// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "media/prepare/prepare.h"

#include <QWidget>

#include <optional>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class FitView;
class InputSlot;
class PreparationPool;
class Theme;
class TrimFrames;
class TrimStrip;

/// Chooses the part of a video that is sent. It opens by itself for one that is too long, and stays until the part is
/// cut or the person does not want one.
class TrimBar final : public QWidget
{
    Q_OBJECT

public:
    TrimBar(InputSlot& slot, Theme& theme, PreparationPool& pool, QWidget* parent = nullptr);

    /// What the mode takes, in seconds; 0: no limit.
    void setLimits(double shortest, double longest);
    /// At the part that is sent, or at the longest allowed one. Nothing happens without a video of this machine.
    void open();
    /// Follows the video in the slot; what else follows it is to do so later, since it may depend on whether this is
    /// open.
    void follow();
    /// A part was chosen that is not what is sent.
    [[nodiscard]] bool isUndecided() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void makeLayout();
    void openByItself();
    void apply();
    void cancel();
    void closeBar();
    void readStrip();
    void showFrame(int frame);
    void showState();

    InputSlot& m_slot;
    double m_shortest = 0;
    double m_longest = 0;
    QString m_path;                     ///< of the video it is open for; empty while it is closed
    std::optional<VideoPart> m_applied; ///< while it is cut
    QString m_offeredPath;              ///< the video it has opened by itself for
    double m_offeredLongest = 0;        ///< and the limit it has done so for

    TrimFrames* m_frames;
    FitView* m_frame;
    TrimStrip* m_strip;
    QLabel* m_length;
    QLabel* m_limit;
    QPushButton* m_cancel;
    QPushButton* m_apply;
};

} // namespace clipkiln
