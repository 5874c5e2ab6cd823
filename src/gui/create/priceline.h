// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/modeltable.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace clipkiln {

/// What a submit would cost, with its parts and the date of the prices; an unknown price is never $0.
class PriceLine final : public QWidget
{
    Q_OBJECT

public:
    explicit PriceLine(QWidget* parent = nullptr);

    /// price: of one take; nothing: unknown. pricesOf: the month of the prices. simulated: nothing will be charged.
    void showPrice(const std::optional<Price>& price, int takes, const QString& pricesOf, bool simulated);

private:
    QLabel* m_parts;
    QLabel* m_wouldCost;
    QLabel* m_sum;
};

} // namespace clipkiln
