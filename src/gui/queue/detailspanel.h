// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clip.h"
#include "core/job.h"
#include "gui/models/clipactions.h"
#include "gui/models/jobactions.h"

#include <QWidget>

#include <initializer_list>
#include <memory>
#include <variant>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace Ui {
class DetailsPanel;
}

namespace clipkiln {

class Theme;

/// All there is to know about one job or one clip, and what to do about it.
class DetailsPanel final : public QWidget
{
    Q_OBJECT

public:
    explicit DetailsPanel(const Theme& theme, QWidget* parent = nullptr);
    ~DetailsPanel() override;

    /// clip: what the job ended in, while it is in the library.
    void showJob(const Job& job, const std::optional<Clip>& clip, bool isOnHold = false);
    void showClip(const Clip& clip);
    void clear();
    /// Unfolds what the service said, where there is something.
    void showRaw();

Q_SIGNALS:
    void jobActionRequested(clipkiln::JobAction action, const clipkiln::JobId& id);
    void clipActionRequested(clipkiln::ClipAction action, const clipkiln::Clip& clip);

protected:
    void changeEvent(QEvent* event) override;

private:
    void showState();
    void showFacts(const GenerationRequest& request, const Origin& origin);
    void showFile(const std::optional<Clip>& clip);
    void showRawText(const QString& text);
    void showRow(QLabel* value, const QString& text, std::initializer_list<QWidget*> others);
    void act();
    void copyToClipboard(const QString& text);
    void alignTexts();

    std::unique_ptr<Ui::DetailsPanel> m_ui;
    std::variant<std::monostate, Job, Clip> m_shown;
    std::optional<Clip> m_clip; ///< the shown one, or that of the shown job
};

} // namespace clipkiln
