// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QTimer;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// One sentence that speaks up above what it is about, with at most one thing to do. It takes no focus and deletes
/// itself when it is closed or its action was taken.
class Notice final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Info, Warn, Failed, Done };

    Notice(Theme& theme, Kind kind, const QString& sentence, const QString& actionText = {}, QWidget* parent = nullptr);

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] QString sentence() const;
    /// The raw answer behind the sentence: a tool tip, and part of what Copy copies.
    void setDetail(const QString& detail);
    /// Goes by itself after a while (Theme::noticeTime), but not from under the pointer.
    void closeLater();
    void dismiss();

Q_SIGNALS:
    void actionTriggered();
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QColor edgeColor() const;
    void showKind();
    void copy() const;

    Theme& m_theme;
    Kind m_kind;
    bool m_goesByItself = false;
    QString m_detail;
    QLabel* m_icon;
    QLabel* m_sentence;
    QTimer* m_timer;
};

/// Where notices appear: the newest on top, at most two; takes no room while there is none.
class NoticeArea final : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeArea(Theme& theme, QWidget* parent = nullptr);

    /// Puts up a notice; one with the same sentence is replaced. Connect to its actionTriggered().
    /// A Done notice without an action goes by itself.
    Notice* post(Notice::Kind kind, const QString& sentence, const QString& actionText = {});
    /// The sentence and the action that explain() has for the error, its detail within reach.
    Notice* post(const Error& error);
    void clear();
    /// Newest first.
    [[nodiscard]] QList<Notice*> notices() const { return m_notices; }

private:
    Theme& m_theme;
    QList<Notice*> m_notices;
};

} // namespace clipkiln
