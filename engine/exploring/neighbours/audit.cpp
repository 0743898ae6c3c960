#include "engine/api/error.h"
#include "engine/api/neighbours.h"
#include "engine/api/runs.h"
#include "engine/exploring/neighbours/judge_work.h"

namespace alphascope::engine {

namespace {

void carryOut(NeighbourWork& work, const AuditListener& listener) {
    do {
        if (listener && !listener(work.what(), work.progress())) {
            throw Error(ErrorKind::Interrupted, "The search for neighbours was cancelled.");
        }
    } while (work.step());
}

ReferenceOrder orderOf(const ModelInfo& model, const AuditOptions& options) {
    ReferenceOrder order;
    order.space = options.space;
    order.data = options.data;
    order.split = options.split;
    order.count = options.count;
    order.heldOut = options.heldOut;
    order.threads = options.threads;
    if (options.cache && findRunFolder(model.path, &order.runFolder)) {
        order.checksum = model.checksum;
    }
    return order;
}

} // namespace

Audit auditPictures(Model& model, const std::vector<Image>& pictures, const AuditOptions& options,
                    const AuditListener& listener) {
    if (pictures.empty() || options.k == 0) {
        throw Error(ErrorKind::Usage, "There is nothing to look for neighbours of.",
                    "Give pictures, and ask for one neighbour at least.");
    }
    const PlacingModel placing{model.info(),
                               [&](const std::vector<Image>& some) { return model.encode(some); },
                               [&](const std::vector<Image>& some) { return model.criticFeatures(some); }};
    ReferenceWork reference(placing, orderOf(model.info(), options));
    carryOut(reference, listener);
    const Reference found = reference.take();
    JudgeWork judge(placing, found, pictures, options.k, options.threads);
    carryOut(judge, listener);
    Audit audit = judge.take();
    if (!found.remark.empty()) {
        audit.notes.push_back(found.remark);
    }
    return audit;
}

} // namespace alphascope::engine
