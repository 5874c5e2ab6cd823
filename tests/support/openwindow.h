// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/windowassembly.h"
#include "core/clip.h"
#include "core/job.h"
#include "core/modeltable.h"
#include "gui/look/theme.h"
#include "settings/memorysecrets.h"
#include "settings/settings.h"
#include "simulator/simulator.h"
#include "store/profile.h"
#include "support/answereddialogs.h"
#include "support/find.h"
#include "support/testcase.h"

#include <QTemporaryDir>

#include <memory>

QT_BEGIN_NAMESPACE
class QAbstractButton;
class QMimeData;
QT_END_NAMESPACE

namespace clipkiln {
class Engine;
class Notice;
} // namespace clipkiln

namespace clipkiln::test {

/// The whole window as a person has it before them: a real engine, a profile of its own, and a simulator to look into.
/// Questions are answered with no and counted, unless a test answers otherwise; nothing leaves this machine.
class OpenWindow
{
public:
    /// How a window starts other than the usual.
    struct Start
    {
        bool render = false; ///< real clips; else a tiny canned one
        QByteArray environmentKey = {};
    };

    OpenWindow();
    explicit OpenWindow(const Start& start);
    ~OpenWindow();

    /// Opens the window once more on the same profile, as a later start of the program.
    void open();
    /// Ends the program without asking.
    void close();

    [[nodiscard]] MainWindow& window() { return m_assembly->window(); }
    [[nodiscard]] ServiceAccess& access() { return m_assembly->access(); }
    [[nodiscard]] Engine& engine() { return *m_engine; }
    [[nodiscard]] Dialogs& dialogs() { return m_dialogs; }
    template <typename Part>
    [[nodiscard]] Part* find(const char* name)
    {
        return test::find<Part>(window(), name);
    }

    // What a person does
    /// Writes a prompt in place of the one before.
    void write(const QString& prompt);
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier); ///< where the focus is
    void click(const char* button);
    /// Writes the prompt and generates a short clip with Ctrl+Enter.
    void generate(const QString& prompt);
    /// Drags something over a point of the window and lets it go there.
    void drop(const QMimeData& data, const QPoint& place);
    /// Presses the button of the notice with these words.
    void clickNotice(const QString& words);
    /// Clicks what a row of the queue offers in words; false when it offers nothing.
    [[nodiscard]] bool clickRow(int row);
    /// Chooses from a row's context menu, or from that of its group in it, by its words; false when they are not in it.
    [[nodiscard]] bool chooseInRow(int row, const QString& words);

    // What a person sees
    [[nodiscard]] int rows(); ///< of the queue
    [[nodiscard]] Job job(int row);
    /// Waits until a row has this state.
    [[nodiscard]] bool reaches(int row, State state);
    [[nodiscard]] QList<Clip> clips(); ///< of the library
    [[nodiscard]] QStringList notices();
    [[nodiscard]] bool showsNotice(const QString& words);

    // What the service saw
    void play(const QList<simulator::Rule>& rules) { simulator.setScript({rules}); }
    [[nodiscard]] QList<simulator::LedgerEntry> seen(simulator::Step step) const;
    [[nodiscard]] qsizetype posts() const { return seen(simulator::Step::Post).size(); }
    [[nodiscard]] Origin simulatorAsService() const; ///< with a key, as the real one

    [[nodiscard]] QString path(const QString& name) const { return folder.filePath(name); }

    QTemporaryDir folder;
    Profile profile;
    simulator::Simulator simulator;
    Settings settings;
    MemorySecrets secrets;
    QList<Dialogs::Question> asked;
    Answers answers; ///< looked up when a question comes; each ask is counted

private:
    void answerQuestions();
    [[nodiscard]] Notice* notice(const QString& words);

    Start m_start;
    AnsweredDialogs m_dialogs;
    ModelTable m_models = ModelTable::builtIn();
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<WindowAssembly> m_assembly;
};

} // namespace clipkiln::test
