// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>

namespace clipkiln {

/// One line that says less where there is less room.
class TimeLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit TimeLabel(QWidget* parent = nullptr);

    /// The same in several lengths, the longest first.
    void setTexts(const QStringList& texts);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList m_texts;
};

} // namespace clipkiln
