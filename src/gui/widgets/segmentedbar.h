// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QVariant>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QButtonGroup;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// Choices side by side of which one is taken; arrow keys move along it, Tab enters at the current one.
class SegmentedBar final : public QWidget
{
    Q_OBJECT

public:
    explicit SegmentedBar(Theme& theme, QWidget* parent = nullptr);

    /// The first segment added is the current one until another is chosen.
    void addSegment(const QString& text, const QVariant& value);
    /// The value of the current segment; invalid while there is none.
    [[nodiscard]] QVariant current() const;
    /// Leaves the bar as it is when no segment has this value.
    void setCurrent(const QVariant& value);

Q_SIGNALS:
    void currentChanged(const QVariant& value);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Theme& m_theme;
    QButtonGroup* m_segments;
};

} // namespace clipkiln
