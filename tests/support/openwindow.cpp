// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/openwindow.h"

#include "gui/create/createpanel.h"
#include "gui/models/clipmodel.h"
#include "gui/models/jobmodel.h"
#include "gui/queue/queueview.h"
#include "gui/widgets/notice.h"
#include "jobs/engine.h"
#include "support/testprofile.h"

#include <QAbstractButton>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDragEnterEvent>
#include <QMenu>
#include <QMimeData>
#include <QNetworkProxy>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QSlider>
#include <QWindow>

#include <chrono>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace clipkiln::test {

namespace {

/// Lets nothing out: what asks for another machine is sent to a port where nobody listens.
class Fence final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        if (isLoopback(query.url()))
            return {QNetworkProxy::NoProxy};
        return {QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, 9)};
    }
};

/// One look for all windows of a test program, as a program has one.
Theme& sharedTheme()
{
    static auto* theme = [] {
        auto* made = new Theme(qApp);
        made->applyTo(*qApp);
        QNetworkProxyFactory::setApplicationProxyFactory(new Fence);
        return made;
    }();
    return *theme;
}

simulator::Options optionsFor(const OpenWindow::Start& start, const Profile& profile)
{
    simulator::Options options = quickSimulator(profile.simulatorFolder());
    options.render = start.render;
    return options;
}

QueueSettings pacing(const Profile& profile)
{
    QueueSettings queue = quickSettings(profile);
    queue.firstPoll = 100ms; // by then a quick simulator is done; a preference cannot go below a second
    return queue;
}

} // namespace

OpenWindow::OpenWindow() : OpenWindow(Start()) {}

OpenWindow::OpenWindow(const Start& start)
    : profile(folder.filePath(u"profile"_s))
    , simulator(optionsFor(start, profile))
    , settings(profile.settingsFile())
    , m_start(start)
{
    if (const auto error = profile.makeFolders())
        qFatal("%s", qPrintable(error->detail));
    if (const auto error = simulator.start())
        qFatal("%s", qPrintable(*error));
    settings.setPollInterval(1s);
    answerQuestions();
    open();
}

OpenWindow::~OpenWindow()
{
    close();
}

void OpenWindow::open()
{
    close();
    m_engine = std::make_unique<Engine>(EnginePaths{profile.databaseFile(), profile.inputsFolder()},
                                        [address = QUrl(simulator.baseUrl())] { return address; });
    m_assembly = std::make_unique<WindowAssembly>(WindowParts{sharedTheme(), m_dialogs, profile, *m_engine, settings,
                                                              secrets, m_models, Secret(m_start.environmentKey),
                                                              std::nullopt, simulatorAsService(), pacing(profile)});
    bool loaded = false;
    QObject::connect(m_engine.get(), &Engine::loaded, &window(), [&loaded] { loaded = true; });
    m_assembly->start();
    if (!QTest::qWaitForWindowActive(&window(), patience) || !QTest::qWaitFor([&] { return loaded; }, patience))
        qFatal("the window did not open");
}

void OpenWindow::close()
{
    m_assembly.reset();
    m_engine.reset();
}

void OpenWindow::answerQuestions()
{
    Answers& given = m_dialogs.answers;
    given.ask = [this](const Dialogs::Question& question) {
        asked.append(question);
        return answers.ask && answers.ask(question);
    };
    given.saveFile = [this](const QString& suggested) {
        return answers.saveFile ? answers.saveFile(suggested) : QString();
    };
    given.saveWithDetails = [this](bool offered) {
        return answers.saveWithDetails ? answers.saveWithDetails(offered) : offered;
    };
    given.openImage = [this](const QString& from) { return answers.openImage ? answers.openImage(from) : QString(); };
    given.chooseFolder = [this](const QString& from) {
        return answers.chooseFolder ? answers.chooseFolder(from) : QString();
    };
    given.askText = [this](const QString& label) { return answers.askText ? answers.askText(label) : QString(); };
}

void OpenWindow::write(const QString& prompt)
{
    auto* edit = find<QPlainTextEdit>("promptEdit");
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(edit, prompt);
}

void OpenWindow::press(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QWidget* focused = window().focusWidget();
    QTest::keyClick(focused ? focused : &window(), key, modifiers);
}

void OpenWindow::click(const char* button)
{
    QTest::mouseClick(find<QAbstractButton>(button), Qt::LeftButton);
}

