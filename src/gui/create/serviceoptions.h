// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/validate.h"

#include <QWidget>

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// What few people ask of the service beside the clip itself, folded away until it is wanted: a copy kept there,
/// another place for the result, a user id (CONTRACT.md 3.1).
class ServiceOptions final : public QWidget
{
    Q_OBJECT

public:
    explicit ServiceOptions(Theme& theme, QWidget* parent = nullptr);

    /// Shows what the mode takes.
    void setMode(Mode mode);
    /// Storage and user of the request; the address to put the result at stays.
    void setRemembered(const GenerationRequest& request);
    /// All options of the request; unfolds when it has any.
    void setOptions(const GenerationRequest& request);
    /// A result was promised to this address: it is for no other.
    void forgetAddress(const QUrl& address);
    /// Writes what is asked for into a request.
    void addTo(GenerationRequest& request) const;
    /// Where a problem is mended, unfolded for it; nullptr when not here.
    [[nodiscard]] QWidget* openAt(Problem::Field field);
    /// What takes the focus, in its order.
    [[nodiscard]] QList<QWidget*> fields() const;

Q_SIGNALS:
    void edited();

private:
    void addStorage();
    void addAddress();
    void addUser();
    void fillExpiry(std::optional<std::chrono::seconds> chosen);
    void onEdited();
    void follow();

    Theme& m_theme;
    bool m_filling = false; ///< the fields change by us, not by a person
    Mode m_mode = Mode::Text;
    std::optional<bool> m_unlinked; ///< what an unchecked public link was in the request: absent or false
    QPushButton* m_head;
    QLabel* m_summary;
    QWidget* m_body;
    QCheckBox* m_store;
    QWidget* m_storage;
    QLineEdit* m_fileName;
    QComboBox* m_expiry;
    QCheckBox* m_publicLink;
    QLineEdit* m_address;
    QWidget* m_userSection;
    QLineEdit* m_user;
};

} // namespace clipkiln
