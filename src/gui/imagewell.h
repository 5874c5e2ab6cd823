// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "gui/inputloader.h"

#include <QStackedWidget>

#include <optional>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QMimeData;
QT_END_NAMESPACE

namespace clipkiln {

class ElidedLabel;
class Theme;

/// Holds the start image: a place to drop, pick or name one, then what it is, with ways to replace and remove it.
class ImageWell final : public QStackedWidget
{
    Q_OBJECT

public:
    ImageWell(Theme& theme, const QString& pasteFolder, QWidget* parent = nullptr);

    /// Nothing while there is none or it is still being looked at.
    [[nodiscard]] std::optional<Input> input() const { return m_input; }
    [[nodiscard]] bool isLoading() const { return m_loader->isLoading(); }
    /// Pixels; empty when not known.
    [[nodiscard]] QSize imageSize() const;

    void setFile(const QString& path);
    void setInput(const Input& input);
    /// Takes the image that the data holds (Incoming::isImage()); false when it has none.
    bool takeFrom(const QMimeData& mime);
    void clear();
    /// Asks for a file.
    void choose();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// By whom ever: another input, none, or a load has begun.
    void changed();
    /// A load has ended well; input() is the image.
    void loaded();
    void failed(const clipkiln::Error& error);

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
    void takeAddress();
    void showLoading(const QString& name);
    void showFacts(const QString& name, const QString& facts, const QString& toolTip);

    Theme& m_theme;
    InputLoader* m_loader;
    std::optional<Input> m_input;
    QString m_folder; ///< where the last file was picked

    QLineEdit* m_addressEdit = nullptr;
    Picture* m_picture = nullptr;
    ElidedLabel* m_name = nullptr;
    ElidedLabel* m_facts = nullptr;
    QWidget* m_buttons = nullptr;
    QWidget* m_emptyPage; // the pages come last: making them sets the pointers above
    QWidget* m_addressPage;
    QWidget* m_filledPage;
};

} // namespace clipkiln
