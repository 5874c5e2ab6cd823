// SPDX-License-Identifier: GPL-3.0-or-later
#include "inputs/bulkloader.h"

#include "core/files.h"
#include "inputs/preparationpool.h"
#include "media/prepare/imagefit.h"

#include <QDir>

namespace clipkiln {

BulkLoader::BulkLoader(PreparationPool& pool, QObject* parent) : QObject(parent), m_pool(pool) {}

BulkLoader::~BulkLoader()
{
    for (Load* load : std::as_const(m_loads))
        load->cancel();
}

void BulkLoader::load(int row, const QString& path, const std::optional<QString>& ratio)
{
    if (Load* before = m_loads.take(row)) {
        before->cancel();
        before->deleteLater();
    }
    ImagePreparation wanted;
    wanted.keepMetadata = !m_pool.removesMetadata();
    if (ratio) {
        wanted.fit.how = ImageFit::How::Crop; // a picture of another ratio would be stretched
        wanted.fit.ratio = ratioFromText(*ratio);
    }
    if (wanted.fit.ratio.isEmpty())
        wanted.fit.how = ImageFit::How::Keep; // no ratio that is known: validate() says so
    auto* load = new Load(this);
    m_loads.insert(row, load);
    connect(load, &QFutureWatcherBase::finished, this, [this, row, load] { finish(row, load); });
    load->setFuture(m_pool.run<Result<PreparedInput>>(
        [path, wanted, folder = m_pool.preparedFolder()](QPromise<Result<PreparedInput>>& promise) {
            if (QDir().mkpath(folder))
                promise.addResult(prepareImage(path, wanted, folder));
            else
                promise.addResult(diskError(folder, {}));
        }));
}

void BulkLoader::finish(int row, Load* load)
{
    if (m_loads.value(row) != load)
        return;
    m_loads.remove(row);
    load->deleteLater();
    if (load->isCanceled())
        return; // the program is closing
    const Result<PreparedInput> input = load->result();
    if (input)
        Q_EMIT loaded(row, *input);
    else
        Q_EMIT failed(row, input.error());
}

} // namespace clipkiln
