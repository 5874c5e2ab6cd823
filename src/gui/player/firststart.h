// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/origin.h"

#include <QScrollArea>

namespace clipkiln {

class OnboardingStep;
class Theme;

/// What the stage shows before there is anything to see: three short steps, none of them needed.
class FirstStart final : public QScrollArea
{
    Q_OBJECT

public:
    explicit FirstStart(Theme& theme, QWidget* parent = nullptr);

    void setService(const Origin& origin, bool hasKey);
    void setClipsFolder(const QString& folder, qint64 freeBytes);

Q_SIGNALS:
    void addKeyRequested();
    void changeFolderRequested();
    void sampleRequested();

private:
    OnboardingStep* m_service;
    OnboardingStep* m_folder;
    OnboardingStep* m_first;
};

} // namespace clipkiln
