// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QFrame>
#include <QTimer>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace clipkiln {

class Theme;

/// One sentence above what it is about, with at most one thing to do. It takes no focus and deletes itself when it is
/// closed or has ended.
class Notice final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Info, Warn, Failed, Done };
    /// What a notice is about decides how long it stays, unless a person closes it.
    enum class Subject {
        Form,     ///< what is in the form: until the next Generate
        Event,    ///< what was done with a job or a clip: for its time in view; one that warns stays
        Database, ///< this and those below are trouble: until it is mended, also when its action was taken
        ClipsFolder,
        Presets,
        Key,
    };

    Notice(Theme& theme, Subject subject, Kind kind, const QString& sentence, const QString& actionText = {},
           QWidget* parent = nullptr);

    [[nodiscard]] Subject subject() const { return m_subject; }
    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] QString sentence() const;
    /// The raw answer behind the sentence: a tool tip, and part of what Copy copies.
    void setDetail(const QString& detail);
    /// Ends by itself after its time in view, which starts anew when it was hidden or under the pointer.
    [[nodiscard]] bool isBrief() const;
    void dismiss();

Q_SIGNALS:
    void actionTriggered();
    void dismissed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    [[nodiscard]] bool isTrouble() const { return m_subject >= Subject::Database; }
    [[nodiscard]] QColor edgeColor() const;
    void showKind();
    void copy() const;

    Theme& m_theme;
    const Subject m_subject;
    const Kind m_kind;
    bool m_isDismissed = false;
    QString m_detail;
    QLabel* m_icon;
    QLabel* m_sentence;
    QTimer m_timer;
};

/// Where notices appear: the newest on top. Two are shown; of more a line below says how many, and shows them. Takes no
/// room while there is none.
class NoticeArea final : public QWidget
{
    Q_OBJECT

public:
    explicit NoticeArea(Theme& theme, QWidget* parent = nullptr);

    /// Puts up a notice; one with the same sentence is replaced. Connect to its actionTriggered().
    Notice* post(Notice::Kind kind, const QString& sentence, const QString& actionText = {},
                 Notice::Subject subject = Notice::Subject::Form);
    /// The sentence and the action that explain() has for the error, its detail within reach.
    Notice* post(const Error& error, Notice::Subject subject = Notice::Subject::Form);
    /// Ends all notices of a subject: a form was sent, trouble was mended.
    void end(Notice::Subject subject);
    /// Newest first, also those that are folded away.
    [[nodiscard]] QList<Notice*> notices() const { return m_notices; }

private:
    void remove(Notice* notice);
    void arrange();

    Theme& m_theme;
    QList<Notice*> m_notices;
    QPushButton* m_more;
    bool m_isUnfolded = false;
};

} // namespace clipkiln
