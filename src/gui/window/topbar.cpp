// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/window/topbar.h"

#include "gui/look/theme.h"
#include "gui/widgets/segmentedbar.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int dotSize = 8;

QLabel* makeLabel(const QString& text, const char* role, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    setRole(label, role);
    return label;
}

} // namespace

TopBar::TopBar(Theme& theme, ServiceAccess& access, QAction* holdAction, QMenu* gearMenu, QWidget* parent)
    : QToolBar(parent)
    , m_theme(theme)
    , m_access(access)
    , m_modes(new SegmentedBar(theme))
    , m_service(new QToolButton)
    , m_dot(new QLabel(m_service))
    , m_serviceName(makeLabel({}, "value", m_service))
    , m_serviceState(makeLabel({}, "strong", m_service))
    , m_spentButton(new QToolButton)
    , m_spent(makeLabel({}, "strong", m_spentButton))
    , m_gear(new QToolButton)
{
    setObjectName(u"topBar"_s);
    setWindowTitle(tr("Tool bar"));
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    toggleViewAction()->setVisible(false);

    for (const Mode mode : {Mode::Text, Mode::Image, Mode::Reference, Mode::Edit, Mode::Extend})
        m_modes->addSegment(displayName(mode), QVariant::fromValue(mode));
    m_modes->setAccessibleName(tr("Mode"));
    connect(m_modes, &SegmentedBar::currentChanged, this,
            [this](const QVariant& mode) { Q_EMIT modeChosen(mode.value<Mode>()); });

    m_service->setObjectName(u"serviceButton"_s);
    m_service->setPopupMode(QToolButton::InstantPopup);
    m_service->setMenu(makeServiceMenu());
    m_service->setFocusPolicy(Qt::TabFocus);
    auto* serviceLayout = new QHBoxLayout(m_service);
    serviceLayout->setContentsMargins(Theme::gap2, Theme::gap1, Theme::gap2, Theme::gap1);
    serviceLayout->setSpacing(Theme::gap2);
    for (QLabel* label : {m_dot, m_serviceName, m_serviceState}) {
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
        serviceLayout->addWidget(label);
    }

    m_spentButton->setObjectName(u"spentButton"_s);
    m_spentButton->setFocusPolicy(Qt::TabFocus);
    auto* spentLayout = new QHBoxLayout(m_spentButton);
    spentLayout->setContentsMargins(Theme::gap2, Theme::gap1, Theme::gap2, Theme::gap1);
    spentLayout->setSpacing(Theme::gap2);
    auto* today = makeLabel(tr("Today"), "value", m_spentButton);
    spentLayout->addWidget(today);
    m_spent->setObjectName(u"spentTodayLabel"_s);
    spentLayout->addWidget(m_spent);
    for (QLabel* label : {today, m_spent})
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_spentButton->setToolTip(tr("What the xAI service has charged today. Simulated clips cost nothing."));
    connect(m_spentButton, &QToolButton::clicked, this, &TopBar::spendRequested);

    auto* hold = new QToolButton;
    hold->setObjectName(u"holdButton"_s);
    hold->setDefaultAction(holdAction);
    hold->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    hold->setFocusPolicy(Qt::TabFocus);

    m_gear->setObjectName(u"gearButton"_s);
    m_gear->setPopupMode(QToolButton::InstantPopup);
    m_gear->setMenu(gearMenu);
    m_gear->setToolTip(tr("Menu and settings"));
    m_gear->setAccessibleName(tr("Menu and settings"));
    m_gear->setFocusPolicy(Qt::TabFocus);

    auto* content = new QWidget;
    auto* layout = new QHBoxLayout(content);
    layout->setContentsMargins(Theme::gap3, 0, Theme::gap3, 0);
    layout->setSpacing(Theme::gap2);
    layout->addWidget(m_modes);
    layout->addStretch();
    layout->addWidget(m_service);
    layout->addWidget(m_spentButton);
    layout->addWidget(hold);
    layout->addWidget(m_gear);
    content->setMinimumHeight(Theme::barHeight);
    addWidget(content);

    setSpentToday({});
    connect(&m_access, &ServiceAccess::changed, this, &TopBar::showService);
    connect(&m_theme, &Theme::changed, this, &TopBar::refreshLook);
    refreshLook();
}

void TopBar::setMode(Mode mode)
{
    const QSignalBlocker blocker(m_modes);
    m_modes->setCurrent(QVariant::fromValue(mode));
}

void TopBar::setSpentToday(Money money)
{
    m_spent->setText(formatUsd(money));
    m_spentButton->setAccessibleName(tr("Spent today: %1").arg(m_spent->text()));
    m_spentButton->setMinimumSize(m_spentButton->layout()->sizeHint());
}

QMenu* TopBar::makeServiceMenu()
{
    auto* menu = new QMenu(this);
    auto* choices = new QActionGroup(menu);
    QAction* simulator = choices->addAction(tr("&Simulator: no key, no cost"));
    QAction* service = choices->addAction(tr("&xAI service: real money"));
    simulator->setCheckable(true);
    service->setCheckable(true);
    menu->addActions(choices->actions());
    menu->addSeparator();
    menu->addAction(tr("&Key…"), this, &TopBar::keySettingsRequested);
    connect(simulator, &QAction::triggered, this, [this] { m_access.useSimulator(); });
    connect(service, &QAction::triggered, this, [this] {
        if (m_access.useService(window()) && m_access.keyState() == ServiceAccess::KeyState::None)
            Q_EMIT keySettingsRequested();
    });
    connect(menu, &QMenu::aboutToShow, this, [this, simulator, service] {
        simulator->setChecked(m_access.origin().isSimulated());
        service->setChecked(m_access.origin().kind() == Origin::Kind::Service);
    });
    return menu;
}

void TopBar::showService()
{
    const Origin origin = m_access.origin();
    const bool noKey = origin.kind() == Origin::Kind::Service && m_access.keyState() == ServiceAccess::KeyState::None;
    switch (origin.kind()) {
    case Origin::Kind::Simulator:
        m_serviceName->setText(tr("Simulator"));
        m_serviceState->setText(tr("no key, no cost"));
        break;
    case Origin::Kind::Service:
        m_serviceName->setText(tr("xAI service"));
        m_serviceState->setText(noKey ? tr("add a key") : tr("real money"));
        break;
    case Origin::Kind::Other:
        m_serviceName->setText(origin.address().authority());
        m_serviceState->setText(tr("other address"));
        break;
    }
    m_service->setAccessibleName(tr("Service: %1, %2").arg(m_serviceName->text(), m_serviceState->text()));
    m_service->setToolTip(tr("Where new jobs go. Click to change."));

    // Amber: nothing real. Green: the real service is ready. Red: it cannot work yet.
    const Token token = origin.isSimulated() ? Token::Warn : noKey ? Token::Failed : Token::Done;
    QPalette colored = m_serviceState->palette();
    colored.setColor(QPalette::WindowText, m_theme.color(origin.isSimulated() ? Token::Text : token));
    m_serviceState->setPalette(colored);

    const qreal ratio = devicePixelRatioF();
    QPixmap dot(QSize(dotSize, dotSize) * ratio);
    dot.setDevicePixelRatio(ratio);
    dot.fill(Qt::transparent);
    QPainter painter(&dot);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(token));
    painter.drawEllipse(0, 0, dotSize, dotSize);
    painter.end();
    m_dot->setPixmap(dot);
    m_service->setMinimumSize(m_service->layout()->sizeHint());
}

void TopBar::refreshLook()
{
    m_gear->setIcon(m_theme.icon(u"gear"_s));
    showService();
}

} // namespace clipkiln
