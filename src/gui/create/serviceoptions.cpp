// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/create/serviceoptions.h"

#include "core/format.h"
#include "gui/look/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QVBoxLayout>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln {

namespace {

constexpr int indent = Theme::gap5; ///< of what belongs to a check box: as far as its text
constexpr std::chrono::seconds usualExpiry = 24h * 7;

QWidget* labelled(const QString& title, QLineEdit* edit, QWidget* parent)
{
    auto* section = new QWidget(parent);
    auto* label = new QLabel(title, section);
    label->setBuddy(edit);
    edit->setAccessibleName(title);
    setRole(label, "label");
    auto* column = new QVBoxLayout(section);
    column->setContentsMargins({});
    column->setSpacing(Theme::gap1);
    column->addWidget(label);
    column->addWidget(edit);
    return section;
}

} // namespace

ServiceOptions::ServiceOptions(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_head(new QPushButton(tr("Service options"), this))
    , m_summary(new QLabel(this))
    , m_body(new QWidget(this))
    , m_store(new QCheckBox(tr("Keep a copy at the service"), m_body))
    , m_storage(new QWidget(m_body))
    , m_fileName(new QLineEdit(m_storage))
    , m_expiry(new QComboBox(m_storage))
    , m_publicLink(new QCheckBox(tr("With a public link"), m_storage))
    , m_address(new QLineEdit(m_body))
    , m_userSection(nullptr)
    , m_user(new QLineEdit(m_body))
{
    setObjectName(u"serviceOptions"_s);
    m_head->setObjectName(u"serviceOptionsButton"_s);
    m_head->setCheckable(true);
    setRole(m_head, "fold");
    m_summary->setObjectName(u"serviceOptionsSummary"_s);
    m_summary->setWordWrap(true);
    setRole(m_summary, "hint");

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(Theme::gap1);
    column->addWidget(m_head, 0, Qt::AlignLeading);
    column->addWidget(m_summary);
    column->addWidget(m_body);
    auto* body = new QVBoxLayout(m_body);
    body->setContentsMargins({});
    body->setSpacing(Theme::gap2);
    addStorage();
    addAddress();
    addUser();
    setFocusProxy(m_head);
    connect(m_head, &QPushButton::toggled, this, &ServiceOptions::follow);
    connect(&theme, &Theme::changed, this, &ServiceOptions::follow);
    fillExpiry(usualExpiry);
    follow();
}

void ServiceOptions::addStorage()
{
    m_store->setObjectName(u"storeCheck"_s);
    m_fileName->setObjectName(u"storageNameEdit"_s);
    m_fileName->setAccessibleName(tr("File name of the copy"));
    m_fileName->setPlaceholderText(tr("File name"));
    m_expiry->setObjectName(u"storageExpiryCombo"_s);
    m_expiry->setAccessibleName(tr("How long the copy is kept"));
    m_publicLink->setObjectName(u"storageLinkCheck"_s);
    m_publicLink->setToolTip(tr("Everyone who has the link can see the clip."));
    // CONTRACT.md 9, October 2026.
    auto* cost = new QLabel(tr("Storage is charged: $0.025 per GiB and day, and $0.20 per GiB for each download."));
    cost->setObjectName(u"storageCostLabel"_s);
    cost->setWordWrap(true);
    setRole(cost, "hint");

    auto* row = new QHBoxLayout;
    row->setSpacing(Theme::gap2);
    row->addWidget(m_fileName, 1);
    row->addWidget(m_expiry);
    auto* whole = new QHBoxLayout(m_storage);
    whole->setContentsMargins({});
    whole->setSpacing(0);
    whole->addSpacing(indent);
    auto* column = new QVBoxLayout;
    column->setSpacing(Theme::gap1);
    column->addLayout(row);
    column->addWidget(m_publicLink);
    column->addWidget(cost);
    whole->addLayout(column, 1);
    m_body->layout()->addWidget(m_store);
    m_body->layout()->addWidget(m_storage);

    connect(m_store, &QCheckBox::toggled, this, [this](bool on) {
        if (on && m_fileName->text().isEmpty())
            m_fileName->setText(u"clip.mp4"_s);
        onEdited();
    });
    connect(m_fileName, &QLineEdit::textChanged, this, &ServiceOptions::onEdited);
    connect(m_expiry, &QComboBox::currentIndexChanged, this, &ServiceOptions::onEdited);
    connect(m_publicLink, &QCheckBox::toggled, this, &ServiceOptions::onEdited);
}

void ServiceOptions::addAddress()
{
    m_address->setObjectName(u"uploadAddressEdit"_s);
    m_address->setPlaceholderText(u"https://"_s);
    m_address->setLayoutDirection(Qt::LeftToRight);
    QWidget* section = labelled(tr("Put the result at"), m_address, m_body);
    auto* hint = new QLabel(tr("For teams with Zero Data Retention: a signed address that the service uploads the clip "
                               "to. Clipkiln fetches it from there."),
                            section);
    hint->setWordWrap(true);
    setRole(hint, "hint");
    section->layout()->addWidget(hint);
    m_body->layout()->addWidget(section);
    connect(m_address, &QLineEdit::textChanged, this, &ServiceOptions::onEdited);
}

void ServiceOptions::addUser()
{
    m_user->setObjectName(u"userEdit"_s);
    m_user->setToolTip(tr("Sent as it is, so that the service can tell your own users apart."));
    m_userSection = labelled(tr("User id"), m_user, m_body);
    m_body->layout()->addWidget(m_userSection);
    connect(m_user, &QLineEdit::textChanged, this, &ServiceOptions::onEdited);
}

void ServiceOptions::setMode(Mode mode)
{
    m_mode = mode;
    follow();
}

void ServiceOptions::setRemembered(const GenerationRequest& request)
{
    const QScopedValueRollback filling(m_filling, true);
    m_store->setChecked(request.storage.has_value());
    const StorageOptions storage = request.storage.value_or(StorageOptions{{}, usualExpiry, {}});
    m_fileName->setText(storage.filename);
    fillExpiry(storage.expiresAfter);
    m_unlinked = storage.publicUrl == true ? std::nullopt : storage.publicUrl;
    m_publicLink->setChecked(storage.publicUrl.value_or(false));
    m_user->setText(request.user.value_or(QString()));
    follow();
}

void ServiceOptions::setOptions(const GenerationRequest& request)
{
    setRemembered(request);
    {
        const QScopedValueRollback filling(m_filling, true);
        m_address->setText(request.uploadUrl ? request.uploadUrl->toString(QUrl::FullyEncoded) : QString());
    }
    if (request.storage || request.uploadUrl || request.user)
        m_head->setChecked(true);
    follow();
}

void ServiceOptions::forgetAddress(const QUrl& address)
{
    if (QUrl(m_address->text().trimmed()) == address)
        m_address->clear();
}

void ServiceOptions::addTo(GenerationRequest& request) const
{
    if (m_store->isChecked()) {
        StorageOptions storage{m_fileName->text().trimmed(), {}, m_unlinked};
        const QVariant expiry = m_expiry->currentData();
        if (expiry.isValid())
            storage.expiresAfter = std::chrono::seconds(expiry.toLongLong());
        if (m_publicLink->isChecked())
            storage.publicUrl = true;
        request.storage = storage;
    }
    const QString address = m_address->text().trimmed();
    if (!address.isEmpty())
        request.uploadUrl = QUrl(address);
    const QString user = m_user->text().trimmed();
    if (!user.isEmpty() && m_mode != Mode::Extend)
        request.user = user;
}

QWidget* ServiceOptions::openAt(Problem::Field field)
{
    QWidget* found = field == Problem::Field::Storage     ? m_fileName
                     : field == Problem::Field::UploadUrl ? m_address
                     : field == Problem::Field::User      ? m_user
                                                          : nullptr;
    if (found)
        m_head->setChecked(true);
    return found;
}

QList<QWidget*> ServiceOptions::fields() const
{
    return {m_head, m_store, m_fileName, m_expiry, m_publicLink, m_address, m_user};
}

void ServiceOptions::fillExpiry(std::optional<std::chrono::seconds> chosen)
{
    m_expiry->clear();
    const QList<std::pair<QString, std::chrono::seconds>> usual{
        {tr("for 1 hour"), 1h}, {tr("for 1 day"), 24h}, {tr("for 7 days"), 24h * 7}, {tr("for 30 days"), 24h * 30}};
    for (const auto& [text, span] : usual)
        m_expiry->addItem(text, static_cast<qlonglong>(span.count()));
    m_expiry->addItem(tr("until deleted"));
    if (!chosen)
        return m_expiry->setCurrentIndex(m_expiry->count() - 1);
    const auto seconds = static_cast<qlonglong>(chosen->count());
    if (m_expiry->findData(seconds) < 0)
        m_expiry->addItem(tr("for %1").arg(formatSpan(static_cast<double>(seconds))), seconds);
    m_expiry->setCurrentIndex(m_expiry->findData(seconds));
}

void ServiceOptions::onEdited()
{
    if (m_filling)
        return;
    follow();
    Q_EMIT edited();
}

void ServiceOptions::follow()
{
    const bool isOpen = m_head->isChecked();
    m_head->setIcon(m_theme.icon(isOpen ? u"chevron-up"_s : u"chevron-down"_s));
    m_body->setVisible(isOpen);
    m_storage->setVisible(m_store->isChecked());
    m_userSection->setVisible(m_mode != Mode::Extend);

    GenerationRequest asked;
    addTo(asked);
    QStringList parts;
    if (asked.storage)
        parts << (asked.storage->publicUrl == true ? tr("copy kept with a public link") : tr("copy kept"));
    if (asked.uploadUrl)
        parts << tr("result put elsewhere");
    if (asked.user)
        parts << tr("user id");
    m_summary->setText(parts.join(u" · "_s));
    m_summary->setVisible(!isOpen && !parts.isEmpty());
    m_head->setAccessibleDescription(m_summary->text());
}

} // namespace clipkiln
