// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "media/prepare/prepare.h"

#include <QFutureWatcher>
#include <QHash>
#include <QObject>

namespace clipkiln {

class PreparationPool;

/// Prepares the pictures of many rows for sending, in their order.
class BulkLoader final : public QObject
{
    Q_OBJECT

public:
    explicit BulkLoader(PreparationPool& pool, QObject* parent = nullptr);
    ~BulkLoader() override; ///< cancels the loads that have not started

    /// Makes the picture ready to be sent, cropped to the ratio ("16:9") where one is given and it has another. Ends in
    /// loaded() or failed(), unless another load of the same row begins before that.
    void load(int row, const QString& path, const std::optional<QString>& ratio);

Q_SIGNALS:
    void loaded(int row, const clipkiln::PreparedInput& input);
    void failed(int row, const clipkiln::Error& error);

private:
    using Load = QFutureWatcher<Result<PreparedInput>>;

    void finish(int row, Load* load);

    PreparationPool& m_pool;
    QHash<int, Load*> m_loads; ///< by row; the newest load of each
};

} // namespace clipkiln
