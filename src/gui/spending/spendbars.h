// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/money.h"

#include <QDate>
#include <QList>
#include <QWidget>

namespace clipkiln {

class Theme;

/// A bar for each of the last days, as high as what was spent; a day's figures are in its tool tip.
class SpendBars final : public QWidget
{
    Q_OBJECT

public:
    explicit SpendBars(Theme& theme, QWidget* parent = nullptr);

    /// One sum for each day, the oldest first; the last is the sum of lastDay.
    void setDays(const QList<Money>& days, const QDate& lastDay);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QDate dayAt(qsizetype index) const;
    [[nodiscard]] QRectF columnOf(qsizetype index) const;
    [[nodiscard]] Money highest() const;

    Theme& m_theme;
    QList<Money> m_days;
    QDate m_lastDay;
};

} // namespace clipkiln
