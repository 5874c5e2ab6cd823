// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/generationrequest.h"

#include <QObject>
#include <QPixmap>

#include <optional>

QT_BEGIN_NAMESPACE
class QMimeData;
QT_END_NAMESPACE

namespace clipkiln {

class InputLoader;
class InputWorkshop;

enum class InputKind { Image, Video };

/// One input as a form holds it, given as a file, an address or pasted data, and what is known of it; without a look of
/// its own.
class HeldInput final : public QObject
{
    Q_OBJECT

public:
    HeldInput(InputKind kind, InputWorkshop& workshop, QObject* parent = nullptr);

    [[nodiscard]] InputKind kind() const { return m_kind; }
    /// Nothing while there is none or it is still being looked at.
    [[nodiscard]] std::optional<Input> input() const { return m_input; }
    [[nodiscard]] bool isLoading() const;
    [[nodiscard]] bool isEmpty() const { return !m_input && !isLoading(); }
    /// The input when it is a file of this machine, else nullptr.
    [[nodiscard]] const LocalFile* file() const { return m_input ? std::get_if<LocalFile>(&*m_input) : nullptr; }

    // For a person to look at
    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] QString facts() const { return m_facts; }
    [[nodiscard]] QString toolTip() const { return m_toolTip; }
    [[nodiscard]] QPixmap preview() const { return m_preview; } ///< null while there is none
    /// What stands for the preview: the name of a line icon.
    [[nodiscard]] QString icon() const;

    void setFile(const QString& path);
    void setInput(const Input& input);
    /// Takes what of its kind the data holds; false when it has none.
    bool takeFrom(const QMimeData& mime);
    void clear();

Q_SIGNALS:
    /// By whom ever: another input, none, or a load has begun.
    void changed();
    /// A load has ended well; input() is there.
    void loaded();
    /// A load has ended badly; the input is gone.
    void failed(const clipkiln::Error& error);

private:
    void showLoading(const QString& name);
    void setFacts(const QString& name, const QString& facts, const QString& toolTip);

    InputKind m_kind;
    InputLoader* m_loader;
    std::optional<Input> m_input;
    QString m_name;
    QString m_facts;
    QString m_toolTip;
    QPixmap m_preview;
};

} // namespace clipkiln
