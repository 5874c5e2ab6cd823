// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "inputs/inputslot.h"

#include <QStackedWidget>

#include <optional>

QT_BEGIN_NAMESPACE
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class AddressRow;
class Dialogs;
class ElidedLabel;
class PreparationPool;
class Theme;

/// Holds one input: a place to drop, pick or name it, then what it is, with ways to replace and remove it.
class InputWell final : public QStackedWidget
{
    Q_OBJECT

public:
    /// The object names of its parts begin with "image" or "video".
    InputWell(InputKind kind, Theme& theme, Dialogs& dialogs, PreparationPool& pool, QWidget* parent = nullptr);

    [[nodiscard]] InputSlot& slot() { return *m_slot; }
    [[nodiscard]] const InputSlot& slot() const { return *m_slot; }
    [[nodiscard]] std::optional<Input> input() const { return m_slot->input(); }
    [[nodiscard]] bool isLoading() const { return m_slot->isLoading(); }
    /// The input when it is a file of this machine, else nullptr.
    [[nodiscard]] const LocalFile* file() const { return m_slot->file(); }

    void setFile(const QString& path);
    void setInput(const Input& input) { m_slot->setInput(input); }
    bool takeFrom(const QMimeData& mime) { return m_slot->takeFrom(mime); }
    void clear() { m_slot->clear(); }
    /// Asks for a file.
    void choose();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    // As those of InputSlot
    void changed();
    void loaded();
    void failed(const clipkiln::Error& error);
    /// A person wants another part of the video.
    void trimRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    class Picture;

    [[nodiscard]] QWidget* makeEmptyPage();
    [[nodiscard]] QWidget* makeAddressPage();
    [[nodiscard]] QWidget* makeFilledPage();
    void enterAddress();
    void follow();
    void showFacts();
    [[nodiscard]] QString nameOf(const char* part) const;

    Theme& m_theme;
    Dialogs& m_dialogs;
    InputSlot* m_slot;
    QString m_folder; ///< where the last file was picked

    AddressRow* m_address = nullptr;
    Picture* m_picture = nullptr;
    ElidedLabel* m_name = nullptr;
    ElidedLabel* m_facts = nullptr;
    ElidedLabel* m_notes = nullptr;
    QPushButton* m_trim = nullptr; ///< of a video only
    QWidget* m_buttons = nullptr;
    QWidget* m_emptyPage; // the pages come last: making them sets the pointers above
    QWidget* m_addressPage;
    QWidget* m_filledPage;
};

} // namespace clipkiln
