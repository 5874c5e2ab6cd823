// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/generationrequest.h"
#include "core/origin.h"
#include "core/spendlimits.h"

#include <QObject>
#include <QSettings>

#include <chrono>
#include <memory>

QT_BEGIN_NAMESPACE
class QTemporaryDir;
QT_END_NAMESPACE

namespace clipkiln {

/// The preferences, typed. Their keys and defaults are in the .cpp; every setter stores at once and emits a signal.
class Settings final : public QObject
{
    Q_OBJECT

public:
    enum class Theme { System, Light, Dark };
    enum class UnsentAtStart { Run, Hold };
    enum class SendVideos { AsFile, Inline };

    /// A file that is no plain one, larger than 4 MB or unreadable is left alone: the defaults serve, and what is set
    /// lasts as long as this object.
    explicit Settings(const QString& file, QObject* parent = nullptr);
    ~Settings() override;

    /// Why the file cannot be used, as a sentence; empty when it can, or when there is none.
    [[nodiscard]] const QString& problem() const { return m_problem; }

    // Service
    [[nodiscard]] Origin origin() const; ///< simulator until a key is chosen
    void setOrigin(const Origin& origin);
    [[nodiscard]] bool
    realMoneyExplained() const; ///< explained once, on the first change from the simulator to a service that charges
    void setRealMoneyExplained(bool explained);
    [[nodiscard]] bool useEnvironmentKey() const; ///< XAI_API_KEY is offered, and used once it was chosen
    void setUseEnvironmentKey(bool use);

    // Folders
    [[nodiscard]] QString clipsFolder() const; ///< empty: the profile's own
    void setClipsFolder(const QString& folder);

    // Clips
    [[nodiscard]] bool describeClips() const; ///< new clips carry what made them; default on
    void setDescribeClips(bool describe);
    [[nodiscard]] bool saveWithDetails() const; ///< as chosen at the last Save as; default off
    void setSaveWithDetails(bool with);
    [[nodiscard]] bool dragWithDetails() const; ///< what is dragged or copied to other programs; default off
    void setDragWithDetails(bool with);

    // Inputs
    [[nodiscard]] bool removeMetadata() const; ///< location and camera data of what is sent; default on
    void setRemoveMetadata(bool remove);

    // Queue
    [[nodiscard]] int concurrency() const; ///< 1 to 6, default 3
    void setConcurrency(int jobs);
    [[nodiscard]] std::chrono::milliseconds pollInterval() const; ///< default 5 s
    void setPollInterval(std::chrono::milliseconds interval);
    [[nodiscard]] std::chrono::seconds softTimeLimit() const; ///< default 10 min
    void setSoftTimeLimit(std::chrono::seconds limit);
    [[nodiscard]] UnsentAtStart unsentAtStart() const; ///< default Run
    void setUnsentAtStart(UnsentAtStart choice);
    [[nodiscard]] bool queueOnHold() const;
    void setQueueOnHold(bool hold);

    // Uploaded files
    [[nodiscard]] SendVideos sendVideos() const; ///< through the Files API, or inside the request; default AsFile
    void setSendVideos(SendVideos way);
    [[nodiscard]] std::chrono::seconds uploadLife() const; ///< 1 hour to 30 days, default a day
    void setUploadLife(std::chrono::seconds life);

    // Money
    [[nodiscard]] SpendLimits spendLimits() const; ///< default: no limit, and to ask
    void setSpendLimits(const SpendLimits& limits);

    // Player
    [[nodiscard]] bool autoPlay() const; ///< default on
    void setAutoPlay(bool on);
    [[nodiscard]] bool loop() const;
    void setLoop(bool on);
    [[nodiscard]] double volume() const; ///< 0 to 1, default 0.8
    void setVolume(double volume);
    [[nodiscard]] bool muted() const;
    void setMuted(bool muted);

    // Look
    [[nodiscard]] Theme theme() const;
    void setTheme(Theme theme);

    // Create
    [[nodiscard]] Mode mode() const;
    void setMode(Mode mode);
    /// The last settings used in a mode (model, length, ratio, resolution, storage; no prompt, no inputs, no
    /// address for the result); nothing at first.
    [[nodiscard]] std::optional<GenerationRequest> lastRequest(Mode mode) const;
    void setLastRequest(const GenerationRequest& request);
    [[nodiscard]] int takes(Mode mode) const; ///< 1 to mostTakes, default 1
    void setTakes(Mode mode, int takes);
    [[nodiscard]] QString promptDraft() const;
    void setPromptDraft(const QString& prompt);

    // Window
    [[nodiscard]] QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray& geometry);
    [[nodiscard]] QByteArray windowState() const; ///< docks
    void setWindowState(const QByteArray& state);

    /// Writes to disk now; an error when that failed.
    [[nodiscard]] std::optional<Error> sync();

Q_SIGNALS:
    void originChanged();
    void foldersChanged();
    void queueChanged();
    void playerChanged();
    void themeChanged();

private:
    QString m_problem;
    std::optional<Error> m_unusable;
    std::unique_ptr<QTemporaryDir> m_instead; ///< for a file that cannot be used
    QSettings m_store;
};

} // namespace clipkiln
