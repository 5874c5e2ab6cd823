// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/priceline.h"

#include "core/format.h"
#include "gui/look/theme.h"

#include <QBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

QLabel* makeLabel(const QString& name, const char* role, Qt::Alignment alignment)
{
    auto* label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(alignment);
    setRole(label, role);
    return label;
}

} // namespace

PriceLine::PriceLine(QWidget* parent)
    : QWidget(parent)
    , m_parts(makeLabel(u"pricePartsLabel"_s, "hint", Qt::AlignLeading | Qt::AlignTop))
    , m_wouldCost(makeLabel(u"simulatedPriceLabel"_s, "hint", Qt::AlignTrailing | Qt::AlignVCenter))
    , m_sum(makeLabel(u"priceLabel"_s, "price", Qt::AlignTrailing | Qt::AlignVCenter))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum); // what room there is belongs to the form
    m_parts->setWordWrap(true);
    m_wouldCost->setText(tr("would cost"));
    auto* sum = new QVBoxLayout;
    sum->setSpacing(0);
    sum->addWidget(m_wouldCost);
    sum->addWidget(m_sum);
    sum->addStretch();
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(Theme::gap2);
    layout->addWidget(m_parts, 1);
    layout->addLayout(sum);
}

void PriceLine::showPrice(const std::optional<Price>& price, int takes, const QString& pricesOf, bool simulated)
{
    const QString date = tr("prices of %1").arg(pricesOf);
    m_parts->setText(price ? price->partsText(takes) + u'\n' + date : date);
    const QString sum = price ? formatAbout(price->total * takes) : tr("price unknown");
    const bool wouldCost = price && simulated;
    m_wouldCost->setVisible(wouldCost);
    m_sum->setText(sum);
    m_sum->setAccessibleName(wouldCost ? tr("would cost %1").arg(sum) : sum);
}

} // namespace clipkiln
