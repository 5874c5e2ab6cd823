// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/player/firststart.h"

#include "core/format.h"
#include "gui/look/theme.h"
#include "gui/player/onboardingstep.h"

#include <QDir>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int widest = 520;

} // namespace

FirstStart::FirstStart(Theme& theme, QWidget* parent)
    : QScrollArea(parent)
    , m_service(new OnboardingStep(theme, 1, OnboardingStep::Kind::Quiet))
    , m_folder(new OnboardingStep(theme, 2, OnboardingStep::Kind::Quiet))
    , m_first(new OnboardingStep(theme, 3, OnboardingStep::Kind::Now))
{
    setObjectName(u"firstStart"_s);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);

    auto* heading = new QLabel(tr("Make your first clip"));
    setRole(heading, "stageHeading");
    auto* promise =
        new QLabel(tr("Everything works now, on the built-in simulator. Add a key when you want real videos."));
    setRole(promise, "stageValue");
    for (QLabel* label : {heading, promise})
        label->setWordWrap(true);

    auto* steps = new QWidget;
    steps->setMaximumWidth(widest);
    auto* column = new QVBoxLayout(steps);
    column->setContentsMargins({});
    column->setSpacing(Theme::gap3);
    column->addWidget(heading);
    column->addWidget(promise);
    column->addSpacing(Theme::gap2);
    for (OnboardingStep* row : {m_service, m_folder, m_first})
        column->addWidget(row);

    auto* page = new QWidget;
    setRole(page, "stagePage");
    page->setAttribute(Qt::WA_StyledBackground);
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(steps, 1000); // takes all it may before the sides get any
    middle->addStretch(1);
    auto* whole = new QVBoxLayout(page);
    whole->setContentsMargins(Theme::gap5, Theme::gap5, Theme::gap5, Theme::gap5);
    whole->addStretch();
    whole->addLayout(middle);
    whole->addStretch();
    setWidget(page);

    m_service->button()->setObjectName(u"addKeyButton"_s);
    m_folder->button()->setObjectName(u"changeFolderButton"_s);
    m_first->button()->setObjectName(u"sampleButton"_s);
    m_first->setTexts(tr("Drop an image here to animate it"), tr("or write a prompt, or start from a sample"),
                      tr("Try a sample"));
    setService(Origin::simulator(), false);
    setClipsFolder({}, 0);
    connect(m_service->button(), &QPushButton::clicked, this, &FirstStart::addKeyRequested);
    connect(m_folder->button(), &QPushButton::clicked, this, &FirstStart::changeFolderRequested);
    connect(m_first->button(), &QPushButton::clicked, this, &FirstStart::sampleRequested);
}

void FirstStart::setService(const Origin& origin, bool hasKey)
{
    if (origin.isSimulated())
        m_service->setTexts(tr("Simulator, or your own key"),
                            tr("Simulated clips cost nothing. A key is kept in the system keychain."),
                            hasKey ? tr("Change…") : tr("Add key…"));
    else if (hasKey)
        m_service->setTexts(tr("Real videos, with your key"),
                            tr("The price stands above Generate before anything is sent."), tr("Change…"));
    else
        m_service->setTexts(tr("Real videos need a key"),
                            tr("A key is kept in the system keychain. The simulator works without one."),
                            tr("Add key…"));
}

void FirstStart::setClipsFolder(const QString& folder, qint64 freeBytes)
{
    const QString saved = tr("Every finished clip is saved here by itself.");
    m_folder->setTexts(folder.isEmpty() ? tr("Clips are kept in your videos folder")
                                        : tr("Clips are kept in %1").arg(QDir::toNativeSeparators(folder)),
                       freeBytes > 0 ? tr("%1 free. %2").arg(formatBytes(freeBytes), saved) : saved, tr("Change…"));
}

} // namespace clipkiln