void OpenWindow::generate(const QString& prompt)
{
    QTest::keyClick(find<QWidget>("lengthSlider")->findChild<QSlider*>(), Qt::Key_Home);
    write(prompt);
    press(Qt::Key_Return, Qt::ControlModifier);
}

void OpenWindow::drop(const QMimeData& data, const QPoint& place)
{
    // To the window of the system, as the system does: which part of ours takes it is found out on the way.
    QWindow* handle = window().windowHandle();
    const auto possible = Qt::CopyAction | Qt::MoveAction;
    QDragEnterEvent enter(place, possible, &data, Qt::LeftButton, Qt::NoModifier);
    QDragMoveEvent move(place, possible, &data, Qt::LeftButton, Qt::NoModifier);
    QDropEvent drop(place, possible, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(handle, &enter);
    QCoreApplication::sendEvent(handle, &move);
    QCoreApplication::sendEvent(handle, &drop);
}

void OpenWindow::clickNotice(const QString& words)
{
    Notice* found = notice(words);
    QVERIFY2(found, qPrintable(u"There is no notice \"%1\", but: %2"_s.arg(words, notices().join(u" | "_s))));
    QTest::mouseClick(test::find<QAbstractButton>(*found, "noticeActionButton"), Qt::LeftButton);
}

bool OpenWindow::clickRow(int row)
{
    auto* view = find<QueueView>("queueView");
    const QModelIndex index = view->model()->index(row, 0);
    view->scrollTo(index);
    const QRect place = view->actionRect(index);
    if (place.isEmpty())
        return false;
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, place.center());
    return true;
}

bool OpenWindow::chooseInRow(int row, const QString& words)
{
    auto* view = find<QueueView>("queueView");
    const QModelIndex index = view->model()->index(row, 0);
    view->scrollTo(index);
    view->setCurrentIndex(index);
    const QPoint place = view->visualRect(index).center();
    QContextMenuEvent wish(QContextMenuEvent::Mouse, place, view->viewport()->mapToGlobal(place));
    QCoreApplication::sendEvent(view->viewport(), &wish);
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    if (!menu)
        return false;
    const auto actions = menu->actions();
    for (QAction* action : actions) {
        const auto ofGroup = action->menu() ? action->menu()->actions() : QList<QAction*>();
        for (QAction* each : ofGroup) {
            if (each->text() != words)
                continue;
            each->trigger();
            menu->close();
            return true;
        }
        if (action->text() != words)
            continue;
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
        return true;
    }
    menu->close();
    return false;
}

int OpenWindow::rows()
{
    return find<QueueView>("queueView")->model()->rowCount();
}

Job OpenWindow::job(int row)
{
    return find<QueueView>("queueView")->model()->index(row, 0).data(JobModel::JobRole).value<Job>();
}

bool OpenWindow::reaches(int row, State state)
{
    const auto isThere = [&] { return rows() > row && job(row).state() == state; };
    if (QTest::qWaitFor(isThere, patience))
        return true;
    qWarning().noquote() << (rows() > row ? u"The job is "_s + toName(job(row).state()) : u"There is no such row"_s);
    return false;
}

QList<Clip> OpenWindow::clips()
{
    const auto* model = window().findChild<ClipModel*>();
    QList<Clip> all;
    for (int row = 0; row < model->rowCount(); ++row)
        all.append(model->index(row).data(ClipModel::ClipRole).value<Clip>());
    return all;
}

QStringList OpenWindow::notices()
{
    QStringList sentences;
    const auto shown = find<NoticeArea>("windowNotices")->notices();
    for (const Notice* each : shown)
        sentences.append(each->sentence());
    return sentences;
}

bool OpenWindow::showsNotice(const QString& words)
{
    return notice(words) != nullptr;
}

Notice* OpenWindow::notice(const QString& words)
{
    const auto shown = find<NoticeArea>("windowNotices")->notices();
    for (Notice* each : shown) {
        if (each->sentence().contains(words))
            return each;
    }
    return nullptr;
}

QList<simulator::LedgerEntry> OpenWindow::seen(simulator::Step step) const
{
    QList<simulator::LedgerEntry> found;
    const auto entries = simulator.ledger();
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(found),
                 [step](const auto& entry) { return entry.step == step; });
    return found;
}

Origin OpenWindow::simulatorAsService() const
{
    return *Origin::fromAddress(simulator.baseUrl());
}

} // namespace clipkiln::test
