// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gui/create/createpanel.h"
#include "gui/create/generatebutton.h"
#include "gui/create/promptedit.h"
#include "gui/look/theme.h"
#include "gui/widgets/notice.h"
#include "settings/settings.h"
#include "support/answereddialogs.h"
#include "support/bodies.h"
#include "support/find.h"

#include <QComboBox>
#include <QFile>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

namespace clipkiln::test {

/// The Create panel as a person meets it, with its settings in a folder.
struct CreateForm
{
    explicit CreateForm(const QString& folder, Mode mode = Mode::Text)
        : settings(folder + QStringLiteral("/settings.ini")), panel(theme, dialogs, noticeArea, settings, table, folder)
    {
        panel.setMode(mode);
        panel.resize(328, 1000);
        panel.show();
    }

    template <typename T>
    [[nodiscard]] T* part(const char* name) const
    {
        return find<T>(panel, name);
    }
    [[nodiscard]] PromptEdit& prompt() const { return *part<PromptEdit>("promptEdit"); }
    [[nodiscard]] bool shows(const char* name) const { return part<QWidget>(name)->isVisible(); }
    void choose(const char* combo, const QString& data) const
    {
        auto* box = part<QComboBox>(combo);
        box->setCurrentIndex(box->findData(data));
    }
    void setLength(int seconds) const { part<QWidget>("lengthSlider")->findChild<QSlider*>()->setValue(seconds); }
    void click(const char* button) const { QTest::mouseClick(part<QWidget>(button), Qt::LeftButton); }
    void clickGenerate() const { click("generateButton"); }
    [[nodiscard]] QList<Notice*> notices() { return noticeArea.notices(); }
    [[nodiscard]] GenerationRequest sentRequest() const { return sent.last().first().value<GenerationRequest>(); }

    Theme theme;
    AnsweredDialogs dialogs;
    Settings settings;
    ModelTable table = ModelTable::builtIn();
    NoticeArea& noticeArea = *new NoticeArea(theme); // in the panel, which deletes it
    CreatePanel panel;
    QSignalSpy sent{&panel.submitController(), &SubmitController::submitted};
};

/// The body of a file of tests/data/api.
inline QJsonObject goldenBody(const QString& name)
{
    QFile file(QStringLiteral(CLIPKILN_TEST_DATA "/api/") + name);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(file.fileName()));
    return QJsonDocument::fromJson(file.readAll()).object()[QLatin1StringView("body")].toObject();
}

} // namespace clipkiln::test
